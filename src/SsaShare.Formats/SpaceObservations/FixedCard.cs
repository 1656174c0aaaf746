using System.Text;

namespace SsaShare.Formats;

/// <summary>A line of fixed columns, counted from 1, filled up with blanks; what is wrong with its fields is added to a list.</summary>
internal readonly ref struct FixedCard(ReadOnlySpan<byte> padded, List<FieldComplaint> complaints)
{
    private readonly ReadOnlySpan<byte> _line = padded;

    /// <summary>Copies a line into a buffer and fills that up with blanks.</summary>
    /// <returns>False when the line is longer than the buffer.</returns>
    public static bool TryPad(ReadOnlySpan<byte> line, Span<byte> buffer)
    {
        if (line.Length > buffer.Length) return false;
        line.CopyTo(buffer);
        buffer[line.Length..].Fill((byte)' ');
        return true;
    }

    public ReadOnlySpan<byte> this[int first, int last] => _line[(first - 1)..last];

    public bool IsBlank(int first, int last) => this[first, last].IndexOfAnyExcept((byte)' ') < 0;

    public void Complain(string field, int first, int last, string reason, string remedy)
        => complaints.Add(new FieldComplaint(field, first, ReadIssue.Show(this[first, last]), reason, remedy));

    /// <summary>Complains about columns that have to be blank and are not.</summary>
    public void Blank(int first, int last)
    {
        if (!IsBlank(first, last)) Complain("column", first, last, first == last ? $"column {first} is blank in this format" : $"columns {first} to {last} are blank in this format", "check the columns");
    }

    /// <summary>What stands there, without blanks around it; null when nothing does.</summary>
    public string? Text(int first, int last)
    {
        var text = this[first, last].Trim((byte)' ');
        return text.IsEmpty ? null : Encoding.Latin1.GetString(text);
    }

    /// <summary>One of some characters, or nothing.</summary>
    public string? OneOf(string field, int column, ReadOnlySpan<byte> allowed, string remedy)
    {
        byte found = _line[column - 1];
        if (found == (byte)' ') return null;
        if (allowed.Contains(found)) return Letters[found];
        Complain(field, column, column, "not one of the codes", remedy);
        return null;
    }

    /// <summary>Digits in every column.</summary>
    public int? Digits(string field, int first, int last)
    {
        int value = 0;
        foreach (byte b in this[first, last])
        {
            if (!char.IsAsciiDigit((char)b))
            {
                Complain(field, first, last, "not a number in all its columns", "write every digit, zeros included");
                return null;
            }
            value = value * 10 + (b - '0');
        }
        return value;
    }

    /// <summary>Digits in every column of which the first may carry the sign: '-' or '}' for -0, 'J' to 'R' for -1 to -9. Null when blank.</summary>
    public long? Signed(string field, int first, int last)
    {
        var text = this[first, last];
        if (IsBlank(first, last)) return null;
        int sign = text[0] switch { (byte)'-' or (byte)'}' => 0, >= (byte)'J' and <= (byte)'R' => text[0] - 'J' + 1, _ => -1 };
        long value = sign >= 0 ? sign : text[0] - '0';
        bool isNumber = sign >= 0 || char.IsAsciiDigit((char)text[0]);
        foreach (byte b in text[1..])
        {
            isNumber &= char.IsAsciiDigit((char)b);
            value = value * 10 + (b - '0');
        }
        if (isNumber) return sign >= 0 ? -value : value;
        Complain(field, first, last, "not digits, the first of which may be punched over with a minus", "fill every column; '-' or '}' is -0, J to R are -1 to -9");
        return null;
    }

    /// <summary>
    /// Digits with an implied decimal point, each in its own column; blanks before and after them count as zeros. Null when blank.
    /// Digits that begin late have to reach the last column: what else would tell that they were not shifted?
    /// </summary>
    /// <param name="begin">Before how many columns from the first digits may begin that do not reach the last.</param>
    /// <returns>In units of the last column.</returns>
    public long? Placed(string field, int first, int last, int begin)
    {
        var text = this[first, last];
        int from = text.IndexOfAnyExcept((byte)' '), to = text.LastIndexOfAnyExcept((byte)' ') + 1;
        if (from < 0) return null;
        bool isNumber = from < begin || to == text.Length;
        long value = 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool inside = i >= from && i < to;
            isNumber &= !inside || char.IsAsciiDigit((char)text[i]);
            value = value * 10 + (inside ? text[i] - '0' : 0);
        }
        if (isNumber) return value;
        Complain(field, first, last, "not digits without gaps", "write the digits in their columns");
        return null;
    }

    /// <summary>Digits from the first column on, without gaps; missing ones at the end count as zeros. Null when blank or wrong.</summary>
    /// <param name="count">How many there were.</param>
    public long? Leading(string field, int first, int last, out int count)
    {
        var text = this[first, last];
        count = text.IndexOf((byte)' ');
        if (count < 0) count = text.Length;
        long value = 0;
        bool isNumber = text[count..].IndexOfAnyExcept((byte)' ') < 0;
        for (int i = 0; i < text.Length; i++)
        {
            isNumber &= i >= count || char.IsAsciiDigit((char)text[i]);
            value = value * 10 + (i < count ? text[i] - '0' : 0);
        }
        if (isNumber) return count == 0 ? null : value;
        Complain(field, first, last, "not digits from its first column on without gaps", "leave out digits at the end only");
        return null;
    }

    /// <summary>One-letter texts, made once.</summary>
    private static string[] Letters { get; } = [.. Enumerable.Range(0, 256).Select(code => ((char)code).ToString())];
}
