namespace SsaShare.Agreements;

/// <summary>To whom a recipient may pass a record on. Numbers are logged and never reused.</summary>
public enum OnwardAudience
{
    /// <summary>To nobody.</summary>
    None = 0,
    /// <summary>To the partners that the grant names.</summary>
    Named = 1,
    /// <summary>To parties of the same agreement that have the recipient's own tier.</summary>
    SameTier = 2,
    /// <summary>To anyone.</summary>
    Public = 3,
}
