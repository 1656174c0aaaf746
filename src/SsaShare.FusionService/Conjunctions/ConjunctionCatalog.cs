using System.Collections.Frozen;
using SsaShare.Domain;
using SsaShare.Fusion;

namespace SsaShare.FusionService;

/// <summary>What was screened last, for those who answer readers, and how far it has come.</summary>
public sealed class ConjunctionCatalog(ConjunctionBoard board)
{
    private volatile State _state = new(0, null, FrozenDictionary<string, AnnouncedManeuver[]>.Empty, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Grows with every screening that changed something.</summary>
    public long Generation => _state.Generation;

    /// <summary>Everything that had arrived by then is screened; null before the first screening has ended.</summary>
    public Epoch? CurrentAsOf => _state.CurrentAsOf;

    /// <summary>Completes with the next screening; taken before reading, so that none is missed.</summary>
    public Task Changed => _state.Replaced.Task;

    /// <summary>All that is told to whoever may see these records. Nothing before the first screening has ended.</summary>
    public ReaderConjunctions? For(Func<RecordId, bool> maySee) => CurrentAsOf is null ? null : board.Snapshot?.ForReader(maySee);

    /// <summary>Manoeuvres of an object that are in none of these orbits, before an instant.</summary>
    public IEnumerable<AnnouncedManeuver> ManeuversOf(OrbitSource source, Epoch before)
        => _state.Maneuvers.GetValueOrDefault(source.Designation.Key, [])
            .Where(one => one.Notice.Start < before && one.Notice.End > source.AsOf && !source.Basis.Contains(one.Record));

    /// <param name="asOf">Everything that had arrived by then is screened.</param>
    /// <param name="maneuvers">All notices; null where nothing has changed.</param>
    internal void Screened(Epoch asOf, IReadOnlyList<AnnouncedManeuver>? maneuvers)
    {
        var before = _state;
        if (maneuvers is null)
        {
            _state = before with { CurrentAsOf = asOf };
            return;
        }
        _state = new State(before.Generation + 1, asOf, maneuvers.GroupBy(one => OrbitSourceMaker.Designate(one.Tag, one.Originator).Key, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.OrderBy(one => one.Notice.Start).ThenBy(one => one.Record.ToString(), StringComparer.Ordinal).ToArray(), StringComparer.Ordinal),
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        before.Replaced.TrySetResult();
    }

    private sealed record State(long Generation, Epoch? CurrentAsOf, FrozenDictionary<string, AnnouncedManeuver[]> Maneuvers, TaskCompletionSource Replaced);
}
