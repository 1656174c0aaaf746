namespace SsaShare.FusionService;

/// <summary>How far the worker has come, for answers that say how current they are.</summary>
public sealed class FusionProgress
{
    private long _arrival;

    /// <summary>Arrival number up to which records are in the catalog.</summary>
    public long Arrival => Volatile.Read(ref _arrival);

    internal void Reached(long arrival) => Volatile.Write(ref _arrival, arrival);
}
