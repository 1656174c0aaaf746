namespace SsaShare.Agreements;

/// <summary>The field names of an agreement, the same in YAML and JSON.</summary>
internal static class Words
{
    public const string Kind = "kind";
    public const string KindV1 = "ssashare/agreement/v1";
    public const string Title = "title";
    public const string Parties = "parties";
    public const string Partner = "partner";
    public const string SigningKey = "signing_key";
    public const string NodeCard = "node_card";
    public const string Tier = "tier";
    public const string ValidFrom = "valid_from";
    public const string ValidUntil = "valid_until";
    public const string Supersedes = "supersedes";
    public const string ObjectLists = "object_lists";
    public const string OwnerNation = "owner_nation";
    public const string ProtectedBy = "protected_by";
    public const string DegradationProfiles = "degradation_profiles";
    public const string Remove = "remove";
    public const string SafetyOfFlightMinimum = "safety_of_flight_minimum";
    public const string Limits = "limits";
    public const string RecordsPerMinute = "records_per_minute";
    public const string RecordsPerDay = "records_per_day";
    public const string BytesPerDay = "bytes_per_day";
    public const string Receipts = "receipts";
    public const string WitnessQuorum = "witness_quorum";
    public const string Witnesses = "witnesses";
    public const string WitnessGrace = "witness_grace";
    public const string AfterEnd = "after_end";
    public const string Grants = "grants";
    public const string Prohibitions = "prohibitions";
    public const string Id = "id";
    public const string From = "from";
    public const string To = "to";
    public const string FromTiers = "from_tiers";
    public const string ToTiers = "to_tiers";
    public const string Originators = "originators";
    public const string RecordClasses = "record_classes";
    public const string Sensors = "sensors";
    public const string Objects = "objects";
    public const string OwnerNations = "owner_nations";
    public const string ProtectedAssetsOf = "protected_assets_of";
    public const string Regimes = "regimes";
    public const string DataModes = "data_modes";
    public const string EpochFrom = "epoch_from";
    public const string EpochUntil = "epoch_until";
    public const string MaxLevel = "max_level";
    public const string AboveLevel = "above_level";
    public const string Purposes = "purposes";
    public const string DerivedProductsFor = "derived_products_for";
    public const string Delay = "delay";
    public const string Degradation = "degradation";
    public const string Retention = "retention";
    public const string Onward = "onward";
    public const string OnwardTo = "onward_to";
    public const string OnwardHops = "onward_hops";

    public static readonly string[] Document =
    [
        Kind, Title, Parties, ValidFrom, ValidUntil, DataModes, Supersedes, ObjectLists, DegradationProfiles, SafetyOfFlightMinimum, Limits, Receipts, WitnessQuorum, Witnesses, WitnessGrace, AfterEnd, Grants, Prohibitions,
    ];

    public static readonly string[] Party = [Partner, SigningKey, NodeCard, Tier];
    public static readonly string[] AuthoredParty = [Partner, Tier];
    public static readonly string[] ObjectList = [Id, Objects, OwnerNation, ProtectedBy];
    public static readonly string[] Figures = [.. Vocabulary.Figures.Words];
    public static readonly string[] Profile = [Id, .. Figures, Remove];
    public static readonly string[] Limit = [Id, From, To, RecordsPerMinute, RecordsPerDay, BytesPerDay];

    private static readonly string[] Clause =
    [
        Id, From, To, FromTiers, ToTiers, Originators, RecordClasses, Sensors, Objects, ObjectLists, OwnerNations, ProtectedAssetsOf, Regimes, DataModes, EpochFrom, EpochUntil, ValidFrom, ValidUntil,
    ];

    public static readonly string[] Grant = [.. Clause, MaxLevel, Purposes, DerivedProductsFor, Delay, Degradation, Retention, Onward, OnwardTo, OnwardHops];
    public static readonly string[] Prohibition = [.. Clause, AboveLevel, Purposes, DerivedProductsFor];
}
