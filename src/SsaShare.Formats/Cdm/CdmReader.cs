using System.Runtime.CompilerServices;

namespace SsaShare.Formats;

/// <summary>Reads CCSDS conjunction data messages (508.0-B-1, KVN), one or many in a file, in constant memory however long it is.</summary>
/// <remarks>
/// <para>Total: every input ends in messages and issues, never in an exception other than the stream's own. A message in which anything is malformed,
/// implausible, unknown or in another unit is refused whole with line, field and reason; the others are kept.</para>
/// <para>Everything that a message of version 1.0 states is kept: figures in km, s and kg, times as epochs, words and comments as text. States in GCRF,
/// EME2000 (turned into GCRF) or ITRF. A value of NaN counts as not stated.</para>
/// <para>Enumerate once; one thread at a time. The stream stays the caller's.</para>
/// </remarks>
public sealed class CdmReader
{
    private readonly LineSource _lines;
    private readonly CdmParser _parser;
    private readonly List<CdmItem> _items = [];
    private bool _completed;

    /// <param name="stream">Positioned at the beginning of the first message.</param>
    /// <param name="options">File name, present and limits.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive, or the line limit is above 1 MiB.</exception>
    public CdmReader(Stream stream, CdmReadOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxIssues);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLineBytes, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxLineBytes, 1 << 20);
        _lines = new LineSource(stream, options.MaxLineBytes);
        _parser = new CdmParser(options, _items);
    }

    /// <exception cref="IOException">The stream fails.</exception>
    public IEnumerable<CdmItem> Read()
    {
        while (Advance())
        {
            for (int i = 0; i < _items.Count; i++) yield return _items[i];
            if (_items.Count == 0) _lines.Fill();
        }
    }

    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the stream.</exception>
    public async IAsyncEnumerable<CdmItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (Advance())
        {
            for (int i = 0; i < _items.Count; i++) yield return _items[i];
            if (_items.Count == 0) await _lines.FillAsync(cancellationToken);
        }
    }

    /// <summary>Parses on until there are items to give, data are needed (no items) or the end.</summary>
    private bool Advance()
    {
        _items.Clear();
        while (!_completed && _items.Count == 0)
        {
            switch (_lines.Next(out var line))
            {
                case LineStatus.Line:
                    _parser.Line(line, _lines.LineNumber);
                    break;
                case LineStatus.TooLong:
                    _parser.TooLong(line, _lines.LineNumber);
                    break;
                case LineStatus.NeedsData:
                    return true;
                default:
                    _completed = true;
                    break;
            }
            if (_completed) _parser.Complete(_lines.LineNumber);
            _completed |= _parser.IsStopped;
        }
        return _items.Count > 0;
    }
}
