using SsaShare.Signing;

namespace SsaShare.Agreements;

/// <summary>How large an agreement may be, authored or signed. Enough for a large alliance; small enough to refuse bombs early.</summary>
public static class DocumentLimits
{
    public const int BytesMax = 1_000_000;

    /// <summary>Mappings and lists inside each other. The vocabulary needs four.</summary>
    public const int DepthMax = 8;

    public const int PartiesMax = DsseEnvelope.MaxSignatures;
    public const int ClausesMax = 1_000;

    /// <summary>Entries of one list.</summary>
    public const int EntriesMax = 10_000;

    public const int TitleCharactersMax = 200;
    public const int ObjectListsMax = 100;
    public const int ProfilesMax = 8;
    public const int LimitsMax = 100;

    /// <summary>Different delays of grants, without that of none.</summary>
    public const int DelaysMax = 8;

    public const int OnwardHopsMax = 8;
    public const int WitnessQuorumMax = 16;

    /// <summary>Days of the longest delay or retention.</summary>
    public const int DurationDaysMax = 36_500;

    /// <summary>Of a volume limit.</summary>
    public const long LimitMax = 1_000_000_000_000_000;

    /// <summary>Issues reported for one document; the rest are not looked for.</summary>
    public const int IssuesMax = 50;
}
