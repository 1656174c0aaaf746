using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>What providers have said that they held no more when this node came to it.</summary>
public interface IInboxSnapshots
{
    /// <summary>One for each lane in which something was gone.</summary>
    Task<IReadOnlyList<ReceivedSnapshot>> ListAsync(CancellationToken cancellationToken);
}

/// <summary>The sum of a lane's snapshots.</summary>
/// <param name="Snapshot">Position by the newest of them; records of all.</param>
/// <param name="At">The newest one's watermark.</param>
public sealed record ReceivedSnapshot(PartnerId Provider, AgreementId Agreement, FeedLane Lane, FeedSnapshot Snapshot, Epoch At);
