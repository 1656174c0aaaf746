using System.Text.Json;

namespace SsaShare.Agreements;

/// <summary>JSON bytes to a node tree: objects, lists and strings only; the payload has no other values.</summary>
internal static class JsonDocumentReader
{
    /// <exception cref="DocumentException">The bytes are not such a document.</exception>
    public static DocumentNode Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > DocumentLimits.BytesMax) throw DocumentBuilder.Refusal(1, 1, $"Larger than {DocumentLimits.BytesMax} bytes.");
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = DocumentLimits.DepthMax, CommentHandling = JsonCommentHandling.Disallow, AllowTrailingCommas = false });
        try
        {
            return Build(ref reader, utf8);
        }
        catch (JsonException e)
        {
            throw DocumentBuilder.Refusal((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1, "Not JSON, or nested too deep.");
        }
    }

    private static DocumentNode Build(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        var builder = new DocumentBuilder();
        var place = new Place(utf8);
        while (reader.Read())
        {
            (int line, int column) = place.Of((int)reader.TokenStartIndex);
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName or JsonTokenType.String:
                    builder.Scalar(line, column, Text(ref reader, line, column));
                    break;
                case JsonTokenType.StartObject:
                    builder.Begin(line, column, mapping: true);
                    break;
                case JsonTokenType.StartArray:
                    builder.Begin(line, column, mapping: false);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    builder.End();
                    break;
                default:
                    throw DocumentBuilder.Refusal(line, column, "Expected a text, a list or an object.");
            }
        }
        return builder.Root ?? throw DocumentBuilder.Refusal(1, 1, "The document is empty.");
    }

    private static string Text(ref Utf8JsonReader reader, int line, int column)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Documented for strings with invalid UTF-8 or a lone surrogate; the token type was checked before.
            throw DocumentBuilder.Refusal(line, column, "Not UTF-8.");
        }
    }

    /// <summary>Line and column of ascending offsets, each byte looked at once.</summary>
    private ref struct Place(ReadOnlySpan<byte> utf8)
    {
        private readonly ReadOnlySpan<byte> _utf8 = utf8;
        private int _offset, _line = 1, _lineStart;

        public (int Line, int Column) Of(int offset)
        {
            for (; _offset < offset; _offset++)
                if (_utf8[_offset] == (byte)'\n') (_line, _lineStart) = (_line + 1, _offset + 1);
            return (_line, offset - _lineStart + 1);
        }
    }
}
