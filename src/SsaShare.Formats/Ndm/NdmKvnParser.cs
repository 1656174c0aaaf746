using System.Text;

namespace SsaShare.Formats;

/// <summary>
/// Makes events of lines of the form KEYWORD = value, one message after another. The blocks that only XML names are told by the keywords. Pure, total, in
/// constant memory; used by one thread at a time.
/// </summary>
internal sealed partial class NdmKvnParser(INdmSink sink, FormatReadOptions options) : ILineParser
{
    private const int CommentsMax = 1_000, KeywordMax = 80;
    private readonly List<NdmEvent> _comments = [];
    private readonly List<NdmBlock> _open = [];
    private readonly List<int> _counts = [];
    private NdmMessage? _message;
    private NdmBlock? _group;
    private bool _isPassingOver, _hasBegun;

    public bool IsStopped => sink.IsStopped;

    public void Line(ReadOnlySpan<byte> line, long number)
    {
        int indent = line.Length;
        line = line.TrimStart(" \t"u8);
        indent -= line.Length;
        line = line.TrimEnd(" \t\r"u8);
        if (number == 1 && line.StartsWith("\uFEFF"u8)) line = line[3..].TrimStart(" \t"u8);
        if (line.IsEmpty || sink.IsStopped) return;
        int equals = line.IndexOf((byte)'=');
        if (IsComment(line)) Comment(line, number, indent + 1);
        else if (equals < 0) Unkeyed(line, number, indent + 1);
        else Keyed(line[..equals].TrimEnd(" \t"u8), line[(equals + 1)..], number, indent + equals + 2);
    }

    public void TooLong(ReadOnlySpan<byte> head, long number)
    {
        const string Remedy = "check that this is a text file of lines";
        if (sink.IsStopped || _isPassingOver) return;
        string reason = $"longer than {options.MaxLineBytes} bytes";
        if (_message is null) sink.Stop(number, 0, "line", ReadIssue.Show(head), reason, Remedy);
        else sink.Fault(_open is [.., { Rows: not NdmRowStyle.None }] ? NdmScope.Row : NdmScope.Unit, number, 0, "line", ReadIssue.Show(head), reason, Remedy);
    }

    public void Complete(long lines)
    {
        if (!sink.IsStopped)
        {
            if (!_hasBegun) NotOne(lines, []);
            else EndMessage(lines);
        }
        sink.Complete(lines);
    }

    private static bool IsComment(ReadOnlySpan<byte> line) => line.StartsWith("COMMENT"u8) && (line.Length == 7 || line[7] is (byte)' ' or (byte)'\t');

    /// <summary>Kept until it is clear what it stands before.</summary>
    private void Comment(ReadOnlySpan<byte> line, long number, int column)
    {
        if (_isPassingOver) return;
        _comments.Add(NdmEvent.Comment(Text(line[7..].Trim(" \t"u8)), number, column));
        if (_comments.Count >= CommentsMax) GiveComments();
    }

    private void Keyed(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> rest, long number, int column)
    {
        var value = rest.TrimStart(" \t"u8);
        column += rest.Length - value.Length;
        Span<char> name = stackalloc char[KeywordMax];
        name = name[..Encoding.Latin1.GetChars(keyword[..Math.Min(keyword.Length, KeywordMax)], name)];
        if (name.StartsWith("CCSDS_") && name.EndsWith("_VERS")) Begin(name, value, number, column);
        else if (_isPassingOver) return;
        else if (_message is null) NotOne(number, keyword);
        else if (keyword.IsEmpty || keyword.Length > KeywordMax) sink.Fault(NdmScope.Unit, number, 0, "line", ReadIssue.Show(value), "not of the form KEYWORD = value", "correct or remove it");
        else if (_open is [.., { Rows: NdmRowStyle.Observation } block] && block.Keyword(name) is null) Row((block.RowKeyword(name)?.Name) ?? name.ToString(), value, number, column);
        else Field(name, value, number, column);
    }

    private void Begin(ReadOnlySpan<char> keyword, ReadOnlySpan<byte> version, long number, int column)
    {
        if (_message is null) GiveComments();
        EndMessage(number);
        _hasBegun = true;
        _message = NdmTables.OfVersionKeyword(keyword);
        _isPassingOver = _message is null;
        if (_message is not null) sink.Event(NdmEvent.MessageStart(_message.Name, Text(version), number, column));
        else sink.Fault(NdmScope.Row, number, 0, keyword.ToString(), ReadIssue.Show(version), "not a message that is read", $"send {string.Join(", ", NdmTables.Messages.Select(one => one.Name.ToUpperInvariant()))}");
    }

