namespace SsaShare.Formats;

/// <summary>
/// Reads CCSDS orbit parameter and orbit mean-elements messages (502.0-B, KVN, or XML or JSON as the lines of KVN that they stand for), one or many in a file, in constant memory however long it is.
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
    private readonly NdmMessageReader<OdmItem> _reader;

    /// <param name="stream">Positioned at the beginning of the first message.</param>
    /// <param name="options">File name, present and limits.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive, or the line limit is above 1 MiB.</exception>
    public OdmReader(Stream stream, OdmReadOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxIssues);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLineBytes, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxLineBytes, 1 << 20);
        var items = new List<OdmItem>();
        _reader = new NdmMessageReader<OdmItem>(stream, options.MaxLineBytes, new OdmParser(options, items), items, "opm", "omm");
    }

    /// <exception cref="IOException">The stream fails.</exception>
    public IEnumerable<OdmItem> Read() => _reader.Read();

    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the stream.</exception>
    public IAsyncEnumerable<OdmItem> ReadAsync(CancellationToken cancellationToken = default) => _reader.ReadAsync(cancellationToken);
}
