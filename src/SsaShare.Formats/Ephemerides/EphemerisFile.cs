namespace SsaShare.Formats;

/// <summary>A file of ephemerides in lines, read by the parser of its format.</summary>
internal sealed class EphemerisFile : IFormatReader<EphemerisItem>
{
    private readonly LineReader<FormatItem<EphemerisItem>> _reader;

    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive, or the line limit is not from 64 bytes to 1 MiB.</exception>
    public EphemerisFile(Stream stream, FormatReadOptions options, Func<FormatReadOptions, List<FormatItem<EphemerisItem>>, EphemerisParser> parser)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxIssues);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLineBytes, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxLineBytes, 1 << 20);
        var items = new List<FormatItem<EphemerisItem>>();
        _reader = new LineReader<FormatItem<EphemerisItem>>(stream, options.MaxLineBytes, parser(options, items), items);
    }

    public IEnumerable<FormatItem<EphemerisItem>> Read() => _reader.Read();

    public IAsyncEnumerable<FormatItem<EphemerisItem>> ReadAsync(CancellationToken cancellationToken = default) => _reader.ReadAsync(cancellationToken);
}
