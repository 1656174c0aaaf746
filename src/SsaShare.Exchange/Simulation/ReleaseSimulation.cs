using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>
/// Walks what a node published since a time, and what it has received of others since then where an agreement is about that, and decides each
/// record by several agreements with one reader: what would the reader have received? Memory holds one page of the feed and the sums.
/// </summary>
/// <param name="outlines">The feed without its records.</param>
/// <param name="read">Gives whole publications after a position, in order; none at the end.</param>
/// <param name="readHeld">Gives slices of others' records after an arrival, in order; none at the end.</param>
/// <param name="agreements">With the reader.</param>
/// <param name="since">What was published, or received, before it is left out.</param>
public sealed class ReleaseSimulation(IFeedOutlines outlines, Func<long, CancellationToken, Task<IReadOnlyList<StoredPublication>>> read,
    Func<long, CancellationToken, Task<IReadOnlyList<HeldSlice>>> readHeld, IReadOnlyList<AgreementSimulation> agreements, Epoch since)
{
    private const int OutlinesAtOnce = 1_000;
    private readonly long[] _fates = new long[3];

    public IReadOnlyList<AgreementSimulation> Agreements => agreements;

    /// <summary>Records decided so far, by the best that becomes of them under any of the agreements; another's that came by several ways counts once for each.</summary>
    public long CountOf(RecordFate fate) => _fates[(int)fate];

    /// <summary>Decides all that was published up to the call.</summary>
    /// <param name="tell">Called after each page with how many records were decided, and of how many; others' records are known only as they come.</param>
    public async Task RunAsync(Func<long, long, Task> tell, CancellationToken cancellationToken)
    {
        var stretch = await MeasureAsync(cancellationToken);
        long considered = 0;
        await tell(0, stretch.RecordCount);
        for (long position = stretch.After; position < stretch.Last;)
        {
            var page = await read(position, cancellationToken);
            if (page.Count == 0) break;
            foreach (var stored in page.TakeWhile(stored => stored.Position <= stretch.Last)) considered += Consider(stored);
            position = page[^1].Position;
            await tell(considered, stretch.RecordCount);
        }
        if (agreements.Any(agreement => agreement.IsAboutOthers)) await RunHeldAsync(considered, tell, cancellationToken);
    }

    private async Task RunHeldAsync(long considered, Func<long, long, Task> tell, CancellationToken cancellationToken)
    {
        for (long arrival = 0; ;)
        {
            var page = await readHeld(arrival, cancellationToken);
            if (page.Count == 0) return;
            foreach (var slice in page.Where(slice => slice.Received >= since)) considered += Consider(slice);
            arrival = page[^1].Arrival;
            await tell(considered, considered);
        }
    }

    private int Consider(HeldSlice slice)
    {
        var best = new RecordFate[slice.Left.Count];
        var published = ReadPublished(slice.Slice.Document);
        foreach (var agreement in agreements.Where(agreement => agreement.IsAboutOthers)) agreement.Consider(slice, published, best);
        foreach (var fate in best) _fates[(int)fate]++;
        return best.Length;
    }

    private int Consider(StoredPublication stored)
    {
        var published = ReadPublished(stored.Publication.Document);
        if (published < since) return 0;
        var best = new RecordFate[stored.Publication.Records.Count];
        foreach (var agreement in agreements) agreement.Consider(stored, published, best);
        foreach (var fate in best) _fates[(int)fate]++;
        return best.Length;
    }

    private static Epoch ReadPublished(SignedDocument document)
        => DocumentJson.TryRead<PublicationDocument>(document.Payload.Span, DocumentContexts.Publication, out var publication) ? publication.Published
            : throw new InvalidDataException($"Publication {document.Id} in the store is not one.");

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
