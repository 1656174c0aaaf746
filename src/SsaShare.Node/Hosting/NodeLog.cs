using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>Every log message of a node. Event ids 100 to 199, never reused.</summary>
internal static partial class NodeLog
{
    [LoggerMessage(EventId = 101, Level = LogLevel.Information, Message = "Node of {Partner} serves {Endpoint}; log at {LogSize} entries.")]
    public static partial void Started(ILogger logger, PartnerId partner, Uri endpoint, long logSize);

    [LoggerMessage(EventId = 110, Level = LogLevel.Warning, Message = "Refused {Peer}: no client certificate, wanted {Method}.")]
    public static partial void CallerWithoutCertificate(ILogger logger, string peer, string method);

    [LoggerMessage(EventId = 111, Level = LogLevel.Warning, Message = "Refused {Peer}: its certificate's key {Pin} is not pinned here, wanted {Method}.")]
    public static partial void CallerUnknown(ILogger logger, string peer, SpkiPin pin, string method);

    [LoggerMessage(EventId = 112, Level = LogLevel.Warning, Message = "Refused {Partner} ({Kind}): may not call {Method}.")]
    public static partial void CallerNotAllowed(ILogger logger, PartnerId partner, CallerKind kind, string method);

    [LoggerMessage(EventId = 113, Level = LogLevel.Error, Message = "{Method} failed on the store.")]
    public static partial void StoreFailed(ILogger logger, string method, Exception exception);

    [LoggerMessage(EventId = 114, Level = LogLevel.Error, Message = "{Method} failed.")]
    public static partial void CallFailed(ILogger logger, string method, Exception exception);

    [LoggerMessage(EventId = 120, Level = LogLevel.Information, Message = "Agreement {Agreement} is {State} here.")]
    public static partial void AgreementKept(ILogger logger, AgreementId agreement, AgreementState state);

    [LoggerMessage(EventId = 121, Level = LogLevel.Warning, Message = "Agreement from {Partner} refused: {Reason}")]
    public static partial void AgreementRefused(ILogger logger, PartnerId partner, string reason);

    [LoggerMessage(EventId = 130, Level = LogLevel.Information, Message = "Gave {Partner} {Items} records, withheld {Withheld}, positions {After} to {To} under {Agreement}.")]
    public static partial void Released(ILogger logger, PartnerId partner, int items, int withheld, long after, long to, AgreementId agreement);

    [LoggerMessage(EventId = 131, Level = LogLevel.Warning, Message = "Pull of {Partner} refused: {Reason}")]
    public static partial void PullRefused(ILogger logger, PartnerId partner, string reason);

    [LoggerMessage(EventId = 140, Level = LogLevel.Information, Message = "Published {Accepted} records of {File}; {Duplicates} were here already, {Refused} refused.")]
    public static partial void Published(ILogger logger, string file, long accepted, long duplicates, long refused);

    [LoggerMessage(EventId = 141, Level = LogLevel.Warning, Message = "Refused in {File}, line {Line}, {Field}: {Reason}")]
    public static partial void LineRefused(ILogger logger, string file, long line, string field, string reason);

    [LoggerMessage(EventId = 150, Level = LogLevel.Information, Message = "Pinned the node card of {Partner}.")]
    public static partial void PeerPinned(ILogger logger, string partner);

    [LoggerMessage(EventId = 160, Level = LogLevel.Critical, Message = "The log in the store has {Size} entries and a checkpoint for {Signed} is signed already: was an old backup restored? Nothing more is signed.")]
    public static partial void LogWentBack(ILogger logger, long size, long signed);

    [LoggerMessage(EventId = 122, Level = LogLevel.Warning, Message = "Agreement {Agreement}: {Party} has signed {Event} ({Reason}); it is {State} here.")]
    public static partial void TransitionKept(ILogger logger, AgreementId agreement, PartnerId party, TransitionEvent @event, string reason, AgreementState state);

