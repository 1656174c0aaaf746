using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>An approach with its probability.</summary>
/// <param name="Probability">Null of one that is history and was too far off to be told: it still says to which event later ones belong.</param>
internal sealed record Finding(CloseApproach Approach, BoardProbability? Probability)
{
    /// <summary>Whether all is known that was found, words included.</summary>
    public bool IsWhole => Probability is { Recommended.Reason.Length: > 0 };

    /// <summary>What stays of it once it is history: figures without words, or the approach alone.</summary>
    public Finding InShort(double historyWithinKm)
        => Approach.MissKm > historyWithinKm ? this with { Probability = null } : Probability is null ? this : this with { Probability = Probability with { Recommended = Probability.Recommended with { Reason = "" }, Warnings = [] } };
}

/// <summary>What is known of one pair of sources.</summary>
/// <param name="Single">Passages, in order of time.</param>
/// <param name="Together">See <see cref="PairApproaches.Together"/>; null also of a pair that is history.</param>
internal sealed record PairState(OrbitSource First, OrbitSource Second, IReadOnlyList<Finding> Single, Finding? Together, int Stays);

/// <summary>Every pair of sources with approaches ahead: of sources on the board, and what was found of those that have left it. Immutable.</summary>
internal sealed class PairBook
{
    private PairBook(Dictionary<(OrbitSourceId, OrbitSourceId), PairState> pairs, int assessed) => (Pairs, Assessed) = (pairs, assessed);

    public static PairBook Empty { get; } = new([], 0);

    public Dictionary<(OrbitSourceId, OrbitSourceId), PairState> Pairs { get; }

    /// <summary>Probabilities that were computed for the last update.</summary>
    public int Assessed { get; }

    /// <param name="live">Of all sources on the board.</param>
    public PairBook Advance(IReadOnlyList<PairApproaches> live, IReadOnlyDictionary<OrbitSourceId, AdmittedSource> admitted, SourceLog log, BlockGrid grid, CancellationToken cancellationToken)
    {
        var states = new PairState[live.Count];
        int assessed = 0;
        Parallel.For(0, live.Count, new ParallelOptions { MaxDegreeOfParallelism = grid.Options.Threads, CancellationToken = cancellationToken }, i =>
        {
            var (pair, known) = (live[i], Pairs.GetValueOrDefault((live[i].First.Id, live[i].Second.Id)));
            states[i] = new PairState(pair.First, pair.Second, [.. pair.Single.Select(approach => Find(approach))], pair.Together is { } together ? Find(together) : null, pair.Stays);

            Finding Find(CloseApproach approach)
            {
                if (known?.Single.FirstOrDefault(one => one.Approach == approach && one.IsWhole) is { } same) return same;
                if (known?.Together is { } stay && stay.Approach.Tca == approach.Tca && stay.Approach.MissKm == approach.MissKm) return stay with { Approach = approach };
                Interlocked.Increment(ref assessed);
                return new Finding(approach, PairAssessor.Assess(pair.First, pair.Second, approach, grid.Options));
            }
        });
        var pairs = states.ToDictionary(state => (state.First.Id, state.Second.Id));
        var remembered = log.Lines.Values.SelectMany(held => held).Select(held => held.Source.Id).ToHashSet();
        foreach (var (key, state) in Pairs)
        {
            // Where both are on the board still, what is no longer found has passed.
            if (pairs.ContainsKey(key) || (admitted.ContainsKey(key.Item1) && admitted.ContainsKey(key.Item2)) || !remembered.Contains(key.Item1) || !remembered.Contains(key.Item2)) continue;
            Finding[] ahead = [.. state.Single.Where(one => one.Approach.Tca >= grid.Now).Select(one => one.IsWhole ? one.InShort(grid.Options.HistoryWithinKm) : one)];
            if (ahead.Length > 0) pairs.Add(key, state with { Single = ahead, Together = null, Stays = 0 });
        }
        return new PairBook(pairs, assessed);
    }
}
