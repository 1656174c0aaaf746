using System.Text;

namespace SsaShare.Exchange;

/// <summary>Lines of a bundle, none of which may be longer than <see cref="EvidenceBundle.LongestLine"/>: a longer one is refused before it fills memory.</summary>
internal sealed class EvidenceLines(TextReader reader)
{
    private readonly char[] _block = new char[64 * 1024];
    private readonly StringBuilder _line = new();
    private int _next, _length;

    /// <summary>Number of the last line read, from 1.</summary>
    public long Number { get; private set; }

    /// <returns>The next line without its end; null after the last.</returns>
    /// <exception cref="InvalidDataException">The line is too long.</exception>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        _line.Clear();
        while (true)
        {
            if (_next == _length)
            {
                (_next, _length) = (0, await reader.ReadAsync(_block.AsMemory(), cancellationToken));
                if (_length == 0) return _line.Length == 0 ? null : Take();
            }
            int end = Array.IndexOf(_block, '\n', _next, _length - _next);
            int until = end < 0 ? _length : end;
            if (_line.Length + until - _next > EvidenceBundle.LongestLine)
                throw new InvalidDataException($"line {Number + 1}: it is longer than {EvidenceBundle.LongestLine} characters.");
            _line.Append(_block, _next, until - _next);
            _next = end < 0 ? _length : end + 1;
            if (end >= 0) return Take();
        }
    }

    private string Take()
    {
        Number++;
        return _line.ToString();
    }
}
