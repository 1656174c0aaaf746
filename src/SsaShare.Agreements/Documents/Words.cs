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
    public const string ValidFrom = "valid_from";
    public const string ValidUntil = "valid_until";
    public const string Supersedes = "supersedes";
    public const string Grants = "grants";
    public const string Prohibitions = "prohibitions";
    public const string Id = "id";
    public const string From = "from";
    public const string To = "to";
    public const string Originators = "originators";
    public const string RecordClasses = "record_classes";
    public const string Sensors = "sensors";
    public const string Objects = "objects";
    public const string Regimes = "regimes";
    public const string DataModes = "data_modes";
    public const string MaxLevel = "max_level";
    public const string AboveLevel = "above_level";
    public const string Purposes = "purposes";
    public const string DerivedProductsFor = "derived_products_for";

    public static readonly string[] Document = [Kind, Title, Parties, ValidFrom, ValidUntil, DataModes, Supersedes, Grants, Prohibitions];
    public static readonly string[] Party = [Partner, SigningKey, NodeCard];
    public static readonly string[] Grant = [Id, From, To, Originators, RecordClasses, Sensors, Objects, Regimes, DataModes, MaxLevel, Purposes, DerivedProductsFor];
    public static readonly string[] Prohibition = [Id, From, To, Originators, RecordClasses, Sensors, Objects, Regimes, DataModes, AboveLevel, Purposes, DerivedProductsFor];
}
