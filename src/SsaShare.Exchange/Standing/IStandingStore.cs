using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>How the exchange with each peer stands, in both directions, by what is signed and stored.</summary>
public interface IStandingStore
{
    /// <summary>Every stream in which something was received, with the provider's last answer.</summary>
    Task<IReadOnlyList<ReceivedStanding>> ListReceivedAsync(CancellationToken cancellationToken);

    /// <summary>The newest denial of each provider under each agreement, also where it has answered since.</summary>
    Task<IReadOnlyList<HeldDenial>> ListDenialsAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a provider's verified denial as its newest. It is logged when it says something new: another reason than the one before, or the first since every stream was answered.</summary>
    /// <param name="denial">Signed by the provider.</param>
    /// <param name="document">What it says.</param>
    /// <returns>Whether it says something new.</returns>
    Task<bool> SaveDenialAsync(SignedDocument denial, DenialDocument document, CancellationToken cancellationToken);

    /// <summary>The last manifests that this node logged as given to a reader, and the last that the reader has signed for. One that lists nothing and withholds nothing is not logged.</summary>
    Task<GivenStanding> FindGivenAsync(StreamKey stream, CancellationToken cancellationToken);

    /// <summary>What of a lane lies behind a position: how far a reader that stands there is behind, whatever of it the agreement grants.</summary>
    Task<LaneLag> GetLagAsync(FeedLane lane, long afterPosition, Epoch now, CancellationToken cancellationToken);

    /// <summary>Keeps that the operator pauses or resumes the exchange, with its log entry.</summary>
    /// <returns>False when it is so already; nothing is kept.</returns>
    Task<bool> SavePauseAsync(PauseEvent pause, bool isPaused, CancellationToken cancellationToken);

    /// <summary>What is paused.</summary>
    Task<IReadOnlyList<HeldPause>> ListPausesAsync(CancellationToken cancellationToken);
}

/// <summary>Where this node stands in a provider's stream.</summary>
/// <param name="Stream">Of which the peer is the provider.</param>
/// <param name="Positions">Reached in each lane.</param>
/// <param name="LastAnswer">The last manifest stored; null where it was not written down.</param>
/// <param name="AnsweredAt">When it was stored, by this node's clock; null where that was not written down.</param>
/// <param name="Watermark">All that is granted up to then was given; null when that was never so.</param>
/// <param name="Given">Records received, all answers together; counted since there is a column for it.</param>
/// <param name="Withheld">Records that are given in no form, by the provider's signed word: those of the latest lane of each source, which every record passes once.</param>
public sealed record ReceivedStanding(StreamKey Stream, LanePositions Positions, ManifestDocument? LastAnswer, Epoch? AnsweredAt, Epoch? Watermark, long Given, long Withheld);

/// <summary>A provider's newest denial.</summary>
/// <param name="Denial">What it says.</param>
/// <param name="Since">Date of the first of the same reason with no answer in between, by the provider's clock.</param>
/// <param name="HeardAt">When it came, by this node's clock.</param>
public sealed record HeldDenial(DenialDocument Denial, Epoch Since, Epoch HeardAt);

/// <summary>What a reader was given last.</summary>
/// <param name="Issued">With the time of its log entry; null when nothing was.</param>
/// <param name="Receipted">The last for which the reader's receipt is here, with that one's date; null when there is none.</param>
public sealed record GivenStanding((ManifestDocument Manifest, Hash256 Id, Epoch At)? Issued, (ManifestDocument Manifest, Hash256 Id, Epoch At)? Receipted);

/// <summary>How far somebody who stands at a position is behind.</summary>
/// <param name="Publications">Of the lane after the position.</param>
/// <param name="Records">In them.</param>
/// <param name="Oldest">When the first of them was published; null when there is none.</param>
public sealed record LaneLag(long Publications, long Records, Epoch? Oldest)
{
    public static LaneLag None { get; } = new(0, 0, null);
}

/// <summary>The operator's word that the exchange with a peer rests.</summary>
public sealed record HeldPause(PauseEvent Pause, Epoch Since)
{
    /// <summary>Whether the exchange with a peer under an agreement rests by it.</summary>
    public bool Covers(PartnerId peer, AgreementId agreement) => Pause.Peer == peer && (Pause.Agreement is not { } only || only == agreement);
}
