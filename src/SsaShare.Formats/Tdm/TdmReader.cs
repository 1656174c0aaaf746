using System.Runtime.CompilerServices;

namespace SsaShare.Formats;

/// <summary>
/// Reads a CCSDS tracking data message (503.0-B-1 and -2, KVN) from a stream, in constant memory however long the file or its lines are.
/// </summary>
/// <remarks>
/// <para>Total: every input ends in observations and issues, never in an exception other than the stream's own. A malformed or implausible
/// observation is refused with line, field and reason, a segment whose metadata leave its meaning open is refused whole, the rest is kept.</para>
/// <para>Data lines of one epoch that stand together become one <see cref="Observation"/>. A file sorted by keyword gives one observation
/// for each keyword and epoch. Kept: RANGE, ANGLE_1 and ANGLE_2 (ANGLE_TYPE = AZEL), DOPPLER_INSTANTANEOUS. The sensor is the
/// participant at which PATH ends. With a path such as 1,2,1 RANGE and DOPPLER_INSTANTANEOUS are along the whole path, as in the
/// standard's own radar example (annex E), and are halved. Corrections given with CORRECTIONS_APPLIED = NO are added.</para>
/// <para>Refused: time tags of transmission, differenced modes, range units RU, ranges ambiguous by RANGE_MODULUS or with equipment
/// delays still in them, angles other than AZEL, DEGRADED data, and what <see cref="TdmLimits"/> calls implausible.</para>
/// <para>Enumerate once; one thread at a time. The stream stays the caller's.</para>
/// </remarks>
public sealed class TdmReader
{
    private const int BatchSize = 256;
    private readonly LineSource _lines;
    private readonly TdmParser _parser;
    private readonly List<TdmItem> _items = [];
    private bool _completed;

    /// <param name="stream">Positioned at the beginning of the message.</param>
    /// <param name="options">File name, present, sensors and limits.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive, or the line limit is above 1 MiB.</exception>
    public TdmReader(Stream stream, TdmReadOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxIssues);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLineBytes, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxLineBytes, 1 << 20);
        _lines = new LineSource(stream, options.MaxLineBytes);
        _parser = new TdmParser(options, _items);
    }

    /// <summary>Empty until the header has been read.</summary>
    public TdmHeader Header => _parser.Header;

    /// <summary>Complete when the enumeration has ended.</summary>
    public TdmSummary Summary => _parser.Summary;

    /// <exception cref="IOException">The stream fails.</exception>
    public IEnumerable<TdmItem> Read()
    {
        while (Advance())
        {
            for (int i = 0; i < _items.Count; i++) yield return _items[i];
            if (_items.Count == 0) _lines.Fill();
        }
    }

    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the stream.</exception>
    public async IAsyncEnumerable<TdmItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
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
        while (!_completed && _items.Count < BatchSize)
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
            _completed |= _parser.IsStopped;
            if (_completed) _parser.Complete();
        }
        return _items.Count > 0;
    }
}
