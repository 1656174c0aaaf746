using System.Buffers;
using System.Text.Unicode;

namespace SsaShare.Formats;

/// <summary>
/// The last layer: counts lines and, where asked to, sees to it that what is read is UTF-8. A byte that is none stands for the character of that number in Latin-1, which is
/// noticed once for a file. Valid text, which is nearly all, is passed on as it is.
/// </summary>
/// <param name="endsLinesWithCr">Each CR becomes the LF that readers of lines know.</param>
internal sealed class TextStream(Stream inner, bool checksUtf8, bool endsLinesWithCr = false) : ReadOnlyStream
{
    private const int BufferBytes = 64 * 1024;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly byte[] _replacement = new byte[2];
    private char[]? _scratch;

    /// <summary>Up to <see cref="_valid"/> the bytes may be given, up to <see cref="_end"/> there are some.</summary>
    private int _start, _valid, _end;
    private int _replaced = 2;
    private bool _ended;

    /// <summary>Ends of lines that were given.</summary>
    public long Lines { get; private set; }

    /// <summary>The line, from 1, of the first byte that is not UTF-8, and that byte; null when all was.</summary>
    public (long Line, byte Value)? NotUtf8 { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            if (TryGive(buffer, out int given)) return given;
            if (_ended) return 0;
            Filled(inner.Read(_buffer.AsSpan(_end)));
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (TryGive(buffer.Span, out int given)) return given;
            if (_ended) return 0;
            Filled(await inner.ReadAsync(_buffer.AsMemory(_end), cancellationToken));
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Gives what may be given; else makes room for more.</summary>
    private bool TryGive(Span<byte> buffer, out int given)
    {
        given = 0;
        if (buffer.IsEmpty) return true;
        if (_replaced == 2 && _start == _valid && _start < _end) Check();
        if (_replaced < 2)
        {
            buffer[0] = _replacement[_replaced++];
            given = 1;
            return true;
        }
        if (_start < _valid)
        {
            given = Math.Min(buffer.Length, _valid - _start);
            _buffer.AsSpan(_start, given).CopyTo(buffer);
            if (endsLinesWithCr) buffer[..given].Replace((byte)'\r', (byte)'\n');
            Lines += buffer[..given].Count((byte)'\n');
            _start += given;
            return true;
        }
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _valid, _end) = (0, 0, _end - _start);
        return false;
    }

    private void Filled(int count)
    {
        _end += count;
        _ended = count == 0;
        if (_ended && _start < _end) Check();
    }

    /// <summary>Finds how far the text is valid; where it is not from the first byte on, puts another in the place of that byte.</summary>
    private void Check()
    {
        var bytes = _buffer.AsSpan(_start, _end - _start);
        if (!checksUtf8 || Utf8.IsValid(bytes))
        {
            _valid = _end;
            return;
        }
        _scratch ??= new char[BufferBytes];
        var status = Utf8.ToUtf16(bytes, _scratch, out int read, out _, replaceInvalidSequences: false, isFinalBlock: _ended);
        _valid = _start + read;
        if (read > 0 || status == OperationStatus.NeedMoreData) return;
        byte value = bytes[0];
        NotUtf8 ??= (Lines + 1, value);
        _replacement[0] = (byte)(0xC0 | (value >> 6));
        _replacement[1] = (byte)(0x80 | (value & 0x3F));
        _replaced = 0;
        _valid = ++_start;
    }
}