    [LoggerMessage(EventId = 123, Level = LogLevel.Warning, Message = "Transition from {Partner} refused: {Reason}")]
    public static partial void TransitionRefused(ILogger logger, PartnerId partner, string reason);

    [LoggerMessage(EventId = 132, Level = LogLevel.Warning, Message = "Broke off the answer to {Partner}: agreement {Agreement} is no longer in force.")]
    public static partial void AnswerBrokenOff(ILogger logger, PartnerId partner, AgreementId agreement);

    [LoggerMessage(EventId = 170, Level = LogLevel.Information, Message = "Took {Count} notices from {Partner}.")]
    public static partial void NoticesTaken(ILogger logger, int count, PartnerId partner);

    [LoggerMessage(EventId = 171, Level = LogLevel.Warning, Message = "A notice or deletion from {Partner} is refused: {Reason}")]
    public static partial void NoticeRefused(ILogger logger, PartnerId partner, string reason);

    [LoggerMessage(EventId = 172, Level = LogLevel.Information, Message = "{Partner} deleted {Records} records that it had under agreement {Agreement}.")]
    public static partial void DeletionTaken(ILogger logger, PartnerId partner, int records, AgreementId agreement);

    [LoggerMessage(EventId = 173, Level = LogLevel.Warning, Message = "Issued {Issued} notices for {Records} records: {Action}.")]
    public static partial void NoticesIssued(ILogger logger, long issued, long records, Exchange.NoticeAction action);

    [LoggerMessage(EventId = 180, Level = LogLevel.Information, Message = "The checkpoint for {Size} entries is time-stamped: {Time}.")]
    public static partial void Timestamped(ILogger logger, long size, DateTimeOffset time);

    [LoggerMessage(EventId = 181, Level = LogLevel.Warning, Message = "The newest checkpoint is not time-stamped by {Authority}: {Reason} It is tried again.")]
    public static partial void NotTimestamped(ILogger logger, Uri authority, string reason, Exception exception);

    [LoggerMessage(EventId = 190, Level = LogLevel.Warning, Message = "Auditor {Name} with key {Pin} may read this node's log.")]
    public static partial void AuditorAdded(ILogger logger, string name, SpkiPin pin);

    [LoggerMessage(EventId = 191, Level = LogLevel.Warning, Message = "Auditor {Name} may no longer read this node's log.")]
    public static partial void AuditorRemoved(ILogger logger, string name);

    [LoggerMessage(EventId = 195, Level = LogLevel.Warning, Message = "A checkpoint of {Origin} for {Size} entries, brought by {Peer}, is not cosigned: {Status} {Reason}")]
    public static partial void NotCosigned(ILogger logger, string origin, long size, string peer, int status, string reason);

    [LoggerMessage(EventId = 196, Level = LogLevel.Warning, Message = "Keys of {Partner} have changed: {Action} number {Number}, node card {Card}: {Reason}")]
    public static partial void KeysChanged(ILogger logger, PartnerId partner, Signing.KeyAction action, int number, Signing.NodeCardId card, string reason);

    [LoggerMessage(EventId = 197, Level = LogLevel.Warning, Message = "A change of keys of {Partner} refused: {Reason}")]
    public static partial void KeyEventsRefused(ILogger logger, string partner, string reason);

    [LoggerMessage(EventId = 198, Level = LogLevel.Critical, Message = "Two changes of keys of {Partner} contradict each other: neither is believed. {Reason}")]
    public static partial void KeyEventsInConflict(ILogger logger, PartnerId partner, string reason);

    [LoggerMessage(EventId = 199, Level = LogLevel.Warning, Message = "The keys of this node have changed: {Action} number {Number}, node card {Card}: {Reason}")]
    public static partial void OwnKeysChanged(ILogger logger, Signing.KeyAction action, int number, Signing.NodeCardId card, string reason);

    [LoggerMessage(EventId = 200, Level = LogLevel.Error, Message = "{Method} failed on the token that holds a key.")]
    public static partial void TokenFailed(ILogger logger, string method, Exception exception);

