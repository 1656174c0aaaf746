using System.Collections.Concurrent;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>How the witnessing of this node's log goes, for the operator and for those who wait for cosignatures.</summary>
public sealed class WitnessStandings
{
    private readonly ConcurrentDictionary<PartnerId, WitnessStanding> _standings = new();
    private TaskCompletionSource _next = New();
    private long _version;

    public IReadOnlyDictionary<PartnerId, WitnessStanding> All => _standings;

    /// <summary>Grows with each cosignature that is kept.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Completes at the next cosignature; taken before looking, none is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    internal void Cosigned(PartnerId witness, long size, Epoch at)
    {
        _standings[witness] = new WitnessStanding(size, at, null);
        Interlocked.Increment(ref _version);
        Interlocked.Exchange(ref _next, New()).TrySetResult();
    }

    /// <returns>Whether the reason is another than that of the last try.</returns>
    internal bool Failed(PartnerId witness, string reason)
    {
        bool isNew = !_standings.TryGetValue(witness, out var last) || last.LastError != reason;
        _standings.AddOrUpdate(witness, _ => new WitnessStanding(0, null, reason), (_, before) => before with { LastError = reason });
        return isNew;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>One witness since this node's start.</summary>
/// <param name="Size">Entries of the newest checkpoint that it has cosigned; 0 for none.</param>
/// <param name="At">When, by its clock.</param>
/// <param name="LastError">Why the last try failed; null when it did not.</param>
public sealed record WitnessStanding(long Size, Epoch? At, string? LastError);
