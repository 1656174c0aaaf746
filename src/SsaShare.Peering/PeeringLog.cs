using Grpc.Core;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>Every log message of Peering. Event ids 200 to 299, never reused.</summary>
internal static partial class PeeringLog
{
    [LoggerMessage(EventId = 201, Level = LogLevel.Information, Message = "Agreement {Agreement} delivered to {Peer}, which now has {Signatures} signatures.")]
    public static partial void AgreementDelivered(ILogger logger, AgreementId agreement, PartnerId peer, int signatures);

    [LoggerMessage(EventId = 202, Level = LogLevel.Warning, Message = "Agreement {Agreement} could not be delivered to {Peer}: {Status} {Detail}")]
    public static partial void AgreementNotDelivered(ILogger logger, AgreementId agreement, PartnerId peer, StatusCode status, string detail);

    [LoggerMessage(EventId = 203, Level = LogLevel.Error, Message = "Agreement {Agreement} as {Peer} returned it could not be kept.")]
    public static partial void AgreementNotKept(ILogger logger, AgreementId agreement, PartnerId peer, Exception exception);

    [LoggerMessage(EventId = 204, Level = LogLevel.Information, Message = "Agreement {Agreement} is superseded by {Successor}.")]
    public static partial void AgreementSuperseded(ILogger logger, AgreementId agreement, AgreementId successor);

    [LoggerMessage(EventId = 210, Level = LogLevel.Information, Message = "Pulled {Items} records in {Publications} publications from {Peer}, {New} of them new.")]
    public static partial void Pulled(ILogger logger, int items, int publications, PartnerId peer, int @new);

    [LoggerMessage(EventId = 211, Level = LogLevel.Warning, Message = "Pull from {Peer} failed, try {Attempt}; next in {Delay}: {Reason}")]
    public static partial void PullRetried(ILogger logger, PartnerId peer, int attempt, TimeSpan delay, string reason);

    [LoggerMessage(EventId = 212, Level = LogLevel.Error, Message = "Answer of {Peer} under agreement {Agreement} refused: {Reason}")]
    public static partial void AnswerRefused(ILogger logger, PartnerId peer, AgreementId agreement, string reason);

    [LoggerMessage(EventId = 213, Level = LogLevel.Error, Message = "{Peer} refuses to serve agreement {Agreement}: {Status} {Detail}")]
    public static partial void PullDenied(ILogger logger, PartnerId peer, AgreementId agreement, StatusCode status, string detail);

    [LoggerMessage(EventId = 214, Level = LogLevel.Error, Message = "Taking what {Peer} gave failed; nothing of it is kept and it is pulled again.")]
    public static partial void StoringFailed(ILogger logger, PartnerId peer, Exception exception);

    [LoggerMessage(EventId = 220, Level = LogLevel.Information, Message = "Brought {Event} number {Number} of agreement {Agreement} to {Peer}.")]
    public static partial void TransitionDelivered(ILogger logger, TransitionEvent @event, int number, AgreementId agreement, PartnerId peer);

    [LoggerMessage(EventId = 221, Level = LogLevel.Warning, Message = "{Event} number {Number} of agreement {Agreement} could not be brought to {Peer}: {Status} {Detail}")]
    public static partial void TransitionNotDelivered(ILogger logger, TransitionEvent @event, int number, AgreementId agreement, PartnerId peer, StatusCode status, string detail);

    [LoggerMessage(EventId = 222, Level = LogLevel.Information, Message = "The validity of agreement {Agreement} is over.")]
    public static partial void AgreementExpired(ILogger logger, AgreementId agreement);

