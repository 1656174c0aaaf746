using System.Buffers;
using System.Text.Json;

namespace SsaShare.Formats;

/// <summary>Writes mean elements as an array of flat JSON objects, one a line, with the keys that CelesTrak publishes; others follow where a value has them. Numbers stand without quotes.</summary>
internal sealed class JsonElementWriter : IFormatWriter<MeanElements>, IDisposable
{
    private static readonly (ElementField Field, JsonEncodedText Name)[] Fields = [.. ElementFields.All.Select(field => (field, JsonEncodedText.Encode(field.Keyword)))];
    private readonly ArrayBufferWriter<byte> _object = new(2_048);
    private readonly Stream _stream;
    private readonly FormatWriteOptions _options;
    private readonly Utf8JsonWriter _json;
    private long _written;

    public JsonElementWriter(Stream stream, FormatWriteOptions options)
    {
        (_stream, _options) = (stream, options);
        _json = new Utf8JsonWriter(_object);
    }

    public ReadIssue? Write(MeanElements value)
    {
        if (ElementFields.Unwritable(value) is { } wrong) return new ReadIssue(_options.FileName, _written + 2, IssueSeverity.Refused, wrong, "", "not a finite number, or not printable text", "correct it");
        _json.WriteStartObject();
        Span<byte> text = stackalloc byte[40];
        foreach (var (field, name) in Fields)
        {
            int count = field.Print(value, text);
            if (count >= 0 && field.IsNumber)
            {
                _json.WritePropertyName(name);
                _json.WriteRawValue(text[..count], skipInputValidation: true);
            }
            else if (count >= 0) _json.WriteString(name, text[..count]);
            else if (field.Text(value) is { } found) _json.WriteString(name, found);
            // Publishers give an empty text for an object without designator.
            else if (field.Keyword is "OBJECT_NAME" or "OBJECT_ID") _json.WriteString(name, ""u8);
        }
        foreach (var field in value.Further) Write(field);
        _json.WriteEndObject();
        _json.Flush();
        _stream.Write(_written++ == 0 ? "[\n"u8 : ",\n"u8);
        _stream.Write(_object.WrittenSpan);
        _object.ResetWrittenCount();
        _json.Reset();
        return null;
    }

    public void Complete() => _stream.Write(_written == 0 ? "[]\n"u8 : "\n]\n"u8);

    public void Dispose() => _json.Dispose();

    private void Write(FurtherField field)
    {
        if (field.Text is null) _json.WriteNull(field.Keyword);
        else if (field.IsBare && IsBare(field.Text))
        {
            _json.WritePropertyName(field.Keyword);
            _json.WriteRawValue(field.Text, skipInputValidation: true);
        }
        else _json.WriteString(field.Keyword, field.Text);
    }

    /// <summary>JSON takes it without quotes.</summary>
    private static bool IsBare(string text)
    {
        if (text is "true" or "false") return true;
        try
        {
            var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text));
            return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.BytesConsumed == text.Length && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
