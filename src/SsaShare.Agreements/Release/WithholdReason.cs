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
}
