using System.Globalization;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>The times of an orbit comprehensive message: epochs, or seconds since its EPOCH_TZERO.</summary>
/// <param name="System">Unspecified where it is none that is read.</param>
/// <param name="Zero">Null where it is not a time.</param>
internal readonly record struct OcmClock(EphemerisTimeSystem System, EphemerisTime? Zero)
{
    /// <param name="metadata">Fields of the message.</param>
    public static OcmClock Of(IReadOnlyDictionary<string, string> metadata)
    {
        var system = metadata.GetValueOrDefault("TIME_SYSTEM", "UTC").ToUpperInvariant() switch
        {
            "UTC" => EphemerisTimeSystem.Utc, "TAI" => EphemerisTimeSystem.Tai, "TT" => EphemerisTimeSystem.Tt, "GPS" => EphemerisTimeSystem.Gps, _ => EphemerisTimeSystem.Unspecified,
        };
        return new OcmClock(system, EphemerisTime.TryParse(metadata.GetValueOrDefault("EPOCH_TZERO", ""), system, out var zero) is null ? zero : null);
    }

    public bool TryTime(string word, out EphemerisTime time)
    {
        if (word.Contains('T', StringComparison.Ordinal)) return EphemerisTime.TryParse(word, System, out time) is null;
        time = default;
        return Zero is { } zero && decimal.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal seconds) && zero.TryAdd(seconds, System, out time);
    }
}
