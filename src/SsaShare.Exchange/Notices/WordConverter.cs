using System.Text.Json;
using System.Text.Json.Serialization;

namespace SsaShare.Exchange;

/// <summary>Values as words in signed documents. The words stand in logs for ever: none is renamed or reused.</summary>
public abstract class WordConverter<T>(params (T Value, string Word)[] words) : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            foreach (var (value, word) in words)
                if (reader.ValueTextEquals(word)) return value;
        throw new JsonException($"Expected one of {string.Join(", ", words.Select(pair => pair.Word))}.");
    }

    /// <exception cref="ArgumentException">The value has no word.</exception>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        foreach (var (known, word) in words)
            if (EqualityComparer<T>.Default.Equals(known, value))
            {
                writer.WriteStringValue(word);
                return;
            }
        throw new ArgumentException($"{value} is no word of {typeof(T).Name}.", nameof(value));
    }
}
