using SsaShare.Agreements;

namespace SsaShare.Exchange;

/// <summary>Why a provider does not answer a pull of a reader that it knows, under an agreement that both have. The words stand in signed documents: none is renamed or reused.</summary>
public enum DenialReason
{
    Unspecified = 0,

    /// <summary>"not_active": not signed by all yet, not valid yet, or for another reason not in force.</summary>
    NotActive = 1,

    Suspended = 2,
    Revoked = 3,
    Expired = 4,
    Superseded = 5,

    /// <summary>"unwitnessed": the agreement wants witnesses, and too few have cosigned the provider's log for longer than it allows.</summary>
    Unwitnessed = 6,

    /// <summary>"receipt_missing": the agreement demands receipts, and the one for the last manifest is not there.</summary>
    ReceiptMissing = 7,

    /// <summary>"cursor_of_other_epoch": the provider was restored from a backup since it made the reader's cursor.</summary>
    CursorOfOtherEpoch = 8,

    /// <summary>"cursor_ahead": the reader's cursor is ahead of the provider's feed.</summary>
    CursorAhead = 9,

    /// <summary>"paused": the provider's operator has stopped giving for a while.</summary>
    Paused = 10,
}

/// <summary>From decisions and to text.</summary>
public static class DenialReasons
{
    /// <summary>What an agreement that is closed for all records is denied with.</summary>
    public static DenialReason Of(WithholdReason closed) => closed switch
    {
        WithholdReason.AgreementSuspended => DenialReason.Suspended,
        WithholdReason.AgreementRevoked => DenialReason.Revoked,
        WithholdReason.AgreementExpired => DenialReason.Expired,
        WithholdReason.AgreementSuperseded => DenialReason.Superseded,
        WithholdReason.WitnessQuorumMissing => DenialReason.Unwitnessed,
        _ => DenialReason.NotActive,
    };

    /// <summary>For people.</summary>
    public static string Words(this DenialReason reason) => reason switch
    {
        DenialReason.NotActive => "agreement not in force",
        DenialReason.ReceiptMissing => "receipt missing",
        DenialReason.CursorOfOtherEpoch => "cursor of another epoch",
        DenialReason.CursorAhead => "cursor ahead",
        _ => reason.ToString().ToLowerInvariant(),
    };
}
