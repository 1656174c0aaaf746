using System.Runtime.CompilerServices;

namespace SsaShare.Formats;

/// <summary>Takes the lines of a file one by one and adds what they say to a list: pure, total, in constant memory. Used by one thread at a time.</summary>
internal interface ILineParser
{
    /// <summary>Nothing more is wanted.</summary>
    bool IsStopped { get; }

    void Line(ReadOnlySpan<byte> line, long number);

    /// <param name="head">The beginning of a line that is longer than is taken.</param>
    void TooLong(ReadOnlySpan<byte> head, long number);

    /// <param name="lines">How many there were. Called once, also when reading was stopped.</param>
    void Complete(long lines);
}

/// <summary>The loop that all readers of lines share: from a stream by a parser to items, waiting for the stream or not.</summary>
/// <param name="items">To which the parser adds.</param>
internal sealed class LineReader<TItem>(Stream stream, int maxLineBytes, ILineParser parser, List<TItem> items)
{
    private const int BatchSize = 256;
    private readonly LineSource _lines = new(stream, maxLineBytes);
    private bool _completed;

    /// <exception cref="IOException">The stream fails.</exception>
    public IEnumerable<TItem> Read()
    {
        while (Advance())
        {
            for (int i = 0; i < items.Count; i++) yield return items[i];
            if (items.Count == 0) _lines.Fill();
        }
    }

    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the stream.</exception>
    public async IAsyncEnumerable<TItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (Advance())
        {
            for (int i = 0; i < items.Count; i++) yield return items[i];
            if (items.Count == 0) await _lines.FillAsync(cancellationToken);
        }
    }

    /// <summary>Parses on until there are items enough to give, data are needed (the items may be none) or the end.</summary>
    private bool Advance()
    {
        items.Clear();
        while (!_completed && items.Count < BatchSize)
        {
            switch (_lines.Next(out var line))
            {
                case LineStatus.Line:
                    parser.Line(line, _lines.LineNumber);
                    break;
                case LineStatus.TooLong:
                    parser.TooLong(line, _lines.LineNumber);
                    break;
                case LineStatus.NeedsData:
                    return true;
                default:
                    _completed = true;
                    break;
            }
            _completed |= parser.IsStopped;
            if (_completed) parser.Complete(_lines.LineNumber);
        }
        return items.Count > 0;
    }
}
