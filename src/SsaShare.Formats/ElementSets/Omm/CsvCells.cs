namespace SsaShare.Formats;

/// <summary>Cuts a line into cells, RFC 4180: quotes around a cell are removed, doubled ones within are one. A cell ends with its line: no value of an orbit message has line breaks.</summary>
/// <param name="scratch">As long as the line; holds a cell whose quotes were doubled until the next one.</param>
internal ref struct CsvCells(ReadOnlySpan<byte> line, Span<byte> scratch)
{
    private readonly ReadOnlySpan<byte> _line = line;
    private readonly Span<byte> _scratch = scratch;
    private int _next;

    /// <summary>Column at which the cell begins, from 1.</summary>
    public int Column { get; private set; }

    /// <summary>Why the cell last given is none; null when it is.</summary>
    public string? Fault { get; private set; }

    /// <returns>False after the last one.</returns>
    public bool Next(out ReadOnlySpan<byte> cell)
    {
        cell = default;
        Fault = null;
        if (_next > _line.Length) return false;
        Column = _next + 1;
        var rest = _line[_next..];
        if (rest.StartsWith("\""u8)) return Quoted(rest, out cell);
        int comma = rest.IndexOf((byte)',');
        cell = comma < 0 ? rest : rest[..comma];
        _next += cell.Length + 1;
        if (cell.IndexOf((byte)'"') >= 0) Fault = "a quote within a cell that does not begin with one";
        return true;
    }

    private bool Quoted(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> cell)
    {
        int written = 0, at = 1;
        while (true)
        {
            int quote = rest[at..].IndexOf((byte)'"');
            if (quote < 0)
            {
                Fault = "the quote is not closed in this line";
                cell = rest[1..];
                _next = _line.Length + 1;
                return true;
            }
            int end = at + quote;
            bool isDoubled = end + 1 < rest.Length && rest[end + 1] == '"';
            if (!isDoubled)
            {
                cell = rest[1..end];
                if (written > 0) cell = _scratch[..Append(rest[at..end], written)];
                var tail = rest[(end + 1)..];
                int comma = tail.IndexOf((byte)',');
                if (comma != 0 && !tail.IsEmpty) Fault = "something stands between the closing quote and the comma";
                _next = comma < 0 ? _line.Length + 1 : _next + end + 1 + comma + 1;
                return true;
            }
            written = Append(rest[at..(end + 1)], written);
            at = end + 2;
        }
    }

    private readonly int Append(ReadOnlySpan<byte> part, int written)
    {
        part.CopyTo(_scratch[written..]);
        return written + part.Length;
    }
}
