namespace SsaShare.Formats;

/// <summary>Reads CCSDS conjunction data messages (508.0-B-1, KVN, or XML or JSON as the lines of KVN that they stand for), one or many in a file, in constant memory however long it is.</summary>
/// <remarks>
/// <para>Total: every input ends in messages and issues, never in an exception other than the stream's own. A message in which anything is malformed,
/// implausible, unknown or in another unit is refused whole with line, field and reason; the others are kept.</para>
/// <para>Everything that a message of version 1.0 states is kept: figures in km, s and kg, times as epochs, words and comments as text. States in GCRF,
/// EME2000 (turned into GCRF) or ITRF. A value of NaN counts as not stated.</para>
/// <para>Enumerate once; one thread at a time. The stream stays the caller's.</para>
/// </remarks>
public sealed class CdmReader
{
    private readonly NdmMessageReader<CdmItem> _reader;

    /// <param name="stream">Positioned at the beginning of the first message.</param>
    /// <param name="options">File name, present and limits.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive, or the line limit is above 1 MiB.</exception>
    public CdmReader(Stream stream, CdmReadOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxIssues);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLineBytes, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxLineBytes, 1 << 20);
        var items = new List<CdmItem>();
        _reader = new NdmMessageReader<CdmItem>(stream, options.MaxLineBytes, new CdmParser(options, items), items, "cdm");
    }

    /// <exception cref="IOException">The stream fails.</exception>
    public IEnumerable<CdmItem> Read() => _reader.Read();

    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the stream.</exception>
    public IAsyncEnumerable<CdmItem> ReadAsync(CancellationToken cancellationToken = default) => _reader.ReadAsync(cancellationToken);
}