    private void NotOne(long number, ReadOnlySpan<byte> line)
        => sink.Stop(number, 0, "file", ReadIssue.Show(line), "not a navigation data message in KVN", "the first line is its version, such as CCSDS_OEM_VERS = 3.0");

    private void Unkeyed(ReadOnlySpan<byte> line, long number, int column)
    {
        if (_isPassingOver) return;
        if (_message is null) NotOne(number, line);
        else if (line.EndsWith("_START"u8) && Marked(line[..^6]) is { } starting) StartMarked(starting, number);
        else if (line.EndsWith("_STOP"u8) && Marked(line[..^5]) is { } stopping) StopMarked(stopping, number);
        else if (RowBlock(number) is not { } block) sink.Fault(NdmScope.Unit, number, column, "line", ReadIssue.Show(line), "not of the form KEYWORD = value", "correct or remove it");
        else if (block.Rows == NdmRowStyle.Triangle) TriangleLine(block, line, number, column);
        else Row(block.RowName, line, number, column);
    }

    private void Row(string name, ReadOnlySpan<byte> values, long number, int column)
    {
        GiveComments();
        _counts[^1]++;
        sink.Event(NdmEvent.Row(name, Collapsed(values), number, column));
    }

    private void TriangleLine(NdmBlock block, ReadOnlySpan<byte> line, long number, int column)
    {
        GiveComments();
        int given = _counts[^1] >> 8, row = 0;
        while ((row + 1) * (row + 2) / 2 <= given) row++;
        string[] values = Collapsed(line).Split(' ');
        if (given >= block.RowKeywords.Length || values.Length != row + 1)
        {
            sink.Fault(NdmScope.Unit, number, column, block.Name, ReadIssue.Show(line), given >= block.RowKeywords.Length ? $"more than {block.RowKeywords.Length} entries" : $"{values.Length} values",
                given >= block.RowKeywords.Length ? "begin the next matrix with its EPOCH" : $"line {row + 1} of the triangle has {row + 1}");
            return;
        }
        for (int i = 0; i <= row; i++) sink.Event(NdmEvent.Field(block.RowKeywords[given + i].Name, values[i], null, number, column));
        _counts[^1] += (row + 1) << 8;
    }

    private void Field(ReadOnlySpan<char> name, ReadOnlySpan<byte> value, long number, int column)
    {
        bool isUserDefined = name.StartsWith("USER_DEFINED_");
        var block = isUserDefined ? _message!.UserDefined : Find(name);
        var keyword = block?.Keyword(name);
        if (block is not null) Enter(block, keyword, number);
        else if (_open.Count == 0) Open((NdmBlock)_message!.Root.Entries[0], number);
        GiveComments();
        _counts[^1]++;
        string text = Text(value), unit = "";
        if (keyword is not null && keyword.Type is NdmType.Number or NdmType.WholeNumber or NdmType.Time && text.EndsWith(']') && text.LastIndexOf('[') is var bracket and >= 0)
            (text, unit) = (text[..bracket].TrimEnd(), text[(bracket + 1)..^1].Trim());
        sink.Event(NdmEvent.Field(keyword?.Name ?? name.ToString(), text, unit.Length == 0 ? null : unit, number, column));
    }

    private void GiveComments()
    {
        foreach (var comment in _comments) sink.Event(comment);
        _comments.Clear();
    }

    private void EndMessage(long number)
    {
        if (_message is null) return;
        GiveComments();
        if (_group is not null || _open is [.., { KvnName: not null }])
            sink.Fault(NdmScope.Unit, number, 0, "file", "", $"it ends before {_group?.KvnGroup ?? _open[^1].KvnName}_STOP", "send the whole message");
        _group = null;
        CloseTo(_message.Root, number);
        sink.Event(NdmEvent.MessageEnd(_message.Name, number));
        _message = null;
    }

    /// <summary>Tabulators are blanks.</summary>
    private static string Text(ReadOnlySpan<byte> bytes)
    {
        string text = Ascii.IsValid(bytes) ? Encoding.ASCII.GetString(bytes) : Encoding.UTF8.GetString(bytes);
        return bytes.Contains((byte)'\t') ? text.Replace('\t', ' ') : text;
    }

    /// <summary>One blank where there were several, or tabulators.</summary>
    private static string Collapsed(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.Trim(" \t"u8);
        if (bytes.IndexOf("  "u8) < 0 && !bytes.Contains((byte)'\t')) return Text(bytes);
        byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(bytes.Length);
        int length = 0;
        foreach (byte b in bytes)
        {
            if (b is not ((byte)' ' or (byte)'\t')) buffer[length++] = b;
            else if (buffer[length - 1] != ' ') buffer[length++] = (byte)' ';
        }
        string text = Text(buffer.AsSpan(0, length));
        System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }
}
