using System.Security.Cryptography.X509Certificates;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>What an auditor trusts, got by another way than from the bundles.</summary>
/// <param name="Cards">Once there is one, nobody else is believed; without any, the report says what must be compared.</param>
public sealed record EvidenceTrust(IReadOnlyCollection<SignedNodeCard> Cards)
{
    /// <summary>Roots of time-stamp authorities. Without any, time-stamps are counted and not checked.</summary>
    public X509Certificate2Collection TimestampRoots { get; init; } = [];

    /// <summary>Checkpoints of the audited logs, from their witnesses.</summary>
    public IReadOnlyList<OutsideCheckpoint> Checkpoints { get; init; } = [];

    /// <summary>
    /// When the auditor asked for the bundles: what others prove before it must be in them. Null for the time at which each says that it was made, which is its
    /// node's own word: who cuts off a log's end can say that the bundle was made before.
    /// </summary>
    public Epoch? AsOf { get; init; }
}
