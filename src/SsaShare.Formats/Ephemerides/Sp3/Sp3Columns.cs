using System.Text;

namespace SsaShare.Formats;

/// <summary>Fields of a line by their columns, from 1, as the standard gives them; what lies beyond the line's end is blank.</summary>
internal readonly ref struct Sp3Columns(ReadOnlySpan<byte> line)
{
    private readonly ReadOnlySpan<byte> _line = line;

    /// <summary>Columns <paramref name="first"/> to <paramref name="last"/>, with their blanks.</summary>
    public ReadOnlySpan<byte> Raw(int first, int last) => first > _line.Length ? default : _line[(first - 1)..Math.Min(last, _line.Length)];

    public ReadOnlySpan<byte> Trimmed(int first, int last) => Raw(first, last).Trim((byte)' ');

    public string Text(int first, int last) => Encoding.ASCII.GetString(Trimmed(first, last));

    public bool TryInteger(int first, int last, out long value) => ShiftedDecimal.TryInteger(Trimmed(first, last), out value);

    public bool TryNumber(int first, int last, int shift, out double value) => ShiftedDecimal.TryDouble(Trimmed(first, last), shift, out value);

    public bool TryDecimal(int first, int last, out decimal value) => ShiftedDecimal.TryDecimal(Trimmed(first, last), out value);
}
