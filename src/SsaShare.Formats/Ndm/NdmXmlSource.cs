using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;

namespace SsaShare.Formats;

/// <summary>The loop from a stream of XML by a parser to items, waiting for the stream or not. No DTD, no entities but those of XML itself, nothing fetched; depth and the size of one node are limited.</summary>
/// <param name="items">To which the sink adds.</param>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "It owns nothing: the stream is its caller's, and what stands around it holds no handle.")]
internal sealed class NdmXmlSource<TItem>(Stream stream, INdmSink sink, List<TItem> items)
{
    private const int BatchSize = 256;
    private readonly NdmXmlParser _parser = new(sink);
    private readonly BoundedStream _bounded = new(stream);
    private XmlReader? _reader;

    /// <exception cref="IOException">The stream fails.</exception>
    public IEnumerable<TItem> Read()
    {
        byte[] head = new byte[XmlHead.Bytes];
        int length = _bounded.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        Open(head.AsMemory(0, length));
        for (bool goes = true; goes;)
        {
            items.Clear();
            while (goes && items.Count < BatchSize) goes = Step();
            for (int i = 0; i < items.Count; i++) yield return items[i];
        }
    }

    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the stream.</exception>
    public async IAsyncEnumerable<TItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        byte[] head = new byte[XmlHead.Bytes];
        int length = await _bounded.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        _bounded.Cancellation = cancellationToken;
        Open(head.AsMemory(0, length));
        for (bool goes = true; goes;)
        {
            items.Clear();
            while (goes && items.Count < BatchSize) goes = await StepAsync();
            for (int i = 0; i < items.Count; i++) yield return items[i];
        }
    }

    private void Open(ReadOnlyMemory<byte> head)
    {
        var settings = new XmlReaderSettings
        {
            Async = true,
            CloseInput = false,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        };
        _bounded.PutBack(head);
        var encoding = XmlHead.EncodingOf(head.Span);
        _reader = encoding is null ? XmlReader.Create(_bounded, settings) : XmlReader.Create(new StreamReader(_bounded, encoding), settings);
    }

    private bool Step()
    {
        try
        {
            if (sink.IsStopped || !_reader!.Read()) return End();
            _bounded.Progress();
            if (NdmXmlParser.WantsText(_reader)) _parser.Text(_reader.Value);
            else _parser.Node(_reader);
            return true;
        }
        catch (XmlException e)
        {
            return Malformed(e);
        }
        catch (NodeTooLargeException)
        {
            return TooLarge();
        }
    }

    private async ValueTask<bool> StepAsync()
    {
        try
        {
            if (sink.IsStopped || !await _reader!.ReadAsync()) return End();
            _bounded.Progress();
            if (NdmXmlParser.WantsText(_reader)) _parser.Text(await _reader.GetValueAsync());
            else _parser.Node(_reader);
            return true;
        }
        catch (XmlException e)
        {
            return Malformed(e);
        }
        catch (NodeTooLargeException)
        {
            return TooLarge();
        }
    }

    private bool End()
    {
        _parser.Complete();
        return false;
    }

    private bool Malformed(XmlException e)
    {
        bool isDtd = !_parser.HasBegun && e.Message.Contains("DTD", StringComparison.Ordinal);
        sink.Stop(Math.Max(1, e.LineNumber), e.LinePosition, "file", "", isDtd ? "a document type declaration" : $"not well-formed XML: {Reason(e)}", isDtd ? "remove it: entities are not read" : "correct it");
        return End();
    }

    private bool TooLarge()
    {
        int line = (_reader as IXmlLineInfo)?.LineNumber ?? 1;
        sink.Stop(Math.Max(1, line), 0, "file", "", $"an element, attribute or text of more than {BoundedStream.Limit} bytes", "check that this is a navigation data message");
        return End();
    }

    /// <summary>The first sentence: what follows repeats the place.</summary>
    private static string Reason(XmlException e)
    {
        int end = e.Message.IndexOf(". ", StringComparison.Ordinal);
        string text = end < 0 ? e.Message.TrimEnd('.') : e.Message[..end];
        return new string([.. text.Take(120).Select(letter => letter is >= ' ' and <= '~' ? letter : '?')]);
    }
}
