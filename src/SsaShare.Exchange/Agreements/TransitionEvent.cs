using System.Text.Json;
using System.Text.Json.Serialization;
using SsaShare.Agreements;

namespace SsaShare.Exchange;

/// <summary>What a party can do to an agreement by itself, once it is signed. The words stand in signed documents: none is renamed or reused.</summary>
[JsonConverter(typeof(TransitionEventConverter))]
public enum TransitionEvent
{
    Unspecified = 0,
    /// <summary>"suspend": stops it for the time being.</summary>
    Suspend = 1,
    /// <summary>"resume": takes the party's own suspension back.</summary>
    Resume = 2,
    /// <summary>"revoke": ends it for good.</summary>
    Revoke = 3,
}

/// <summary>The event's word, and what the life cycle calls it.</summary>
public static class TransitionEvents
{
    /// <exception cref="ArgumentOutOfRangeException">None of the three.</exception>
    public static string Word(this TransitionEvent happening) => happening switch
    {
        TransitionEvent.Suspend => "suspend",
        TransitionEvent.Resume => "resume",
        TransitionEvent.Revoke => "revoke",
        _ => throw new ArgumentOutOfRangeException(nameof(happening), happening, "No word for this event."),
    };

    internal static AgreementEvent InLifeCycle(this TransitionEvent happening) => happening switch
    {
        TransitionEvent.Suspend => new AgreementEvent.Suspend(),
        TransitionEvent.Resume => new AgreementEvent.Resume(),
        TransitionEvent.Revoke => new AgreementEvent.Revoke(),
        _ => throw new ArgumentOutOfRangeException(nameof(happening), happening, "Not in the life cycle."),
    };
}

/// <summary>Exactly the words; neither numbers nor other spellings.</summary>
internal sealed class TransitionEventConverter : JsonConverter<TransitionEvent>
{
    public override TransitionEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => (reader.TokenType == JsonTokenType.String ? reader.GetString() : null) switch
        {
            "suspend" => TransitionEvent.Suspend,
            "resume" => TransitionEvent.Resume,
            "revoke" => TransitionEvent.Revoke,
            _ => throw new JsonException("Expected suspend, resume or revoke."),
        };

    public override void Write(Utf8JsonWriter writer, TransitionEvent value, JsonSerializerOptions options) => writer.WriteStringValue(value.Word());
}
