using System.Text.Json;

namespace SsaShare.Formats;

/// <summary>From bytes to fields.</summary>
internal sealed partial class FlatJson
{
    private const int MostBytes = 64 * 1024, MostFields = 100;

    /// <returns>Null when the bytes are no such object; the issue says where.</returns>
    public static FlatJson? Read(ReadOnlySpan<byte> json, string file, List<ReadIssue> issues)
    {
        var result = new FlatJson(file, issues);
        if (json.Length > MostBytes)
        {
            result.Refuse(1, "file", "", $"longer than {MostBytes} bytes", "this is not a description");
            return null;
        }
        if (json.StartsWith("\uFEFF"u8)) json = json[3..];
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 4 });
        try
        {
            return result.ReadObject(ref reader, json) ? result : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is not valid UTF-8 or an unpaired surrogate.
            result.Refuse(e is JsonException { LineNumber: { } line } ? line + 1 : LineAt(json, reader.TokenStartIndex), "file", "", "not valid JSON", "correct the syntax at this line");
            return null;
        }
    }

    private bool ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            Refuse(1, "file", "", "not a JSON object", "begin with {");
            return false;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            long line = LineAt(json, reader.TokenStartIndex);
            reader.Read();
            object? value = ReadValue(ref reader);
            if (_fields.Count >= MostFields || !_fields.TryAdd(name, (value, line)))
                Refuse(line, ReadIssue.Show(System.Text.Encoding.UTF8.GetBytes(name)), "", "given before, or too many fields", "give each field once");
        }
        reader.Read();
        return true;
    }

    /// <summary>A double, string, null, list of strings, or, for anything else, the kind of token, which no accessor takes.</summary>
    private static object? ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String: return reader.GetString();
            case JsonTokenType.Number: return reader.TryGetDouble(out double number) && double.IsFinite(number) ? number : JsonTokenType.Number;
            case JsonTokenType.Null: return null;
            case JsonTokenType.StartArray:
                var texts = new List<string>();
                bool allTexts = true;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (reader.TokenType == JsonTokenType.String) texts.Add(reader.GetString()!);
                    else allTexts = false;
                    reader.Skip();
                }
                return allTexts ? texts : JsonTokenType.StartArray;
            default:
                var kind = reader.TokenType;
                reader.Skip();
                return kind;
        }
    }

    private static long LineAt(ReadOnlySpan<byte> json, long index) => 1 + json[..(int)Math.Min(index, json.Length)].Count((byte)'\n');
}
