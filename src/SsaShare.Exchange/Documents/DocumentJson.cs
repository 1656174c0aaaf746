using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>
/// Signed documents to JSON bytes and back. Reading is total and strict: unknown, repeated or missing members are a "no"; unknown ones are left alone in an
/// <see cref="IOpenDocument"/>.
/// </summary>
public static class DocumentJson
{
    /// <summary>Longest document read, bytes.</summary>
    public const int LongestBytes = 64 * 1024;

    internal static JsonSerializerOptions Strict { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 8,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new HashConverter(), new AgreementConverter(), new PartnerConverter(), new ProfileConverter(), new EpochConverter(),
            new JsonStringEnumConverter<FeedSource>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<FeedPriority>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new JsonStringEnumConverter<DenialReason>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
        },
    };

    private static readonly JsonSerializerOptions Tolerant = new(Strict) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    public static byte[] Write<T>(T document) => JsonSerializer.SerializeToUtf8Bytes(document, Strict);

    /// <summary>Reads a document whose member "type" must be <paramref name="context"/>.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> json, ContextLabel context, [NotNullWhen(true)] out T? document)
        where T : class, ITypedDocument
    {
        document = null;
        if (json.Length > LongestBytes) return false;
        try
        {
            document = JsonSerializer.Deserialize<T>(json, typeof(T).IsAssignableTo(typeof(IOpenDocument)) ? Tolerant : Strict);
        }
        catch (JsonException)
        {
            return false;
        }
        if (document?.Type != context.Text) document = null;
        return document is not null;
    }

    /// <summary>Reads the body of a log entry that is not a signed document. Total and as strict.</summary>
    internal static bool TryReadBody<T>(ReadOnlySpan<byte> json, int longestBytes, [NotNullWhen(true)] out T? body)
        where T : class
    {
        body = null;
        if (json.Length > longestBytes) return false;
        try
        {
            body = JsonSerializer.Deserialize<T>(json, Strict);
        }
        catch (JsonException)
        {
            return false;
        }
        return body is not null;
    }

    private sealed class HashConverter : JsonConverter<Hash256>
    {
        public override Hash256 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TokenType == JsonTokenType.String && Hash256.TryParseHex(reader.GetString(), out var hash) ? hash : throw new JsonException("Expected 64 hexadecimal digits.");

        public override void Write(Utf8JsonWriter writer, Hash256 value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class AgreementConverter : JsonConverter<AgreementId>
    {
        public override AgreementId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TokenType == JsonTokenType.String && AgreementId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Expected an agreement id.");

        public override void Write(Utf8JsonWriter writer, AgreementId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class PartnerConverter : JsonConverter<PartnerId>
    {
        public override PartnerId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TokenType == JsonTokenType.String && PartnerId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Expected a partner id.");

        public override void Write(Utf8JsonWriter writer, PartnerId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    private sealed class ProfileConverter : JsonConverter<ProfileId>
    {
        public override ProfileId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TokenType == JsonTokenType.String && ProfileId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Expected a profile's id.");

        public override void Write(Utf8JsonWriter writer, ProfileId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    private sealed class EpochConverter : JsonConverter<Epoch>
    {
        public override Epoch Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TokenType == JsonTokenType.String && Utc.TryParse(reader.GetString(), out var epoch) ? epoch : throw new JsonException("Expected an ISO 8601 time in UTC.");

        public override void Write(Utf8JsonWriter writer, Epoch value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}

/// <summary>A document that names its own kind.</summary>
public interface ITypedDocument
{
    /// <summary>The kind's <see cref="ContextLabel.Text"/>.</summary>
    string Type { get; }
}

/// <summary>
/// A document to which a later version may add what an earlier one need not understand. The signature is over the bytes, and those are kept and passed on as they came. What an
/// earlier version must not overlook gets another type, never another member.
/// </summary>
public interface IOpenDocument : ITypedDocument;
