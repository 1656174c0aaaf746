using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>
/// Walks what a node published since a time and decides each record by several agreements with one reader: what would the reader have
/// received? Memory holds one page of the feed and the sums.
/// </summary>
/// <param name="outlines">The feed without its records.</param>
/// <param name="read">Gives whole publications after a position, in order; none at the end.</param>
/// <param name="agreements">With the reader.</param>
/// <param name="since">Publications before it are left out.</param>
public sealed class ReleaseSimulation(IFeedOutlines outlines, Func<long, CancellationToken, Task<IReadOnlyList<StoredPublication>>> read,
    IReadOnlyList<AgreementSimulation> agreements, Epoch since)
{
    private const int OutlinesAtOnce = 1_000;
    private readonly long[] _fates = new long[3];

    public IReadOnlyList<AgreementSimulation> Agreements => agreements;

    /// <summary>Different records decided so far, by the best that becomes of them under any of the agreements.</summary>
    public long CountOf(RecordFate fate) => _fates[(int)fate];

    /// <summary>Decides all that was published up to the call.</summary>
    /// <param name="tell">Called after each page with how many records were decided, and of how many.</param>
    public async Task RunAsync(Func<long, long, Task> tell, CancellationToken cancellationToken)
    {
        var stretch = await MeasureAsync(cancellationToken);
        long considered = 0;
        await tell(0, stretch.RecordCount);
        for (long position = stretch.After; position < stretch.Last;)
        {
            var page = await read(position, cancellationToken);
            if (page.Count == 0) return;
            foreach (var stored in page.TakeWhile(stored => stored.Position <= stretch.Last)) considered += Consider(stored);
            position = page[^1].Position;
            await tell(considered, stretch.RecordCount);
        }
    }

    private int Consider(StoredPublication stored)
    {
        var publication = stored.Publication;
        if (!DocumentJson.TryRead<PublicationDocument>(publication.Document.Payload.Span, DocumentContexts.Publication, out var document))
            throw new InvalidDataException($"Publication {publication.Document.Id} in the store is not one.");
        if (document.Published < since) return 0;
        var best = new RecordFate[publication.Records.Count];
        foreach (var agreement in agreements) agreement.Consider(stored, document.Published, best);
        foreach (var fate in best) _fates[(int)fate]++;
        return best.Length;
    }

    /// <summary>Which stretch of the feed is meant; publications in it may be older still, where a clock was set back.</summary>
    private async Task<(long After, long Last, long RecordCount)> MeasureAsync(CancellationToken cancellationToken)
    {
        var (after, last, count) = (0L, 0L, 0L);
        while (true)
        {
            var page = await outlines.ReadAsync(last, OutlinesAtOnce, cancellationToken);
            foreach (var outline in page)
            {
                last = outline.Position;
                if (outline.Published >= since) count += outline.RecordCount;
                else if (count == 0) after = last;
            }
            if (page.Count < OutlinesAtOnce) return (after, last, count);
        }
    }
}
