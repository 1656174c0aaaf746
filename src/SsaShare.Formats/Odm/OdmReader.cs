using System.Runtime.CompilerServices;

namespace SsaShare.Formats;

/// <summary>
/// Reads CCSDS orbit parameter and orbit mean-elements messages (502.0-B, KVN), one or many in a file, in constant memory however long it is.
/// </summary>
/// <remarks>
/// <para>Total: every input ends in states, elements and issues, never in an exception other than the stream's own. A message in which anything is
/// malformed, implausible, unknown or in another unit is refused whole with line, field and reason; the others are kept.</para>
/// <para>Kept of an OPM: object, epoch, state and covariance. Frames GCRF, ICRF, EME2000 (turned into GCRF), ITRF and TEME; covariances also in RTN, RSW
/// and TNW. Kept of an OMM: elements for SGP4 in TEME. Passed over: Keplerian elements beside a state, spacecraft parameters, manoeuvres, user-defined keywords.</para>
/// <para>Enumerate once; one thread at a time. The stream stays the caller's.</para>
/// </remarks>
public sealed class OdmReader
{
    private readonly LineSource _lines;
    private readonly OdmParser _parser;
    private readonly List<OdmItem> _items = [];
    private bool _completed;

    /// <param name="stream">Positioned at the beginning of the first message.</param>
    /// <param name="options">File name, present and limits.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive, or the line limit is above 1 MiB.</exception>
    public OdmReader(Stream stream, OdmReadOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxIssues);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLineBytes, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxLineBytes, 1 << 20);
        _lines = new LineSource(stream, options.MaxLineBytes);
        _parser = new OdmParser(options, _items);
    }

    /// <exception cref="IOException">The stream fails.</exception>
    public IEnumerable<OdmItem> Read()
    {
        while (Advance())
        {
            for (int i = 0; i < _items.Count; i++) yield return _items[i];
            if (_items.Count == 0) _lines.Fill();
        }
    }

    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the stream.</exception>
    public async IAsyncEnumerable<OdmItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
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
