using System.Collections.Frozen;
using SsaShare.Domain;
using SsaShare.Fusion;

namespace SsaShare.FusionService;

/// <summary>What was screened last, for those who answer readers, and how far it has come.</summary>
public sealed class ConjunctionCatalog
{
    private volatile State _state = new(0, null, null, FrozenDictionary<string, AnnouncedManeuver[]>.Empty, [], new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Grows with every screening that changed something.</summary>
    public long Generation => _state.Generation;

    /// <summary>Everything that had arrived by then is screened; null before the first screening has ended.</summary>
    public Epoch? CurrentAsOf => _state.CurrentAsOf;

    /// <summary>Completes with the next screening; taken before reading, so that none is missed.</summary>
    public Task Changed => _state.Replaced.Task;

    /// <summary>What was found; null before the first screening has ended.</summary>
    public BoardSnapshot? Snapshot => _state.Snapshot;

    /// <summary>What took no part, of all partners.</summary>
    internal IReadOnlyList<UnscreenedOrbit> Unscreened => _state.Unscreened;

    /// <summary>Manoeuvres of an object that are in none of these orbits, before an instant.</summary>
    public IEnumerable<AnnouncedManeuver> ManeuversOf(OrbitSource source, Epoch before)
        => _state.Maneuvers.GetValueOrDefault(source.Designation.Key, [])
            .Where(one => one.Notice.Start < before && one.Notice.End > source.AsOf && !source.Basis.Contains(one.Record));

    /// <summary>Everything that had arrived by then is screened, and nothing has changed.</summary>
    internal void Screened(Epoch asOf) => _state = _state with { CurrentAsOf = asOf };

    /// <param name="asOf">Everything that had arrived by then is screened.</param>
    /// <param name="snapshot">What was found.</param>
    /// <param name="maneuvers">All notices.</param>
    /// <param name="unscreened">What took no part.</param>
    internal void Screened(Epoch asOf, BoardSnapshot snapshot, IReadOnlyList<AnnouncedManeuver> maneuvers, IReadOnlyList<UnscreenedOrbit> unscreened)
    {
        var before = _state;
        _state = new State(before.Generation + 1, asOf, snapshot, maneuvers.GroupBy(one => OrbitSourceMaker.Designate(one.Tag, one.Originator).Key, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.OrderBy(one => one.Notice.Start).ThenBy(one => one.Record.ToString(), StringComparer.Ordinal).ToArray(), StringComparer.Ordinal),
            unscreened, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        before.Replaced.TrySetResult();
    }

    private sealed record State(long Generation, Epoch? CurrentAsOf, BoardSnapshot? Snapshot, FrozenDictionary<string, AnnouncedManeuver[]> Maneuvers, IReadOnlyList<UnscreenedOrbit> Unscreened, TaskCompletionSource Replaced);
}
