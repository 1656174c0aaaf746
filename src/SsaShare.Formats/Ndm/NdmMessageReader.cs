using System.Runtime.CompilerServices;

namespace SsaShare.Formats;

/// <summary>The loop of readers that interpret messages: KVN line by line, XML and JSON as the lines that they stand for. Which it is, the first bytes tell.</summary>
/// <param name="items">To which the parser adds.</param>
/// <param name="kinds">Messages that the parser reads.</param>
internal sealed class NdmMessageReader<TItem>(Stream stream, int maxLineBytes, INdmLineParser parser, List<TItem> items, params string[] kinds)
{
    private const int HeadBytes = 256;

    /// <exception cref="IOException">The stream fails.</exception>
    public IEnumerable<TItem> Read()
    {
        byte[] head = new byte[HeadBytes];
        int length = stream.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false);
        var (whole, syntax) = Whole(head.AsMemory(0, length));
        return syntax switch
        {
            NdmSyntax.Xml => new NdmXmlSource<TItem>(whole, Feeder(), items).Read(),
            NdmSyntax.Json => new NdmJsonSource<TItem>(whole, Feeder(), items).Read(),
            _ => new LineReader<TItem>(whole, maxLineBytes, parser, items).Read(),
        };
    }

    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the stream.</exception>
    public async IAsyncEnumerable<TItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        byte[] head = new byte[HeadBytes];
        int length = await stream.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancellationToken);
        var (whole, syntax) = Whole(head.AsMemory(0, length));
        var found = syntax switch
        {
            NdmSyntax.Xml => new NdmXmlSource<TItem>(whole, Feeder(), items).ReadAsync(cancellationToken),
            NdmSyntax.Json => new NdmJsonSource<TItem>(whole, Feeder(), items).ReadAsync(cancellationToken),
            _ => new LineReader<TItem>(whole, maxLineBytes, parser, items).ReadAsync(cancellationToken),
        };
        await foreach (var item in found) yield return item;
    }

    private NdmLineFeeder Feeder() => new(parser, maxLineBytes, kinds);

    private (Stream Whole, NdmSyntax Syntax) Whole(ReadOnlyMemory<byte> head)
    {
        var whole = new BoundedStream(stream, long.MaxValue);
        whole.PutBack(head);
        return (whole, NdmFormats.SyntaxOf(head.Span));
    }
}
