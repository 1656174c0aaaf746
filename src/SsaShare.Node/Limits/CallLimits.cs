using Microsoft.Extensions.Options;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Peering;

namespace SsaShare.Node;

/// <summary>What each caller has under way, and how much it may have.</summary>
public sealed class CallLimits(IOptions<LimitOptions> options, AgreementBook book, NodeIdentity identity, TimeProvider time)
{
    /// <summary>What of a pace may come at once, in seconds.</summary>
    private const int RestS = 4;

    private readonly LimitOptions _options = options.Value;
    private readonly Paces _paces = new(options.Value.CallsPerSecond, options.Value.CallsPerSecond * RestS, time);
    private volatile Agreed _agreed = new(Task.CompletedTask, []);

    internal Places Calls { get; } = new();

    internal Places LargeCalls { get; } = new();

    /// <summary>Waits for the caller's turn; the own operator does not wait.</summary>
    internal ValueTask PaceAsync(string key, Caller? caller, CancellationToken cancellationToken)
        => caller == new Caller(identity.Partner, CallerKind.Operator) ? ValueTask.CompletedTask : _paces.WaitAsync(key, cancellationToken);

    /// <summary>Calls at once of a pinned caller.</summary>
    internal int CallsOf(Caller caller) => caller.Kind switch
    {
        CallerKind.Node => _options.CallsPerCaller + _options.CallsPerAgreement * AgreementsWith(caller.Partner),
        CallerKind.Operator => 4 * _options.CallsPerCaller,
        _ => _options.CallsPerCaller,
    };

    /// <summary>Agreements in force: proposals are a partner's own doing and count for nothing.</summary>
    private int AgreementsWith(PartnerId partner)
    {
        var agreed = _agreed;
        // Taken before the entries are read, so that no change is missed.
        var changed = book.Changed;
        if (!ReferenceEquals(agreed.Until, changed))
            _agreed = agreed = new Agreed(changed, book.Entries.Where(entry => entry.State == AgreementState.Active)
                .SelectMany(entry => entry.Agreement.Parties).GroupBy(party => party.Partner).ToDictionary(parties => parties.Key, parties => parties.Count()));
        return agreed.Counts.GetValueOrDefault(partner);
    }

    private sealed record Agreed(Task Until, Dictionary<PartnerId, int> Counts);
}
