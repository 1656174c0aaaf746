using System.Collections.Frozen;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>The closed list of words for one kind of value.</summary>
internal sealed class Vocabulary<T>(string noun, params (string Word, T Value)[] words)
    where T : struct, Enum
{
    private readonly FrozenDictionary<string, T> _values = words.ToFrozenDictionary(w => w.Word, w => w.Value, StringComparer.Ordinal);

    /// <summary>What the words name, for messages.</summary>
    public string Noun => noun;

    /// <summary>In the order of the vocabulary.</summary>
    public IEnumerable<string> Words => words.Select(w => w.Word);

    public bool TryParse(string word, out T value) => _values.TryGetValue(word, out value);

    /// <exception cref="ArgumentOutOfRangeException">The value has no word.</exception>
    public string WordOf(T value)
    {
        foreach (var (word, known) in words)
            if (EqualityComparer<T>.Default.Equals(known, value)) return word;
        throw new ArgumentOutOfRangeException(nameof(value), value, $"Not a {noun} that an agreement can name.");
    }
}

/// <summary>Every word of an agreement that names a value.</summary>
internal static class Vocabulary
{
    public static readonly Vocabulary<RecordClass> RecordClasses = new(
        "record class",
        ("observation", RecordClass.Observation),
        ("element_set", RecordClass.ElementSet),
        ("orbit_state", RecordClass.OrbitState),
        ("ephemeris", RecordClass.Ephemeris),
        ("conjunction_message", RecordClass.ConjunctionMessage),
        ("maneuver_notice", RecordClass.ManeuverNotice),
        ("event_notice", RecordClass.EventNotice),
        ("sensor", RecordClass.Sensor));

    public static readonly Vocabulary<OrbitalRegime> Regimes = new(
        "orbital regime",
        ("LEO", OrbitalRegime.Leo),
        ("MEO", OrbitalRegime.Meo),
        ("GEO", OrbitalRegime.Geo),
        ("HEO", OrbitalRegime.Heo),
        ("CISLUNAR", OrbitalRegime.Cislunar));

    public static readonly Vocabulary<DataMode> DataModes = new(
        "data mode",
        ("REAL", DataMode.Real),
        ("TEST", DataMode.Test),
        ("SIMULATED", DataMode.Simulated),
        ("EXERCISE", DataMode.Exercise));

    public static readonly Vocabulary<HandlingLevel> Levels = new(
        "handling level",
        ("public", HandlingLevel.Public),
        ("partners_only", HandlingLevel.PartnersOnly),
        ("restricted", HandlingLevel.Restricted));

    public static readonly Vocabulary<Purposes> Purposes = new(
        "purpose",
        ("safety_of_flight", Agreements.Purposes.SafetyOfFlight),
        ("fusion", Agreements.Purposes.Fusion),
        ("research", Agreements.Purposes.Research),
        ("enforcement", Agreements.Purposes.Enforcement));

    public static readonly Vocabulary<CapabilityTier> Tiers = new(
        "tier",
        ("full", CapabilityTier.Full),
        ("partial", CapabilityTier.Partial),
        ("receive_only", CapabilityTier.ReceiveOnly));

    public static readonly Vocabulary<OnwardAudience> Audiences = new(
        "audience",
        ("none", OnwardAudience.None),
        ("named", OnwardAudience.Named),
        ("same_tier", OnwardAudience.SameTier),
        ("public", OnwardAudience.Public));

    public static readonly Vocabulary<ReceiptDuty> Receipts = new(
        "receipt duty",
        ("optional", ReceiptDuty.Optional),
        ("required", ReceiptDuty.Required));

    public static readonly Vocabulary<AfterEnd> AfterEnds = new(
        "duty after the end",
        ("keep", AfterEnd.Keep),
        ("delete", AfterEnd.Delete));

    public static readonly Vocabulary<RemovedField> RemovedFields = new(
        "field that can be removed",
        ("object_tag", RemovedField.ObjectTag),
        ("range_rate", RemovedField.RangeRate));

    public static readonly Vocabulary<DegradedFigure> Figures = new(
        "figure",
        ("position_sigma_km", DegradedFigure.PositionSigmaKm),
        ("velocity_sigma_km_per_s", DegradedFigure.VelocitySigmaKmPerS),
        ("range_sigma_km", DegradedFigure.RangeSigmaKm),
        ("range_rate_sigma_km_per_s", DegradedFigure.RangeRateSigmaKmPerS),
        ("angle_sigma_deg", DegradedFigure.AngleSigmaDeg),
        ("epoch_step_s", DegradedFigure.EpochStepS),
        ("element_angle_step_deg", DegradedFigure.ElementAngleStepDeg),
        ("eccentricity_step", DegradedFigure.EccentricityStep),
        ("mean_motion_step_rev_per_day", DegradedFigure.MeanMotionStepRevPerDay));

    /// <summary>The unit in which a figure is given, as in its name; empty for a pure number.</summary>
    public static string UnitOf(DegradedFigure figure) => figure switch
    {
        DegradedFigure.PositionSigmaKm or DegradedFigure.RangeSigmaKm => "km",
        DegradedFigure.VelocitySigmaKmPerS or DegradedFigure.RangeRateSigmaKmPerS => "km/s",
        DegradedFigure.AngleSigmaDeg or DegradedFigure.ElementAngleStepDeg => "degrees",
        DegradedFigure.EpochStepS => "seconds",
        DegradedFigure.MeanMotionStepRevPerDay => "revolutions per day",
        _ => "",
    };
}
