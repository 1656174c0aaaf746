using System.Text;
using System.Text.Json;

namespace SsaShare.Formats;

/// <summary>
/// From the bytes of flat JSON objects to mean elements: numbers may stand with or without quotes, as CelesTrak and Space-Track publish them.
/// Pure, total. Used by one thread at a time.
/// </summary>
internal sealed class JsonElementParser : IFieldLocator
{
    /// <summary>Most keys without a property of their own in one object.</summary>
    private const int FurtherMax = 200;

    private readonly ElementOutput _output;
    private readonly OmmRecord _record;
    private readonly List<Key> _keys = [];
    private readonly List<Member> _members = [];
    private readonly byte[] _text = new byte[JsonObjectSource.ObjectBytesMax];
    private readonly byte[] _current = new byte[JsonObjectSource.ObjectBytesMax + 1];
    private int _currentLength, _currentColumn;
    private long _currentLine;

    public JsonElementParser(ElementOutput output)
    {
        (_output, _record) = (output, new OmmRecord(output));
        output.Locator = this;
    }

    /// <summary>A key as the last objects had it at this place: publishers keep their order.</summary>
    private readonly record struct Key(ElementField? Field, string Keyword, byte[] Name);

    /// <summary>A member of the object, by places of its bytes.</summary>
    /// <param name="At">The quote before its name.</param>
    /// <param name="ValueAt">What stands between the quotes of a text.</param>
    /// <param name="IsBare">A number or a word, without quotes.</param>
    private readonly record struct Member(int At, int NameLength, bool IsNameEscaped, int ValueAt, int ValueLength, bool IsValueEscaped, bool IsBare);

    /// <returns>False, and nothing done, when the bytes are no flat JSON object.</returns>
    public bool Object(ReadOnlySpan<byte> json, long line, int column)
    {
        if (!TryScan(json)) return false;
        (_currentLength, _currentLine, _currentColumn) = (json.Length, line, column);
        json.CopyTo(_current);
        bool isOneLine = !json.Contains((byte)'\n');
        for (int place = 0; place < _members.Count; place++)
        {
            var member = _members[place];
            var (fieldLine, fieldColumn) = isOneLine ? (line, column + member.At) : Position(member.At);
            var key = KeyAt(place, json.Slice(member.At + 1, member.NameLength), member.IsNameEscaped);
            var value = json.Slice(member.ValueAt, member.ValueLength);
            if (!TryText(value, member.IsValueEscaped, out var text)) _output.Refuse(fieldLine, fieldColumn, key.Keyword, value, "escapes that are no characters", "correct it");
            else if (key.Field is { } field) _record.Set(field, text, fieldLine, fieldColumn);
            else Further(key.Keyword, text, member.IsBare, fieldLine, fieldColumn);
        }
        _output.End(_record.Finish(line), line, [], json);
        return true;
    }

    public (long Line, int Column) Locate(string field)
    {
        int at = _current.AsSpan(0, _currentLength).IndexOf(Encoding.UTF8.GetBytes($"\"{field}\""));
        return at < 0 ? (_currentLine, _currentColumn) : Position(at);
    }

    /// <summary>Finds the members of an object.</summary>
    /// <returns>False when it is no flat JSON object.</returns>
    private bool TryScan(ReadOnlySpan<byte> json)
    {
        _members.Clear();
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                int at = (int)reader.TokenStartIndex, nameLength = reader.ValueSpan.Length;
                bool isNameEscaped = reader.ValueIsEscaped;
                reader.Read();
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) return false;
                bool isText = reader.TokenType == JsonTokenType.String, isNull = reader.TokenType == JsonTokenType.Null;
                _members.Add(new Member(at, nameLength, isNameEscaped, (int)reader.TokenStartIndex + (isText ? 1 : 0), isNull ? 0 : reader.ValueSpan.Length, isText && reader.ValueIsEscaped, !isText && !isNull));
            }
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Further(string keyword, ReadOnlySpan<byte> text, bool isBare, long line, int column)
    {
        if (!ElementFields.IsKnownFurther(keyword))
        {
            if (!_output.IsLenient)
            {
                _output.Refuse(line, column, keyword, text, "not a keyword of orbit mean-elements messages", "correct or remove it, or read the file leniently");
                return;
            }
            _output.NoticeOnce(line, column, keyword, text, "not a keyword of orbit mean-elements messages; kept as it is", "nothing need be done");
        }
        if (_record.HasFurther(keyword)) _output.Refuse(line, column, keyword, text, "given twice", "give it once");
        else if (_record.FurtherCount >= FurtherMax) _output.Refuse(line, column, keyword, [], $"more than {FurtherMax} keys beside those of mean elements", "remove them");
        else _record.SetFurther(keyword, text, isBare, line, column);
    }

    /// <summary>The key of that name, taken from the objects before where they had the same in this place.</summary>
    private Key KeyAt(int place, ReadOnlySpan<byte> written, bool isEscaped)
    {
        bool isText = TryText(written, isEscaped, out var name);
        if (isText && place < _keys.Count && name.SequenceEqual(_keys[place].Name)) return _keys[place];
        string keyword = isText && ElementText.TryRead(name, out string? found) ? found : ReadIssue.Show(written);
        string capitals = _output.IsLenient ? keyword.ToUpperInvariant() : keyword;
        if (ElementFields.Find(capitals) is not null || ElementFields.IsKnownFurther(capitals)) keyword = capitals;
        var key = new Key(ElementFields.Find(keyword), keyword, name.ToArray());
        if (place < _keys.Count) _keys[place] = key;
        else if (place == _keys.Count && place < FurtherMax) _keys.Add(key);
        return key;
    }

    /// <param name="written">Between the quotes.</param>
    private bool TryText(ReadOnlySpan<byte> written, bool isEscaped, out ReadOnlySpan<byte> text)
    {
        text = written;
        if (!isEscaped) return true;
        try
        {
            var reader = new Utf8JsonReader([(byte)'"', .. written, (byte)'"']);
            reader.Read();
            text = _text.AsSpan(0, reader.CopyString(_text));
            return true;
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate, or bytes that are no UTF-8.
            text = default;
            return false;
        }
    }

    /// <summary>Line and column of a byte of the object.</summary>
    private (long Line, int Column) Position(int at)
    {
        var before = _current.AsSpan(0, at);
        int last = before.LastIndexOf((byte)'\n');
        return last < 0 ? (_currentLine, _currentColumn + at) : (_currentLine + before.Count((byte)'\n'), at - last);
    }
}
