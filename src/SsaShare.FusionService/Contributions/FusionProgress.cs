using SsaShare.Domain;

namespace SsaShare.FusionService;

/// <summary>How far the worker has come, for answers that say how current they are.</summary>
public sealed class FusionProgress
{
    private volatile State _state = new([], null);

    /// <summary>Records that are being worked into the catalog.</summary>
    public IReadOnlyList<RecordId> InWork => _state.InWork;

    /// <summary>Everything that had arrived by then is in the catalog; null before the worker has caught up for the first time.</summary>
    public Epoch? CurrentAsOf => _state.CurrentAsOf;

    internal void WorkingOn(IReadOnlyList<RecordId> records) => _state = _state with { InWork = records };

    internal void CaughtUp(Epoch asOf) => _state = new State([], asOf);

    private sealed record State(IReadOnlyList<RecordId> InWork, Epoch? CurrentAsOf);
}
