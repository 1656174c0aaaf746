using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>What a release decision needs to know about a record.</summary>
/// <param name="Class">Kind of record.</param>
/// <param name="Originator">Who made it, whoever passes it on.</param>
/// <param name="Sensor">The sensor that measured it; null when it has none or several, or when that is not known.</param>
/// <param name="Objects">The objects that it is about, as it tags them.</param>
/// <param name="Regime"><see cref="OrbitalRegime.Unspecified"/> when not known.</param>
/// <param name="Epoch">The instant that the record is about.</param>
/// <param name="Label">The originator's marking.</param>
/// <param name="Form">What a degraded record states of itself: the profile; full for the original.</param>
/// <param name="TagRemoved">A degraded record that had its object tag taken out.</param>
/// <param name="DegradedUnder">The agreement whose profile <paramref name="Form"/> names; null when the caller knows that it is the one asked about.</param>
public readonly record struct RecordFacts(
    RecordClass Class,
    PartnerId Originator,
    SensorId? Sensor,
    ObjectTags Objects,
    OrbitalRegime Regime,
    Epoch Epoch,
    Label Label,
    ReleaseForm Form = default,
    bool TagRemoved = false,
    AgreementId? DegradedUnder = null)
{
    /// <summary>The object as the record tags it; null when it is not tagged or is about several.</summary>
    public string? ObjectTag => Objects.OnlyTag;
}
