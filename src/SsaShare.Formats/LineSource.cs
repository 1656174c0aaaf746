namespace SsaShare.Formats;

internal enum LineStatus
{
    /// <summary>A line is given.</summary>
    Line,
    /// <summary>A line longer than the limit is passed over; its beginning is given.</summary>
    TooLong,
    /// <summary>Call <see cref="LineSource.Fill"/> and ask again.</summary>
    NeedsData,
    /// <summary>Nothing follows.</summary>
    End,
}

/// <summary>
/// Cuts a stream of bytes into lines within one buffer of fixed size. A line ends with LF or CR LF, the last one also with the stream.
/// Used by one thread at a time; a line's bytes are good until the next call.
/// </summary>
internal sealed class LineSource
{
    private const int ReadSize = 64 * 1024;
    private readonly Stream _stream;
    private readonly int _maxLineBytes;
    private readonly byte[] _buffer;
    private int _start, _end;
    private bool _ended, _skipping;

    public LineSource(Stream stream, int maxLineBytes)
    {
        _stream = stream;
        _maxLineBytes = maxLineBytes;
        _buffer = new byte[maxLineBytes + ReadSize];
    }

    /// <summary>Number of the line last given or passed over, from 1.</summary>
    public long LineNumber { get; private set; }

    public LineStatus Next(out ReadOnlySpan<byte> line)
    {
        line = default;
        while (true)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            int length = rest.IndexOf((byte)'\n');
            if (length >= 0)
            {
                _start += length + 1;
                if (_skipping)
                {
                    _skipping = false;
                    continue;
                }
                return Give(rest[..length], out line);
            }
            if (rest.Length > _maxLineBytes + 1 || _skipping)
            {
                _start = _end;
                if (!_skipping)
                {
                    _skipping = true;
                    LineNumber++;
                    line = rest[.._maxLineBytes];
                    return LineStatus.TooLong;
                }
            }
            if (!_ended) return LineStatus.NeedsData;
            if (_start == _end) return LineStatus.End;
            _start = _end;
            return Give(rest, out line);
        }
    }

    public void Fill()
    {
        Compact();
        Filled(_stream.Read(_buffer, _end, _buffer.Length - _end));
    }

    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        Compact();
        Filled(await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken));
    }

    private LineStatus Give(ReadOnlySpan<byte> found, out ReadOnlySpan<byte> line)
    {
        LineNumber++;
        line = found.EndsWith("\r"u8) ? found[..^1] : found;
        if (line.Length <= _maxLineBytes) return LineStatus.Line;
        line = line[.._maxLineBytes];
        return LineStatus.TooLong;
    }

    private void Compact()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
    }

    private void Filled(int count)
    {
        _end += count;
        _ended = count == 0;
    }
}
