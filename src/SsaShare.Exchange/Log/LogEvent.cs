using System.Collections.Frozen;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Kinds of log entries. The words stand in the log for ever: none is renamed or reused.</summary>
public static class LogKinds
{
    /// <summary>Every word below.</summary>
    public static FrozenSet<string> All { get; } = typeof(LogKinds).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToFrozenSet(StringComparer.Ordinal);

    public const string NodeCard = "node-card";
    public const string PeerPinned = "peer-pinned";
    public const string Agreement = "agreement";
    public const string Publication = "publication";
    public const string ManifestIssued = "manifest-issued";
    public const string ManifestReceived = "manifest-received";
    public const string ReceiptIssued = "receipt-issued";
    public const string ReceiptReceived = "receipt-received";
    public const string Withheld = "withheld";
    public const string Refusal = "refusal";
    public const string Notice = "notice";
    public const string NoticeReceiptIssued = "notice-receipt-issued";
    public const string NoticeReceiptReceived = "notice-receipt-received";
    public const string DeletionIssued = "deletion-issued";
    public const string DeletionReceived = "deletion-received";
    public const string AgreementTransition = "agreement-transition";
    public const string ItemsIssued = "items-issued";
    public const string ItemsReceived = "items-received";
    public const string Auditor = "auditor";
    public const string CheckpointConflict = "checkpoint-conflict";
    public const string CheckpointForgiven = "checkpoint-forgiven";

    /// <summary>A change of this node's own keys: a signed key event.</summary>
    public const string KeyEvent = "key-event";

    /// <summary>A change of a pinned partner's keys.</summary>
    public const string PeerKeyEvent = "peer-key-event";

    /// <summary>Two checkpoints of another log that the log has not shown to be of one history: <see cref="UnprovenGrowth"/>.</summary>
    public const string CheckpointUnproven = "checkpoint-unproven";

    /// <summary>A signed word of this node that it does not answer a reader's pulls: <see cref="DenialDocument"/>. Once for each reason until it answers again.</summary>
    public const string DenialIssued = "denial-issued";

    /// <summary>The same, as a provider gave it.</summary>
    public const string DenialReceived = "denial-received";

    /// <summary>This node's operator has stopped the exchange with a peer for a while: <see cref="PauseEvent"/>.</summary>
    public const string ExchangePaused = "exchange-paused";

    /// <summary>And goes on with it.</summary>
    public const string ExchangeResumed = "exchange-resumed";

    /// <summary>Two manifests of one provider that cannot both be honest: <see cref="Exchange.Equivocation"/>.</summary>
    public const string Equivocation = "equivocation";

    /// <summary>This node begins anew with a provider's feed: <see cref="RestartEvent"/>.</summary>
    public const string ExchangeRestarted = "exchange-restarted";
}

/// <summary>Something to be written to the log.</summary>
/// <param name="Kind">One of <see cref="LogKinds"/>.</param>
/// <param name="Body">The signed document or JSON that the entry commits to.</param>
public sealed record LogEvent(string Kind, ReadOnlyMemory<byte> Body)
{
    /// <summary>The partner with whom, or by whom, it happened; null where there is none. Not committed to: it only finds the entry again.</summary>
    public PartnerId? Peer { get; init; }

    /// <summary>The agreement under which it happened; null where there is none. Not committed to: it only finds the entry again.</summary>
    public AgreementId? Agreement { get; init; }

    /// <summary>Publications of which it lists records, each once. Not committed to: they only find the entry again, and are not read back with it.</summary>
    public IReadOnlyCollection<Hash256> Publications { get; init; } = [];
}
