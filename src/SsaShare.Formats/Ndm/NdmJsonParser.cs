using System.Text;
using System.Text.Json;

namespace SsaShare.Formats;

/// <summary>Makes events of the tokens of a document in the form that <see cref="NdmFormats"/> tells. Pure, in constant memory; used by one thread at a time.</summary>
internal sealed class NdmJsonParser(INdmSink sink)
{
    private enum Place
    {
        /// <summary>The outermost object, or one in the array of ndm: its member is a message.</summary>
        Root,
        /// <summary>The array of ndm.</summary>
        Combined,
        Message,
        Block,
        /// <summary>An array of blocks, rows, comments.</summary>
        Array,
        Row,
        /// <summary>An object of a value and its unit.</summary>
        Value,
        PassedOver,
    }

    private readonly Stack<(Place Place, NdmBlock? Block, string Name)> _open = new();
    private readonly NdmRowBuilder _row = new();
    private readonly StringBuilder _text = new();
    private NdmMessage? _message;
    private string _member = "", _version = "";
    private (string? Value, string? Unit, long Line, int Column) _value;
    private bool _isStarted, _isCombined, _hasBegun;
    private long _line = 1;

    public void Token(ref Utf8JsonReader reader, long line, int column)
    {
        _line = line;
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName: _member = Member(ref reader); break;
            case JsonTokenType.StartObject: StartObject(line, column); break;
            case JsonTokenType.StartArray: StartArray(line, column); break;
            case JsonTokenType.EndObject: EndObject(); break;
            case JsonTokenType.EndArray: EndArray(); break;
            case JsonTokenType.String or JsonTokenType.Number: Scalar(Text(ref reader), line, column); break;
            case JsonTokenType.True or JsonTokenType.False: Scalar(reader.GetBoolean() ? "true" : "false", line, column); break;
        }
    }

    /// <summary>Ends what is open, also where the document broke off.</summary>
    public void Complete(long line)
    {
        if (!_hasBegun) NotOne(line, 0, "");
        while (_open.Count > 0)
        {
            if (_open.Peek().Place is Place.Combined or Place.Array) EndArray();
            else EndObject();
        }
        sink.Complete(line);
    }

    private void StartObject(long line, int column)
    {
        var (place, block, name) = _open.Count == 0 ? (Place.PassedOver, null, "") : _open.Peek();
        if (_open.Count == 0 || place == Place.Combined) _open.Push((Place.Root, null, ""));
        else if (place == Place.Root) StartMessage(_member, line, column);
        else if (place is Place.Message or Place.Block) StartMember(block!, _member, line, column);
        else if (place == Place.Array) StartMember(block!, name, line, column);
        else PassOver(place, line, column);
    }

    private void StartMessage(string name, long line, int column)
    {
        _hasBegun = true;
        _message = NdmTables.Find(name);
        if (_message is not null)
        {
            (_version, _isStarted, _value) = ("", false, (null, null, line, column));
            _open.Push((Place.Message, _message.Root, name));
        }
        else if (_isCombined)
        {
            sink.Fault(NdmScope.Row, line, column, name, "", "not a message that is read", $"send {string.Join(", ", NdmTables.Messages.Select(one => one.Name))}");
            _open.Push((Place.PassedOver, null, ""));
        }
        else
        {
            NotOne(line, column, name);
            _open.Push((Place.PassedOver, null, ""));
        }
    }

    /// <summary>An object as the value of a member of a block, or in an array of such.</summary>
    private void StartMember(NdmBlock block, string name, long line, int column)
    {
        Begun(line, column);
        if (Known(block, name) is { } inner)
        {
            _open.Push((Place.Block, inner, inner.Name));
            sink.Event(NdmEvent.BlockStart(inner.Name, line, column));
        }
        else if (IsRow(block, name) && block.Rows != NdmRowStyle.Line)
        {
            _row.Start(block, (int)line, column);
            _open.Push((Place.Row, block, name));
        }
        else
        {
            _value = (null, null, line, column);
            _open.Push((Place.Value, block, name));
        }
    }

    private void StartArray(long line, int column)
    {
        var (place, block, _) = _open.Count == 0 ? (Place.PassedOver, null, "") : _open.Peek();
        if (place == Place.Root && _member == "ndm" && !_isCombined)
        {
            _hasBegun = _isCombined = true;
            sink.Event(NdmEvent.BlockStart("ndm", line, column));
            _open.Push((Place.Combined, null, ""));
        }
        else if (place is Place.Message or Place.Block || (place == Place.Root && IsComment(_member)))
        {
            if (place != Place.Root) Begun(line, column);
            _open.Push((Place.Array, block, _member));
        }
        else PassOver(place, line, column);
    }

    private void PassOver(Place place, long line, int column)
    {
        if (_open.Count == 0) NotOne(line, column, "");
        else if (place != Place.PassedOver) sink.Fault(NdmScope.Unit, line, column, _member.Length == 0 ? "file" : _member, "", "an object or array that does not belong here", "correct or remove it");
        _open.Push((Place.PassedOver, null, ""));
    }

    private void Scalar(string text, long line, int column)
    {
        var (place, block, name) = _open.Count == 0 ? (Place.PassedOver, null, "") : _open.Peek();
        switch (place)
        {
            case Place.Message when _member is "id" or "version" && !_isStarted: Head(text, line, column); break;
            case Place.Message or Place.Block: Field(block!, _member, text, null, line, column); break;
            case Place.Array: Field(block, name, text, null, line, column); break;
            case Place.Row when IsComment(_member): sink.Event(NdmEvent.Comment(text, line, column)); break;
            case Place.Row: _row.Add(sink, _member, text, null, (int)line, column); break;
            case Place.Value when _member == "value": _value = (text, _value.Unit, line, column); break;
            case Place.Value when _member == "units": _value.Unit = text.Length == 0 ? null : text; break;
            case Place.Value: sink.Fault(NdmScope.Unit, line, column, _member, text, "not a member of a value", "give value and units"); break;
            case Place.Root when IsComment(_member) && _isCombined: sink.Event(NdmEvent.Comment(text, line, column)); break;
            case Place.Root when _member == "MESSAGE_ID" && _isCombined: sink.Event(NdmEvent.Field(_member, text, null, line, column)); break;
            case Place.PassedOver when _open.Count > 0: break;
            default: NotOne(line, column, text); break;
        }
    }

    private void Head(string text, long line, int column)
    {
        if (_member == "version") _version = text;
        else if (text != _message!.VersionKeyword) sink.Fault(NdmScope.Unit, line, column, "id", text, $"not that of {_message.Name}", $"give {_message.VersionKeyword}");
    }

    private void Field(NdmBlock? block, string name, string text, string? unit, long line, int column)
    {
        if (block is not null) Begun(line, column);
        if (IsComment(name)) sink.Event(NdmEvent.Comment(text, line, column));
        else if (block is { Rows: NdmRowStyle.Line } && name == block.RowName) sink.Event(NdmEvent.Row(name, text, line, column));
        else sink.Event(NdmEvent.Field(name, text, unit, line, column));
    }

    private void EndObject()
    {
        var (place, block, name) = _open.Pop();
        switch (place)
        {
            case Place.Block: sink.Event(NdmEvent.BlockEnd(name, _line)); break;
            case Place.Row:
                if (_row.IsEmpty) _row.Drop();
                else _row.End(sink);
                break;
            case Place.Value when _value.Value is { } value: Field(block, name, value, _value.Unit, _value.Line, _value.Column); break;
            case Place.Message:
                Begun(_line, 0);
                sink.Event(NdmEvent.MessageEnd(_message!.Name, _line));
                _message = null;
                break;
        }
    }

    private void EndArray()
    {
        if (_open.Pop().Place != Place.Combined) return;
        _isCombined = false;
        sink.Event(NdmEvent.BlockEnd("ndm", _line));
    }

    /// <summary>The message begins with the first of its members that is not id or version.</summary>
    private void Begun(long line, int column)
    {
        if (_isStarted || _message is null) return;
        _isStarted = true;
        sink.Event(NdmEvent.MessageStart(_message.Name, _version, line, column));
    }

    private void NotOne(long line, int column, string found)
        => sink.Stop(line, column, "file", found, "not a navigation data message in JSON", "its only member is named after the message, such as oem, or ndm");

    /// <summary>The block of a name, or of a name with _2, _3 ... at its end.</summary>
    private static NdmBlock? Known(NdmBlock block, string name) => block.Block(name) ?? block.Block(WithoutNumber(name));

    private static bool IsRow(NdmBlock block, string name) => WithoutNumber(name) == (block.Rows == NdmRowStyle.Observation ? "observation" : block.RowName);

    private static bool IsComment(string name) => name == "COMMENT" || WithoutNumber(name) == "COMMENT";

    private static string WithoutNumber(string name)
    {
        var bare = name.AsSpan().TrimEnd("0123456789");
        return bare.Length < name.Length && bare is [.., '_'] ? bare[..^1].ToString() : name;
    }

    private string Member(ref Utf8JsonReader reader)
    {
        const int Longest = 80;
        Span<char> name = stackalloc char[Longest];
        if (reader.ValueSpan.Length > Longest || reader.ValueIsEscaped) return Text(ref reader);
        name = name[..Encoding.UTF8.GetChars(reader.ValueSpan, name)];
        if (_open.TryPeek(out var top) && top.Block is { } block)
        {
            if (block.IndexOf(name) is var index and >= 0) return block.Entries[index].Name;
            if (block.RowKeyword(name) is { } keyword) return keyword.Name;
        }
        return name.ToString();
    }

    private string Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped && Ascii.IsValid(reader.ValueSpan) && !reader.ValueSpan.ContainsAnyExceptInRange((byte)'!', (byte)'~')) return Encoding.ASCII.GetString(reader.ValueSpan);
        string text;
        try
        {
            text = reader.TokenType == JsonTokenType.Number ? Encoding.ASCII.GetString(reader.ValueSpan) : reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8.
            return "\uFFFD";
        }
        _text.Clear().Append(text);
        return _open.TryPeek(out var top) && top.Block is { Rows: NdmRowStyle.Line } block && (top.Name == block.RowName || _member == block.RowName) ? NdmText.Collapsed(_text) : NdmText.Joined(_text);
    }
}
