namespace SsaShare.Formats;

/// <summary>The words of a line, one after the other: what stands between blanks and tabs.</summary>
internal ref struct Words(ReadOnlySpan<byte> line)
{
    private readonly ReadOnlySpan<byte> _line = line;
    private int _next;

    /// <summary>Of the word last given, from 1; after the last one, where the line ends.</summary>
    public int Column { get; private set; } = 1;

    /// <summary>What follows the word last given, without the blanks around it.</summary>
    public readonly ReadOnlySpan<byte> Rest => _line[_next..].Trim(" \t"u8);

    public bool Next(out ReadOnlySpan<byte> word)
    {
        while (_next < _line.Length && _line[_next] is (byte)' ' or (byte)'\t') _next++;
        int start = _next;
        while (_next < _line.Length && _line[_next] is not ((byte)' ' or (byte)'\t')) _next++;
        word = _line[start.._next];
        Column = start + 1;
        return !word.IsEmpty;
    }

    /// <summary>The next word, or nothing.</summary>
    public ReadOnlySpan<byte> Next()
    {
        Next(out var word);
        return word;
    }

    /// <returns>False when there is no further word or it is no number.</returns>
    public bool TryNumber(int shift, out double value)
    {
        value = 0;
        return Next(out var word) && ShiftedDecimal.TryDouble(word, shift, out value);
    }

    /// <summary>Three numbers.</summary>
    public bool TryVector(int shift, out Vector3d vector)
    {
        bool isRead = TryNumber(shift, out double x) & TryNumber(shift, out double y) & TryNumber(shift, out double z);
        vector = new Vector3d(x, y, z);
        return isRead;
    }

    /// <summary>Two angles in degrees and a length.</summary>
    public bool TryPlace(int shift, out Vector3d place)
    {
        bool isRead = TryNumber(0, out double latitude) & TryNumber(0, out double longitude) & TryNumber(shift, out double length);
        place = new Vector3d(latitude, longitude, length);
        return isRead;
    }
}
