using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>Lines of the manoeuvres of an orbit comprehensive message (502.0-B-3, section 6.2.8) as burns, one message's in its order: each uses up mass.</summary>
/// <param name="massKg">Before the first; null where the message says none.</param>
internal sealed class OcmBurns(OcmClock clock, double? massKg)
{
    private const double StandardGravityMPerS2 = 9.80665;

    private static readonly string[] Kinds = ["DV", "ACC", "THR"];

    private double? _massKg = massKg;

    /// <param name="block">Fields of the block.</param>
    /// <param name="words">Of the line.</param>
    /// <returns>The burn, or why it is not flown; neither of a line that changes nothing.</returns>
    public (OrbitManeuver? Burn, string? Objection) Read(IReadOnlyDictionary<string, string> block, string[] words)
    {
        string[] parts = [.. block.GetValueOrDefault("MAN_COMPOSITION", "").Trim().TrimStart('[').TrimEnd(']').Split(',', StringSplitOptions.TrimEntries).Select(part => part.ToUpperInvariant())];
        string? Word(string part) => Array.IndexOf(parts, part) is >= 0 and var at && at < words.Length ? words[at] : null;
        double? Of(string part) => double.TryParse(Word(part), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
        if (parts.Any(part => part.StartsWith("DEPLOY_", StringComparison.Ordinal))) return (null, "a deployment is not followed");
        if (!block.GetValueOrDefault("DC_TYPE", "CONTINUOUS").Equals("CONTINUOUS", StringComparison.OrdinalIgnoreCase)) return (null, "a duty cycle is not flown");
        if (block.ContainsKey("GRAV_ASSIST_NAME")) return (null, "a gravity assist is not flown");
        if (parts.Any(part => part.EndsWith("_INTERP", StringComparison.Ordinal) && string.Equals(Word(part), "ON", StringComparison.OrdinalIgnoreCase))) return (null, "thrust interpolated between lines is not flown");
        string frame = block.GetValueOrDefault("MAN_REF_FRAME", "TNW_INERTIAL").ToUpperInvariant();
        ManeuverAxes? axes = OcmReport.Axes(frame) switch { EphemerisFrame.Rtn => ManeuverAxes.Rtn, EphemerisFrame.Tnw => ManeuverAxes.Tnw, EphemerisFrame.Icrf or EphemerisFrame.Eme2000 => ManeuverAxes.Gcrf, _ => null };
        if (axes is null) return (null, $"the frame {frame} is not flown");
        if ((Word("TIME_ABSOLUTE") ?? Word("TIME_RELATIVE")) is not { } when || !clock.TryTime(when, out var time) || !time.TryToEpoch(clock.System, out var from)) return (null, "its time is not read");
        var given = Kinds.Select(kind => (Kind: kind, Vector: new Vector3d(Of($"{kind}_X") ?? 0, Of($"{kind}_Y") ?? 0, Of($"{kind}_Z") ?? 0))).Where(one => one.Vector.Norm > 0).ToList();
        if (given.Count == 0) return (null, null);
        if (given.Count > 1) return (null, $"{string.Join(" and ", given.Select(one => one.Kind))} are given together");
        var (kind, vector) = given[0];
        double seconds = Of("MAN_DURA") ?? 0, thrust = vector.Norm * (Of("THR_EFFIC") ?? 1);
        if (seconds < 0 || (seconds == 0 && kind != "DV")) return (null, "it has no duration");
        if (kind == "THR" && _massKg is null) return (null, "thrust without WET_MASS");
        if (kind == "THR" && !(thrust > 0)) return (null, "THR_EFFIC is not above 0");
        var to = from.PlusSeconds(seconds);
        double share = Of("DELTA_MASS") is < 0 and var lost && _massKg is { } mass ? Math.Min(0.99, -lost / mass) : 0;
        if (kind == "THR" && Of("THR_ISP") is > 0 and var isp)
        {
            share = vector.Norm * seconds / (StandardGravityMPerS2 * isp * _massKg!.Value);
            if (share >= 1) return (null, "it would use up more than the mass");
        }
        OrbitManeuver burn = kind switch
        {
            "DV" when seconds == 0 => new ImpulsiveManeuver(from, axes.Value, vector),
            "DV" => new FiniteManeuver(from, to, axes.Value, vector, share),
            "ACC" => new FiniteManeuver(from, to, axes.Value, seconds * vector, share),
            // What the efficiency takes of the thrust it takes of the exhaust's speed: the mass flow is that of all of it.
            _ => FiniteManeuver.FromThrust(from, to, axes.Value, vector, thrust, _massKg!.Value, share > 0 ? thrust * seconds / (StandardGravityMPerS2 * share * _massKg.Value) : double.PositiveInfinity),
        };
        _massKg *= 1 - share;
        double size = (Of($"{kind}_MAG_SIGMA") ?? 0) / 100, direction = (Of($"{kind}_DIR_SIGMA") ?? 0) * Math.PI / 180;
        if (size < 0 || direction < 0) return (null, "its errors are below 0");
        return (size > 0 || direction > 0 ? burn with { Error = new BurnError(size, direction) } : burn, null);
    }
}
