using System.Text.Json;

namespace SsaShare.Formats;

/// <summary>From bytes to fields.</summary>
internal sealed partial class FlatJson
{
    /// <summary>Longest file read, bytes.</summary>
    public const int BytesMax = 64 * 1024;

    private const int MostFields = 100;

    /// <param name="firstLine">Of the object, where it is part of a file.</param>
    /// <returns>Null when the bytes are no such object; the issue says where.</returns>
    public static FlatJson? Read(ReadOnlySpan<byte> json, string file, List<ReadIssue> issues, long firstLine = 1)
    {
        var result = new FlatJson(file, issues, firstLine);
        if (json.Length > BytesMax)
        {
            result.Refuse(1, "file", "", $"longer than {BytesMax} bytes", "this is not a description");
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

    /// <summary>A double, string, null, list of strings, vector, or, for anything else, the kind of token, which no accessor takes.</summary>
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
            case JsonTokenType.StartObject: return (object?)ReadVector(ref reader) ?? JsonTokenType.StartObject;
            default:
                var kind = reader.TokenType;
                reader.Skip();
                return kind;
        }
    }

    /// <summary>x, y and z, each once and nothing else; null for any other object, which is then passed over.</summary>
    private static Vector3d? ReadVector(ref Utf8JsonReader reader)
    {
        double?[] components = new double?[3];
        bool isVector = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int axis = reader.ValueTextEquals("x"u8) ? 0 : reader.ValueTextEquals("y"u8) ? 1 : reader.ValueTextEquals("z"u8) ? 2 : -1;
            reader.Read();
            if (axis >= 0 && components[axis] is null && reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double number) && double.IsFinite(number)) components[axis] = number;
            else isVector = false;
            reader.Skip();
        }
        return isVector && components is [{ } x, { } y, { } z] ? new Vector3d(x, y, z) : null;
    }

    internal static long LineAt(ReadOnlySpan<byte> json, long index) => 1 + json[..(int)Math.Min(index, json.Length)].Count((byte)'\n');
}
