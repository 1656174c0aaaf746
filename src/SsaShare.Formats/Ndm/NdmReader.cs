namespace SsaShare.Formats;

/// <summary>
/// Reads CCSDS navigation data messages of any kind, one or many in a file, and checks them by <see cref="NdmTables"/>. A message is kept whole or refused whole; of the
/// long ones (TDM, OEM, OCM) a segment, a block or a row is.
/// </summary>
/// <remarks>Total, in constant memory; enumerate once, one thread at a time. The stream stays the caller's. XML may be in any encoding that it declares.</remarks>
public sealed class NdmReader : IFormatReader<NdmEvent>
{
    private readonly Func<IEnumerable<FormatItem<NdmEvent>>> _read;
    private readonly Func<CancellationToken, IAsyncEnumerable<FormatItem<NdmEvent>>> _readAsync;

    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive, or the line limit is above 1 MiB.</exception>
    public NdmReader(Stream stream, NdmSyntax syntax, FormatReadOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxIssues);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxLineBytes, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxLineBytes, 1 << 20);
        var items = new List<FormatItem<NdmEvent>>();
        var checker = new NdmChecker(options, items);
        switch (syntax)
        {
            case NdmSyntax.Kvn:
                var lines = new LineReader<FormatItem<NdmEvent>>(stream, options.MaxLineBytes, new NdmKvnParser(checker, options), items);
                (_read, _readAsync) = (lines.Read, lines.ReadAsync);
                break;
            case NdmSyntax.Xml:
                var nodes = new NdmXmlSource<FormatItem<NdmEvent>>(stream, checker, items);
                (_read, _readAsync) = (nodes.Read, nodes.ReadAsync);
                break;
            case NdmSyntax.Json:
                var tokens = new NdmJsonSource<FormatItem<NdmEvent>>(stream, checker, items);
                (_read, _readAsync) = (tokens.Read, tokens.ReadAsync);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(syntax), syntax, "Expected a syntax.");
        }
    }

    public IEnumerable<FormatItem<NdmEvent>> Read() => _read();

    public IAsyncEnumerable<FormatItem<NdmEvent>> ReadAsync(CancellationToken cancellationToken = default) => _readAsync(cancellationToken);
}
