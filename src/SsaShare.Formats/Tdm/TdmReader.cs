namespace SsaShare.Formats;

/// <summary>
/// Reads a CCSDS tracking data message (503.0-B-1 and -2, KVN, or XML or JSON as the lines of KVN that they stand for) from a stream, in constant memory however long the file or its lines are.
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
    private readonly NdmMessageReader<TdmItem> _reader;
    private readonly TdmParser _parser;

    /// <param name="stream">Positioned at the beginning of the message.</param>
    /// <param name="options">File name, present, sensors and limits.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive, or the line limit is above 1 MiB.</exception>
    public TdmReader(Stream stream, TdmReadOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxIssues);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLineBytes, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxLineBytes, 1 << 20);
        var items = new List<TdmItem>();
        _parser = new TdmParser(options, items);
        _reader = new NdmMessageReader<TdmItem>(stream, options.MaxLineBytes, _parser, items, "tdm");
    }

    /// <summary>Empty until the header has been read.</summary>
    public TdmHeader Header => _parser.Header;

    /// <summary>Complete when the enumeration has ended.</summary>
    public TdmSummary Summary => _parser.Summary;

    /// <exception cref="IOException">The stream fails.</exception>
    public IEnumerable<TdmItem> Read() => _reader.Read();

    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the stream.</exception>
    public IAsyncEnumerable<TdmItem> ReadAsync(CancellationToken cancellationToken = default) => _reader.ReadAsync(cancellationToken);
}
