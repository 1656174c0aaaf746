namespace SsaShare.Exchange;

/// <summary>Lines of a bundle, none of which may be longer than <see cref="EvidenceBundle.LongestLine"/>: a longer one is refused before it fills memory.</summary>
internal sealed class EvidenceLines(Stream stream)
{
    private byte[] _buffer = new byte[256 * 1024];
    private int _start, _end;

    /// <summary>Number of the last line read, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Bytes read so far, up to the end of the last line.</summary>
    public long Position { get; private set; }

    /// <returns>The next line without its end, valid until the next call; null after the last.</returns>
    /// <exception cref="InvalidDataException">The line is too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        int searched = _start;
        while (true)
        {
            int length = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (length >= 0) return Take(searched + length - _start, 1);
            if (_end - _start > EvidenceBundle.LongestLine) throw new InvalidDataException($"line {Number + 1}: it is longer than {EvidenceBundle.LongestLine} bytes.");
            MakeRoom();
            searched = _end;
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read > 0) _end += read;
            else if (_end > _start) return Take(_end - _start, 0);
            else return null;
        }
    }

    private ReadOnlyMemory<byte> Take(int length, int ending)
    {
        var line = _buffer.AsMemory(_start, length);
        _start += length + ending;
        Position += length + ending;
        Number++;
        return line;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, 2 * _buffer.Length);
    }
}
