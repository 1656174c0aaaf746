using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>The feed of what this node originates, and the record of what it gave to whom.</summary>
public interface IOutbox
{
    /// <summary>Which database it is, and every backup of it; part of every cursor through <see cref="FeedEpoch"/>.</summary>
    Task<Guid> GetNodeEpochAsync(CancellationToken cancellationToken);

    /// <summary>Position of the newest publication, of whatever priority; 0 when there is none.</summary>
    Task<long> GetHeadPositionAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The publications of a lane after a position, in order: whole ones, until <paramref name="recordsMax"/> is reached, and at least one when
    /// there is one that has come up. Nothing behind one whose delay is not over is given.
    /// </summary>
    /// <param name="now">By which delays are judged.</param>
    Task<FeedPage> ReadAsync(FeedLane lane, long afterPosition, int recordsMax, Epoch now, CancellationToken cancellationToken);

    /// <summary>When the lane's first publication after a position comes or came up; null when there is none.</summary>
    Task<Epoch?> GetNextDueAsync(FeedLane lane, long afterPosition, CancellationToken cancellationToken);

    /// <summary>Keeps a manifest that is about to be sent, what of each publication goes with it, what was withheld, and what it counts towards limits, with log entries.</summary>
    /// <exception cref="RecordsNoticedException">A record of it was noticed meanwhile. Nothing is kept; the answer is to be composed anew.</exception>
    /// <exception cref="AgreementEndedException">The agreement is not active in the store.</exception>
    Task SaveManifestAsync(IssuedManifest issued, CancellationToken cancellationToken);

    /// <summary>Keeps a verified receipt for a manifest of this node, with its log entry. Keeping it again changes nothing.</summary>
    /// <param name="stream">Of which the manifest must be, the peer being the receiver; null for any.</param>
    /// <returns>False when this node issued no such manifest to that receiver, or its items differ.</returns>
    Task<bool> TrySaveReceiptAsync(SignedDocument receipt, ReceiptDocument document, StreamKey? stream, CancellationToken cancellationToken);

    /// <summary>Whether this node issued the manifest, lists something in it, and has no receipt for it.</summary>
    Task<bool> LacksReceiptAsync(Hash256 manifest, CancellationToken cancellationToken);

    /// <summary>How far each limit of an agreement is used up by a receiver: the virtual times of <see cref="LimitPace"/>. None where nothing was given yet.</summary>
    Task<IReadOnlyDictionary<PaceKey, Epoch>> GetPacesAsync(AgreementId agreement, PartnerId receiver, CancellationToken cancellationToken);

    /// <summary>
    /// Completes when there may be a publication of this priority after <paramref name="position"/> or, where that is given, others' such records have arrived after
    /// <paramref name="arrival"/>, or after <paramref name="longest"/>.
    /// </summary>
    Task WaitForNewsAsync(FeedPriority priority, long position, long? arrival, TimeSpan longest, CancellationToken cancellationToken);
}

/// <summary>Some of a lane.</summary>
/// <param name="Publications">In order.</param>
/// <param name="IsLast">Nothing more has come up behind them.</param>
public sealed record FeedPage(IReadOnlyList<StoredPublication> Publications, bool IsLast)
{
    public static FeedPage Empty { get; } = new([], true);
}

/// <summary>A manifest about to be sent, with all that is kept of it.</summary>
/// <param name="Manifest">As it is sent.</param>
/// <param name="Document">What it says.</param>
/// <param name="Slices">What goes with it.</param>
/// <param name="Withheld">Records of its range that go out in no form.</param>
/// <param name="Charges">What it counts towards limits.</param>
/// <param name="At">When.</param>
public sealed record IssuedManifest(SignedDocument Manifest, ManifestDocument Document, IReadOnlyList<PublicationSlice> Slices, IReadOnlyList<WithheldCount> Withheld,
    IReadOnlyList<PaceCharge> Charges, Epoch At)
{
    /// <summary>The agreements under which this node holds what it passes on with it: they must be in force too.</summary>
    public IReadOnlyCollection<AgreementId> Sources { get; init; } = [];
}
