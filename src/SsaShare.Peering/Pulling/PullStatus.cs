using System.Collections.Concurrent;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Peering;

/// <summary>How the pulls are going, for the operator.</summary>
public sealed class PullStatuses
{
    private readonly ConcurrentDictionary<(AgreementId, PartnerId), PullStatus> _statuses = new();

    public IEnumerable<KeyValuePair<(AgreementId Agreement, PartnerId Provider), PullStatus>> All => _statuses.Select(pair => new KeyValuePair<(AgreementId, PartnerId), PullStatus>(pair.Key, pair.Value));

    internal void Succeeded(AgreementId agreement, PartnerId provider, DateTimeOffset at) => _statuses[(agreement, provider)] = new PullStatus(at, null);

    internal void Failed(AgreementId agreement, PartnerId provider, string reason)
        => _statuses.AddOrUpdate((agreement, provider), _ => new PullStatus(null, reason), (_, before) => before with { LastError = reason });
}

/// <summary>The last success and, when the last try failed, why.</summary>
public sealed record PullStatus(DateTimeOffset? LastSuccess, string? LastError);
