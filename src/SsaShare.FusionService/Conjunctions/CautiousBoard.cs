using SsaShare.Domain;
using SsaShare.Fusion;

namespace SsaShare.FusionService;

/// <summary>
/// Updates the board although a screening fails with some of the orbits: those are found by halves and set aside, for a day or until they are replaced, and all others are screened. Used by one thread at a time.
/// </summary>
/// <param name="board">As it is after each update that succeeded.</param>
/// <param name="update">Brings it to these orbits; another only in tests.</param>
internal sealed class CautiousBoard(ConjunctionBoard board, Func<IReadOnlyCollection<OrbitSource>, Epoch, CancellationToken, BoardUpdate>? update = null)
{
    /// <summary>A screening may have failed for another reason than the orbit.</summary>
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromDays(1);

    /// <summary>Where so many fail, it is not they that are at fault.</summary>
    internal const int FailingMax = 64;

    private readonly Func<IReadOnlyCollection<OrbitSource>, Epoch, CancellationToken, BoardUpdate> _update = update ?? ((sources, now, token) => board.Update(sources, now, null, token));
    private Dictionary<OrbitSourceId, FailingOrbit> _failing = [];
    private HashSet<OrbitSourceId> _onBoard = [];

    /// <summary>With which screening fails.</summary>
    public IReadOnlyCollection<FailingOrbit> Failing => _failing.Values;

    /// <param name="sources">All that are to be on the board.</param>
    /// <param name="now">Not before the last.</param>
    /// <param name="cancellationToken">Of the host.</param>
    /// <returns>What the last update did, and which failing ones are new.</returns>
    /// <exception cref="InvalidOperationException">It fails with more than <see cref="FailingMax"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public (BoardUpdate Update, IReadOnlyList<FailingOrbit> Found) Update(IReadOnlyCollection<OrbitSource> sources, Epoch now, CancellationToken cancellationToken)
    {
        var given = sources.Select(source => source.Id).ToHashSet();
        _failing = _failing.Where(pair => given.Contains(pair.Key) && now.SecondsSince(pair.Value.Since) < TryAgainAfter.TotalSeconds).ToDictionary();
        List<OrbitSource> whole = [.. sources.Where(source => !_failing.ContainsKey(source.Id))];
        if (TryUpdate(whole, now, cancellationToken, out _) is { } done) return (done, []);

        // Those that were screened before come first: it is most likely that a new one fails.
        var (placed, found) = (new List<OrbitSource>(), new List<FailingOrbit>());
        BoardUpdate? last = null;
        var known = _onBoard;
        Add([.. whole.Where(source => known.Contains(source.Id))]);
        Add([.. whole.Where(source => !known.Contains(source.Id))]);
        foreach (var one in found) _failing[one.Source.Id] = one;
        return (last ?? _update([], now, cancellationToken), found);

        void Add(List<OrbitSource> more)
        {
            if (more.Count == 0) return;
            if (TryUpdate([.. placed, .. more], now, cancellationToken, out var failure) is { } added)
            {
                placed.AddRange(more);
                last = added;
                return;
            }
            if (more.Count == 1)
            {
                found.Add(new FailingOrbit(more[0], now, failure!));
                if (_failing.Count + found.Count > FailingMax) throw new InvalidOperationException($"Screening fails with more than {FailingMax} orbits.", failure);
                return;
            }
            Add(more[..(more.Count / 2)]);
            Add(more[(more.Count / 2)..]);
        }
    }

    /// <returns>Null when it failed: the board is as it was.</returns>
    private BoardUpdate? TryUpdate(List<OrbitSource> sources, Epoch now, CancellationToken cancellationToken, out Exception? failure)
    {
        failure = null;
        try
        {
            var done = _update(sources, now, cancellationToken);
            _onBoard = [.. sources.Select(source => source.Id)];
            return done;
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            failure = e;
            return null;
        }
    }
}

/// <summary>An orbit with which screening fails.</summary>
/// <param name="Since">When that was found.</param>
/// <param name="Failure">What it failed with.</param>
internal sealed record FailingOrbit(OrbitSource Source, Epoch Since, Exception Failure);
