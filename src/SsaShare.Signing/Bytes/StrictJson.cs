using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace SsaShare.Signing;

/// <summary>Foreign JSON to a value or a reason: bounded size and depth, no duplicate names, no comments, no trailing text.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <param name="json">The bytes as received.</param>
    /// <param name="maxBytes">Longest document looked at.</param>
    /// <param name="read">Builds the value; throws <see cref="FormatException"/> with the reason where it cannot.</param>
    /// <param name="value">The value, when true.</param>
    /// <param name="fault">The reason, when false.</param>
    public static bool TryRead<T>(ReadOnlySpan<byte> json, int maxBytes, Func<JsonElement, T> read,
        [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? fault)
        where T : class
    {
        value = null;
        if (json.Length > maxBytes)
        {
            fault = $"The document has {json.Length} bytes; at most {maxBytes} are read.";
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), Options);
            value = read(document.RootElement);
            fault = null;
            return true;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            // InvalidOperationException: System.Text.Json reports a lone UTF-16 surrogate with it.
            fault = e.Message;
            return false;
        }
    }

    public static JsonElement Field(this JsonElement parent, string name, JsonValueKind kind)
        => parent.ValueKind != JsonValueKind.Object ? throw new FormatException($"Expected an object around '{name}'.")
            : !parent.TryGetProperty(name, out JsonElement field) ? throw new FormatException($"Field '{name}' is missing.")
            : field.ValueKind != kind ? throw new FormatException($"Field '{name}' is {field.ValueKind}, expected {kind}.")
            : field;

    public static string Text(this JsonElement parent, string name) => parent.Field(name, JsonValueKind.String).GetString()!;

    /// <summary>The elements of an array of strings.</summary>
    public static List<string> Texts(this JsonElement parent, string name)
        => [.. parent.Field(name, JsonValueKind.Array).EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String
            ? item.GetString()!
            : throw new FormatException($"Field '{name}' holds {item.ValueKind}, expected String."))];

    /// <summary>Refuses every field that is not named: what a reader does not understand it must not accept as signed.</summary>
    public static void OnlyFields(this JsonElement parent, params ReadOnlySpan<string> names)
    {
        foreach (JsonProperty property in parent.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                throw new FormatException($"Field '{property.Name}' is not known.");
            }
        }
    }
}