    [LoggerMessage(EventId = 142, Level = LogLevel.Information, Message = "Quarantine entry {Entry} is {State}: {Remark}")]
    public static partial void QuarantineClosed(ILogger logger, Hash256 entry, QuarantineState state, string remark);

    [LoggerMessage(EventId = 143, Level = LogLevel.Warning, Message = "File {File} of the watched folder failed; it is tried again in {Pause}.")]
    public static partial void FolderFileFailed(ILogger logger, string file, TimeSpan pause, Exception exception);

    [LoggerMessage(EventId = 144, Level = LogLevel.Warning, Message = "File {File} of the watched folder is refused: {Reason}")]
    public static partial void FolderFileGivenUp(ILogger logger, string file, string reason);

    [LoggerMessage(EventId = 145, Level = LogLevel.Error, Message = "The watched folder {Folder} cannot be used now; it is tried again.")]
    public static partial void FolderUnusable(ILogger logger, string folder, Exception exception);

    [LoggerMessage(EventId = 157, Level = LogLevel.Warning, Message = "The exchange with {Peer} is paused by {Operator}.")]
    public static partial void ExchangePaused(ILogger logger, PartnerId peer, string @operator);

    [LoggerMessage(EventId = 158, Level = LogLevel.Information, Message = "The exchange with {Peer} is resumed by {Operator}.")]
    public static partial void ExchangeResumed(ILogger logger, PartnerId peer, string @operator);

    [LoggerMessage(EventId = 115, Level = LogLevel.Warning, Message = "Calls of {Partner} are refused: {Reason} Said once a minute.")]
    public static partial void CallsLimited(ILogger logger, PartnerId partner, string reason);

    [LoggerMessage(EventId = 116, Level = LogLevel.Debug, Message = "Closed the oldest connection of {Owner}: it has too many.")]
    public static partial void ConnectionClosed(ILogger logger, string owner);

    [LoggerMessage(EventId = 133, Level = LogLevel.Warning, Message = "Cut off an answer of {Bytes} bytes to {Partner}: not taken within {Limit}.")]
    public static partial void AnswerNotTaken(ILogger logger, PartnerId partner, int bytes, TimeSpan limit);

    [LoggerMessage(EventId = 159, Level = LogLevel.Warning, Message = "The exchange with {Peer} under agreement {Agreement} begins anew by the word of {Operator}: {Reason}")]
    public static partial void ExchangeRestarted(ILogger logger, PartnerId peer, Agreements.AgreementId agreement, string @operator, string reason);

    [LoggerMessage(EventId = 161, Level = LogLevel.Warning, Message = "The {Use} certificate of this node runs out at {At}, in {Days} days; nobody takes it after.")]
    public static partial void CertificateRunsOut(ILogger logger, CertificateUse use, DateTimeOffset at, int days);

    [LoggerMessage(EventId = 162, Level = LogLevel.Error, Message = "The {Use} certificate of this node has run out at {At}; nobody takes it any more.")]
    public static partial void CertificateRanOut(ILogger logger, CertificateUse use, DateTimeOffset at);

    [LoggerMessage(EventId = 163, Level = LogLevel.Warning, Message = "When the certificate in {File} runs out cannot be read.")]
    public static partial void CertificateUnreadable(ILogger logger, string file, Exception exception);

    [LoggerMessage(EventId = 164, Level = LogLevel.Critical, Message = "{Partner} was restored from a backup and says so under its recovery key: entries {Held} to {Seen} of its log are lost to it. Its log goes on from {Size} as {Origin}: {Reason}")]
    public static partial void PartnerRestored(ILogger logger, PartnerId partner, long held, long seen, long size, string origin, string reason);

    [LoggerMessage(EventId = 165, Level = LogLevel.Warning, Message = "This node was restored from a backup: entries {Held} to {Seen} of {Old} are lost to it, and its log goes on from {Size} as {Origin}. Every peer is told.")]
    public static partial void WasRestored(ILogger logger, long held, long seen, string old, long size, string origin);
}
