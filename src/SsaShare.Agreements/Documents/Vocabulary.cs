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
}
