using System.Globalization;
using System.Text;

namespace SsaShare.Formats;

/// <summary>Text in UTF-8 on its way to a stream, put together in a buffer of fixed size. Used by one thread at a time; the stream stays the caller's.</summary>
internal sealed class TextOutput(Stream stream)
{
    private const int Reserve = 1_024;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _length, _lineStart;

    /// <summary>Where the next character of the line stands, from 1.</summary>
    public int Column => _length - _lineStart + 1;

    public TextOutput Text(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var part = text[..Math.Min(text.Length, Reserve / 4)];
            if (part.Length < text.Length && char.IsHighSurrogate(part[^1])) part = part[..^1];
            var room = Room();
            _length += Encoding.UTF8.GetBytes(part, room);
            text = text[part.Length..];
        }
        return this;
    }

    /// <summary>A number after blanks, so that it ends in a column of the given width.</summary>
    public TextOutput Number(double value, int shift, int minDecimals, int width)
    {
        Span<byte> text = stackalloc byte[ShiftedDecimal.LongestWritten];
        return Right(text[..ShiftedDecimal.Write(value, shift, minDecimals, text)], width);
    }

    /// <summary>A number with an exponent.</summary>
    public TextOutput Scientific(double value, int shift, int width)
    {
        Span<byte> text = stackalloc byte[ShiftedDecimal.LongestWritten];
        return Right(text[..ShiftedDecimal.WriteScientific(value, shift, text)], width);
    }

    public TextOutput Number(decimal value, int minDecimals, int width)
    {
        Span<byte> text = stackalloc byte[ShiftedDecimal.LongestWritten];
        value.TryFormat(text, out int length, minDecimals switch { 0 => "0.##################", 3 => "0.000###############", 6 => "0.000000############", _ => "0.00000000##########" }, CultureInfo.InvariantCulture);
        return Right(text[..length], width);
    }

    public TextOutput Integer(long value, int width)
    {
        Span<byte> text = stackalloc byte[24];
        value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        return Right(text[..length], width);
    }

    /// <summary>Blanks up to a column, from 1.</summary>
    public TextOutput To(int column)
    {
        while (Column < column) Text(" ");
        return this;
    }

    public void Line(ReadOnlySpan<char> text = default)
    {
        Text(text).Text("\n");
        _lineStart = _length;
    }

    /// <summary>Ends a line without the blanks at its end.</summary>
    public void TrimmedLine()
    {
        while (_length > _lineStart && _buffer[_length - 1] == ' ') _length--;
        Line();
    }

    /// <summary>Text that is in UTF-8 already.</summary>
    public TextOutput Bytes(ReadOnlySpan<byte> text)
    {
        Flush();
        stream.Write(text);
        return this;
    }

    public void Flush()
    {
        stream.Write(_buffer, 0, _length);
        _lineStart -= _length;
        _length = 0;
    }

    private TextOutput Right(ReadOnlySpan<byte> text, int width)
    {
        var room = Room();
        int blanks = Math.Max(0, width - text.Length);
        room[..blanks].Fill((byte)' ');
        text.CopyTo(room[blanks..]);
        _length += blanks + text.Length;
        return this;
    }

    private Span<byte> Room()
    {
        if (_buffer.Length - _length < Reserve) Flush();
        return _buffer.AsSpan(_length);
    }
}