    [LoggerMessage(EventId = 223, Level = LogLevel.Error, Message = "Noting which agreements begin and end failed; it is tried again.")]
    public static partial void SettlingFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 224, Level = LogLevel.Error, Message = "Delivering to {Peer} failed; it is tried again.")]
    public static partial void CourierFailed(ILogger logger, PartnerId peer, Exception exception);

    [LoggerMessage(EventId = 230, Level = LogLevel.Information, Message = "{Count} notices brought to {Peer}; {Complete} of them are carried out there and behind it.")]
    public static partial void NoticesDelivered(ILogger logger, int count, PartnerId peer, int complete);

    [LoggerMessage(EventId = 231, Level = LogLevel.Warning, Message = "{Count} notices or deletions could not be brought to {Peer}: {Status} {Detail}")]
    public static partial void NoticesNotDelivered(ILogger logger, int count, PartnerId peer, StatusCode status, string detail);

    [LoggerMessage(EventId = 232, Level = LogLevel.Error, Message = "Notice {Notice} is not carried out by {Peer}: {Reason}")]
    public static partial void NoticeRefused(ILogger logger, Hash256 notice, PartnerId peer, string reason);

    [LoggerMessage(EventId = 233, Level = LogLevel.Warning, Message = "A receipt for notice {Notice} that {Peer} gave is not kept: {Reason}")]
    public static partial void NoticeReceiptDropped(ILogger logger, Hash256 notice, PartnerId peer, string reason);

    [LoggerMessage(EventId = 234, Level = LogLevel.Error, Message = "{Peer} does not take the deletion {Deletion}: {Reason}")]
    public static partial void DeletionRefused(ILogger logger, Hash256 deletion, PartnerId peer, string reason);

    [LoggerMessage(EventId = 235, Level = LogLevel.Error, Message = "Looking for records that were given while their notice was being kept failed; it is tried again.")]
    public static partial void NoticesNotLookedFor(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 236, Level = LogLevel.Information, Message = "Deleted {Records} records that agreements let this node keep no longer.")]
    public static partial void Swept(ILogger logger, int records);

    [LoggerMessage(EventId = 237, Level = LogLevel.Error, Message = "Deleting what may be kept no longer failed; nothing of the batch is deleted and it is tried again.")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 240, Level = LogLevel.Critical, Message = "Nothing is signed any more: {Reason}")]
    public static partial void LogForked(ILogger logger, string reason);

    [LoggerMessage(EventId = 241, Level = LogLevel.Warning, Message = "Signs nothing until one of {Witnesses} says what it has seen of this node's log.")]
    public static partial void WaitingForWitness(ILogger logger, string witnesses);

    [LoggerMessage(EventId = 242, Level = LogLevel.Warning, Message = "Signs though no witness has said what it has seen of this node's log: Log:StartWithoutWitness is set.")]
    public static partial void StartedWithoutWitness(ILogger logger);

    [LoggerMessage(EventId = 243, Level = LogLevel.Warning, Message = "{Peer} does not answer as a witness: {Reason}")]
    public static partial void WitnessSilent(ILogger logger, PartnerId peer, string reason);

    [LoggerMessage(EventId = 244, Level = LogLevel.Error, Message = "{Peer} has cosigned this node's log up to {Cosigned} entries and now says {Now}: was an old backup of it restored?")]
    public static partial void WitnessWentBack(ILogger logger, PartnerId peer, long cosigned, long now);

    [LoggerMessage(EventId = 245, Level = LogLevel.Warning, Message = "{Peer} has not cosigned: {Reason}")]
    public static partial void NotCosigned(ILogger logger, PartnerId peer, string reason);

    [LoggerMessage(EventId = 246, Level = LogLevel.Error, Message = "Having the log witnessed failed; it is tried again.")]
    public static partial void WitnessingFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 247, Level = LogLevel.Critical, Message = "{Origin} has signed two histories of {Size} entries; {First} had one, {Second} the other. It is not cosigned any more. Proof: ssa witness conflicts")]
    public static partial void LogConflictFound(ILogger logger, string origin, long size, PartnerId first, PartnerId second);

    [LoggerMessage(EventId = 248, Level = LogLevel.Warning, Message = "{Origin} is cosigned again by this operator's word: {Reason}")]
    public static partial void LogForgiven(ILogger logger, string origin, string reason);

    [LoggerMessage(EventId = 250, Level = LogLevel.Warning, Message = "DEGRADED: agreement {Agreement} wants {Wanted} of {Witnesses} witnesses, and too few cosign this node's log; last at {Cosigned}. Records flow until that is older than {Grace}.")]
    public static partial void QuorumDegraded(ILogger logger, AgreementId agreement, int wanted, int witnesses, string cosigned, TimeSpan grace);

    [LoggerMessage(EventId = 251, Level = LogLevel.Error, Message = "STOPPED: nothing is given under agreement {Agreement}, which wants {Wanted} of {Witnesses} witnesses; too few have cosigned this node's log since {Cosigned}, longer than {Grace}.")]
    public static partial void QuorumStopped(ILogger logger, AgreementId agreement, int wanted, int witnesses, string cosigned, TimeSpan grace);

    [LoggerMessage(EventId = 252, Level = LogLevel.Information, Message = "The witnesses of agreement {Agreement} are back: {Wanted} cosign this node's log.")]
    public static partial void QuorumRecovered(ILogger logger, AgreementId agreement, int wanted);

    [LoggerMessage(EventId = 260, Level = LogLevel.Information, Message = "Brought this node's changes of keys up to number {Number} to {Peer}.")]
    public static partial void KeyEventsDelivered(ILogger logger, int number, PartnerId peer);

    [LoggerMessage(EventId = 261, Level = LogLevel.Warning, Message = "Changes of this node's keys could not be brought to {Peer}: {Status} {Detail}")]
    public static partial void KeyEventsNotDelivered(ILogger logger, PartnerId peer, StatusCode status, string detail);

    [LoggerMessage(EventId = 262, Level = LogLevel.Warning, Message = "{Peer} does not give the changes of keys of {Partner}: {Status} {Detail}")]
    public static partial void KeyEventsNotGiven(ILogger logger, PartnerId partner, PartnerId peer, StatusCode status, string detail);

    [LoggerMessage(EventId = 263, Level = LogLevel.Warning, Message = "A change of keys of {Partner} that {Peer} gave is not taken: {Reason}")]
    public static partial void KeyEventDropped(ILogger logger, PartnerId partner, PartnerId peer, string reason);

    [LoggerMessage(EventId = 264, Level = LogLevel.Critical, Message = "Two changes of keys of {Partner} contradict each other, the later one given by {Peer}: neither is believed. {Reason}")]
    public static partial void KeyEventsInConflict(ILogger logger, PartnerId partner, PartnerId peer, string reason);

    [LoggerMessage(EventId = 265, Level = LogLevel.Warning, Message = "Keys of {Partner} have changed: {Action} number {Number}, node card {Card}: {Reason}")]
    public static partial void KeysChanged(ILogger logger, PartnerId partner, KeyAction action, int number, NodeCardId card, string reason);

    [LoggerMessage(EventId = 266, Level = LogLevel.Error, Message = "The proof that {Origin} has signed two histories, entry {Index} of this node's log, cannot be read any more; it stays distrusted until it is forgiven.")]
    public static partial void LogConflictDamaged(ILogger logger, string origin, long index);

    [LoggerMessage(EventId = 273, Level = LogLevel.Warning, Message = "{Source} holds a checkpoint for {Size} entries that this node's log does not contain, signed by a log key that was revoked: somebody else has used it. It is not followed: {Note}")]
    public static partial void RevokedLogKeyUsed(ILogger logger, string source, long size, string note);
    [LoggerMessage(EventId = 270, Level = LogLevel.Critical, Message = "A log shows no single history; both signed checkpoints are kept (ssa audit search --kind checkpoint-unproven): {Doubt}")]
    public static partial void LogProofWrong(ILogger logger, string doubt);

    [LoggerMessage(EventId = 271, Level = LogLevel.Error, Message = "A log is there and refuses to show that it has a single history: {Doubt}")]
    public static partial void LogProofRefused(ILogger logger, string doubt);

    [LoggerMessage(EventId = 272, Level = LogLevel.Warning, Message = "{Origin} has now proven what was in doubt: {Larger} entries begin with the {Smaller}.")]
    public static partial void LogProvenAfterAll(ILogger logger, string origin, long smaller, long larger);

    [LoggerMessage(EventId = 280, Level = LogLevel.Information, Message = "Dropped {Part} with {Records} records: nothing in it is kept any more.")]
    public static partial void PartDropped(ILogger logger, string part, long records);

    [LoggerMessage(EventId = 281, Level = LogLevel.Information, Message = "Deleted {Records} own records whose time is over.")]
    public static partial void OverDeleted(ILogger logger, long records);

    [LoggerMessage(EventId = 282, Level = LogLevel.Error, Message = "Own records whose time is over could not be dropped; it is tried again.")]
    public static partial void OwnSweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 283, Level = LogLevel.Warning, Message = "{Provider} held {Records} records no more when this node came to them; it holds what follows, from position {Position} of agreement {Agreement}.")]
    public static partial void GoneAtProvider(ILogger logger, PartnerId provider, long records, long position, AgreementId agreement);

    [LoggerMessage(EventId = 285, Level = LogLevel.Warning, Message = "{Peer} denies agreement {Agreement}, and signs for it: {Reason}")]
    public static partial void DenialTaken(ILogger logger, PartnerId peer, AgreementId agreement, DenialReason reason);

    [LoggerMessage(EventId = 286, Level = LogLevel.Warning, Message = "A denial of agreement {Agreement} that {Peer} gave is not taken: {Reason}")]
    public static partial void DenialDropped(ILogger logger, PartnerId peer, AgreementId agreement, string reason);

    [LoggerMessage(EventId = 287, Level = LogLevel.Error, Message = "A denial of agreement {Agreement} by {Peer} could not be kept; it comes again.")]
    public static partial void DenialNotKept(ILogger logger, PartnerId peer, AgreementId agreement, Exception exception);

    [LoggerMessage(EventId = 288, Level = LogLevel.Critical, Message = "{Peer} has signed two manifests under agreement {Agreement} that contradict each other: {Contradiction}. The second is refused; both are kept (ssa audit search --kind equivocation).")]
    public static partial void EquivocationFound(ILogger logger, PartnerId peer, AgreementId agreement, ManifestContradiction contradiction);

    [LoggerMessage(EventId = 289, Level = LogLevel.Warning, Message = "{Source} holds a checkpoint for {Size} entries of {Origin}, which ended when a backup was restored; the statement of that restore says that others had seen {Seen}: more was lost than it says.")]
    public static partial void MoreWasLost(ILogger logger, string source, long size, string origin, long seen);

    [LoggerMessage(EventId = 290, Level = LogLevel.Critical, Message = "{Partner} was restored from a backup and says so under its recovery key: entries {Held} to {Seen} of its log are lost to it. Its log goes on from {Size} as {Origin}: {Reason}")]
    public static partial void PartnerRestored(ILogger logger, PartnerId partner, long held, long seen, long size, string origin, string reason);

    /// <summary>Says what a change of keys says of a restore; nothing for another change.</summary>
    public static void Restored(ILogger logger, KeyEvent change)
    {
        if (change.Cut is { } cut) PartnerRestored(logger, PartnerId.Parse(change.PartnerId), cut.HeldSize, cut.SeenSize, change.LogSize, change.Next.Card.LogKey.Name, change.Reason);
    }

    [LoggerMessage(EventId = 291, Level = LogLevel.Warning, Message = "Began {Streams} streams of {Provider} under agreement {Agreement} anew: it was restored from a backup. What this node has is not taken again.")]
    public static partial void BeganAnew(ILogger logger, int streams, PartnerId provider, AgreementId agreement);

    [LoggerMessage(EventId = 292, Level = LogLevel.Error, Message = "{Source} holds a checkpoint for {Size} entries of {Origin} with another root than the one that the statement of its restore names for that size. Both are signed by that log's node.")]
    public static partial void OtherWasSeen(ILogger logger, string source, long size, string origin);
}
