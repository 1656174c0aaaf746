namespace SsaShare.Agreements;

/// <summary>Whether a recipient has to sign for what it was given before it is given more.</summary>
public enum ReceiptDuty
{
    Optional = 0,
    Required = 1,
}

/// <summary>What a recipient does with the records when the agreement is revoked or expires.</summary>
public enum AfterEnd
{
    /// <summary>It keeps them.</summary>
    Keep = 0,
    /// <summary>It deletes them.</summary>
    Delete = 1,
}
