using System.Collections.Concurrent;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>Which version of the exchange each provider speaks, by its newest answer. Nothing is known before the first, so nothing is asked for that only a later version has.</summary>
public sealed class ProviderVersions
{
    private readonly ConcurrentDictionary<PartnerId, uint> _versions = new();
    private TaskCompletionSource _changed = New();

    /// <summary>Completes when what one provider speaks has changed.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>Whether a pull of urgent publications means something to it.</summary>
    public bool GivesUrgent(PartnerId provider) => _versions.GetValueOrDefault(provider, ProtocolVersions.First) >= ProtocolVersions.Urgent;

    /// <summary>Whether it has answered since this node was started.</summary>
    internal bool IsKnown(PartnerId provider) => _versions.ContainsKey(provider);

    /// <param name="said">In an answer.</param>
    internal void Take(PartnerId provider, uint said)
    {
        uint version = ProtocolVersions.Of(said);
        if (_versions.TryGetValue(provider, out uint before) && before == version) return;
        _versions[provider] = version;
        Interlocked.Exchange(ref _changed, New()).SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
