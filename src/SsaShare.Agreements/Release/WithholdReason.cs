namespace SsaShare.Agreements;

/// <summary>Why a record is not released. Stays at home: the peer learns neither reason nor record, only by the count that something is withheld. Numbers are logged and never reused.</summary>
public enum WithholdReason
{
    /// <summary>It is released.</summary>
    None = 0,
    /// <summary>Not signed by all, or not activated.</summary>
    AgreementNotActive = 1,
    AgreementNotYetValid = 2,
    AgreementSuspended = 3,
    AgreementSuperseded = 4,
    AgreementRevoked = 5,
    AgreementExpired = 6,
    ProviderNotParty = 7,
    /// <summary>The recipient is no party, or is the provider itself.</summary>
    RecipientNotParty = 8,
    /// <summary>The record has no class, or its label no level or no data mode.</summary>
    LabelIncomplete = 9,
    /// <summary>The agreement is not about this data mode.</summary>
    DataModeNotCovered = 10,
    /// <summary>The label names who may see the record, and it is not this reader.</summary>
    NotReleasableTo = 11,
    /// <summary>The originator keeps control and is no party to this agreement.</summary>
    OriginatorControlled = 12,
    /// <summary>A prohibition takes away every use.</summary>
    Prohibited = 13,
    /// <summary>A prohibition would take away every use if what is not known of the record were so.</summary>
    PossiblyProhibited = 14,
    /// <summary>No grant covers the record.</summary>
    NotGranted = 15,
    /// <summary>Granted, but not for composing derived products.</summary>
    NotGrantedForFusion = 16,
    /// <summary>Granted for fusion, but not for products shown to this reader.</summary>
    DerivedProductsNotGranted = 17,
    /// <summary>A grant will cover the record when it is older.</summary>
    NotYetDue = 18,
    /// <summary>Every use is already given in a finer form.</summary>
    GivenInFinerForm = 19,
    /// <summary>The provider is a party that only receives.</summary>
    TierReceiveOnly = 20,
    /// <summary>The record at hand is degraded, and not in the form asked about: nobody degrades twice.</summary>
    AlreadyDegraded = 21,
    /// <summary>The agreement demands witnesses, and they have not cosigned the provider's log for longer than it allows.</summary>
    WitnessQuorumMissing = 22,
    /// <summary>The record was released, but not to be passed on.</summary>
    OnwardNotGranted = 23,
    /// <summary>It may be passed on, but not to this partner.</summary>
    OnwardNotNamed = 24,
    /// <summary>It may be passed on to parties of the relay's tier, and this partner is none.</summary>
    OnwardTier = 25,
    /// <summary>An earlier lane of the feed is the one that gives it, where anything is left to give.</summary>
    GivenBefore = 26,
    /// <summary>It is granted only in a degraded form, and that form leaves nothing of it that may go out.</summary>
    NothingLeftToGive = 27,
    /// <summary>Its originator has corrected, withdrawn or recalled it, or it was deleted.</summary>
    Noticed = 28,
    /// <summary>It is the recipient's own, or came from the recipient.</summary>
    RecipientHasIt = 29,
    /// <summary>What it may be used for under the agreement by which it came, and under this one, have nothing in common.</summary>
    NoUseInCommon = 30,
    /// <summary>The terms that it would carry name more partners than can travel with it.</summary>
    CarriedTermsTooLong = 31,
    /// <summary>It is stored no more: the node keeps its own records for a time, and that is over.</summary>
    RetentionOver = 33,
}
