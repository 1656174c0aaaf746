namespace SsaShare.Formats;

/// <summary>Reads a file of element sets that consists of lines.</summary>
internal sealed class ElementLineReader<T>(Stream stream, ElementOutput<T> output, ILineParser parser) : IFormatReader<T>
    where T : class
{
    private readonly LineReader<FormatItem<T>> _reader = new(stream, output.Options.MaxLineBytes, parser, output.Items);

    public IEnumerable<FormatItem<T>> Read() => _reader.Read();

    public IAsyncEnumerable<FormatItem<T>> ReadAsync(CancellationToken cancellationToken = default) => _reader.ReadAsync(cancellationToken);
}
