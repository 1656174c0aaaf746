using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>What is known of the sources of one mode, block by block. Immutable.</summary>
internal sealed class Timeline
{
    public static Timeline Empty { get; } = new([], []);

    private Timeline(SortedDictionary<long, ScreeningReport> blocks, HashSet<long> numbers) => (Blocks, Numbers) = (blocks, numbers);

    public SortedDictionary<long, ScreeningReport> Blocks { get; }

    /// <summary>Of the objects that were screened.</summary>
    private HashSet<long> Numbers { get; }

    /// <summary>The same sources or others, the same window or a later one: only blocks that are new are screened whole, and in the others what changed.</summary>
    public Timeline Advance(IReadOnlyCollection<ScreenedObject> objects, BlockGrid grid, BoardTally tally, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        HashSet<long> numbers = [.. objects.Select(one => one.Id)];
        int added = numbers.Count(number => !Numbers.Contains(number));
        bool same = added == 0 && numbers.Count == Numbers.Count;
        var blocks = new SortedDictionary<long, ScreeningReport>();
        for (long block = grid.First; block <= grid.Last; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!Blocks.TryGetValue(block, out var former))
            {
                blocks.Add(block, ConjunctionScreener.Screen(objects, grid.ToScreen(block), null, cancellationToken));
                tally.CountNew(objects.Count, blocks[block].Work);
            }
            else if (same) blocks.Add(block, former);
            else
            {
                blocks.Add(block, ConjunctionScreener.Rescreen(former, objects, grid.ToScreen(block), null, cancellationToken));
                tally.CountAgain(added, blocks[block].Work);
            }
            progress?.Report((block - grid.First + 1.0) / (grid.Last - grid.First + 1));
        }
        return new Timeline(blocks, numbers);
    }
}

/// <summary>What an update costs.</summary>
internal sealed class BoardTally
{
    public int BlocksNew { get; private set; }
    public int BlocksAgain { get; private set; }
    public long Screened { get; private set; }
    public long PairsExamined { get; private set; }

    public void CountNew(int objects, ScreeningWork work)
    {
        BlocksNew++;
        Count(objects, work);
    }

    public void CountAgain(int objects, ScreeningWork work)
    {
        BlocksAgain++;
        Count(objects, work);
    }

    private void Count(int objects, ScreeningWork work) => (Screened, PairsExamined) = (Screened + objects, PairsExamined + work.PairsExamined);
}
