using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>A state with the burns that its operator plans.</summary>
/// <param name="State">GCRF; null of a plan that holds no orbit.</param>
/// <param name="Surface">Null where the message does not say enough of mass and areas.</param>
internal sealed record OperatorState(OperatorName Name, OrbitState? State, IReadOnlyList<OrbitManeuver> Burns, SurfaceCoefficients? Surface, double? MassKg);

/// <summary>Orbit parameter messages (OPM) with their manoeuvres.</summary>
/// <param name="rotation">For what is given in ITRF.</param>
/// <param name="tell">Gets what is wrong.</param>
internal sealed class OperatorStates(string fileName, EarthRotation rotation, Action<ReadIssue> tell)
{
    private static readonly string[] Axes = ["X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT"];

    private readonly Dictionary<string, (string Text, long Line)> _fields = [];
    private readonly List<Dictionary<string, (string Text, long Line)>> _burns = [];

    private Dictionary<string, (string Text, long Line)>? _burn;

    /// <returns>The state that is complete with this event; null where there is none.</returns>
    public OperatorState? Take(NdmEvent value)
    {
        switch (value.Kind)
        {
            case NdmEventKind.MessageStart:
                _fields.Clear();
                _burns.Clear();
                _burn = null;
                break;
            case NdmEventKind.BlockStart when value.Name == "maneuverParameters": _burns.Add(_burn = []); break;
            case NdmEventKind.BlockEnd when value.Name == "maneuverParameters": _burn = null; break;
            case NdmEventKind.Field: (_burn ?? _fields)[value.Name] = (value.Text, value.Line); break;
            case NdmEventKind.MessageEnd when value.Name == "opm": return Interpret(value.Line);
        }
        return null;
    }

    private OperatorState? Interpret(long line)
    {
        string frame = Text("REF_FRAME").ToUpperInvariant();
        var system = System(Text("TIME_SYSTEM"));
        if (EphemerisTime.TryParse(Text("EPOCH"), system, out var time) is { } wrong) return Refuse("EPOCH", wrong, "correct it");
        var segment = new EphemerisSegment { Frame = OcmTrajectories.Frame(frame), FrameName = frame, TimeSystem = system, Center = Text("CENTER_NAME").ToUpperInvariant() };
        var point = new EphemerisPoint { Time = time, PositionKm = new Vector3d(Number("X"), Number("Y"), Number("Z")), VelocityKmPerS = new Vector3d(Number("X_DOT"), Number("Y_DOT"), Number("Z_DOT")) };
        if (EphemerisStates.Interpret(segment, point, Covariance(time, segment), out var read) is { } reason)
            return Refuse("stateVector", reason, "give a state about the Earth in GCRF, EME2000, ITRF or TEME, its covariance in that frame, RTN or TNW");
        var state = read!.State.Frame == Frame.Teme ? Fk5.TemeToGcrf(read.State) : rotation.To(read.State, Frame.Gcrf);
        var covariance = read.Covariance is null ? null : CovarianceFrames.ToGcrf(read.Covariance, read.State, rotation);
        double mass = Number("MASS");
        var burns = new List<OrbitManeuver>();
        foreach (var burn in _burns)
            if (Burn(burn, system, mass) is { } flown) burns.Add(flown);
            else return null;
        SurfaceCoefficients? surface = mass > 0 && Number("DRAG_AREA") * Number("DRAG_COEFF") is >= 0 and var drag
            ? new SurfaceCoefficients(drag / mass, Number("SOLAR_RAD_AREA") * Number("SOLAR_RAD_COEFF") is >= 0 and var sun ? sun / mass : 0) : null;
        var name = OperatorName.Of(Known("OBJECT_ID"), null, Known("OBJECT_NAME"));
        return new OperatorState(name, new OrbitState(name.ToString(), state, covariance), burns, surface, mass > 0 ? mass : null);
    }

    private OrbitManeuver? Burn(Dictionary<string, (string Text, long Line)> burn, EphemerisTimeSystem system, double massKg)
    {
        var (ignition, line) = burn.GetValueOrDefault("MAN_EPOCH_IGNITION", ("", 1));
        double Of(string key) => burn.TryGetValue(key, out var said) && double.TryParse(said.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
        string frame = burn.TryGetValue("MAN_REF_FRAME", out var given) ? given.Text.ToUpperInvariant() : "";
        ManeuverAxes? axes = frame switch { "RTN" or "RSW" => ManeuverAxes.Rtn, "TNW" => ManeuverAxes.Tnw, "GCRF" or "ICRF" or "EME2000" => ManeuverAxes.Gcrf, _ => null };
        var change = new Vector3d(Of("MAN_DV_1"), Of("MAN_DV_2"), Of("MAN_DV_3"));
        if (axes is null) return Wrong("MAN_REF_FRAME", frame, "a frame that is not flown", "give RTN, TNW, GCRF or EME2000");
        if (EphemerisTime.TryParse(ignition, system, out var time) is not null || !time.TryToEpoch(system, out var from)) return Wrong("MAN_EPOCH_IGNITION", ignition, "no time", "correct it");
        if (!change.IsFinite || !(Of("MAN_DURATION") is >= 0 and var seconds)) return Wrong("MAN_DV_1", "", "no numbers, or a negative duration", "give MAN_DURATION and three components in km/s");
        // The bias between the frames of J2000.0 turns a burn by a part in ten million.
        if (seconds == 0) return new ImpulsiveManeuver(from, axes.Value, change);
        double share = massKg > 0 && Of("MAN_DELTA_MASS") is < 0 and var lost ? Math.Min(0.99, -lost / massKg) : 0;
        return new FiniteManeuver(from, from.PlusSeconds(seconds), axes.Value, change, share);

        OrbitManeuver? Wrong(string field, string value, string reason, string remedy)
        {
            tell(new ReadIssue(fileName, Math.Max(1, line), IssueSeverity.Refused, field, value, reason, remedy));
            return null;
        }
    }

    private EphemerisCovariance? Covariance(EphemerisTime time, EphemerisSegment segment)
    {
        if (!_fields.ContainsKey("CX_X")) return null;
        string frame = Text("COV_REF_FRAME").ToUpperInvariant();
        var axes = frame switch { "" => segment.Frame, "RTN" or "RSW" => EphemerisFrame.Rtn, "TNW" => EphemerisFrame.Tnw, _ => OcmTrajectories.Frame(frame) };
        double[] lower = [.. Enumerable.Range(0, 6).SelectMany(row => Enumerable.Range(0, row + 1).Select(column => Number($"C{Axes[row]}_{Axes[column]}")))];
        return new EphemerisCovariance { Time = time, Frame = axes, FrameName = frame, LowerKmAndS = lower };
    }

    private static EphemerisTimeSystem System(string name) => name.ToUpperInvariant() switch
    {
        "UTC" => EphemerisTimeSystem.Utc, "TAI" => EphemerisTimeSystem.Tai, "TT" => EphemerisTimeSystem.Tt, "GPS" => EphemerisTimeSystem.Gps, _ => EphemerisTimeSystem.Unspecified,
    };

    private string Text(string key) => _fields.TryGetValue(key, out var said) ? said.Text : "";

    private string? Known(string key) => Text(key) is { Length: > 0 } text && text.ToUpperInvariant() is not ("UNKNOWN" or "N/A" or "NONE") ? text : null;

    private double Number(string key) => double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;

    private OperatorState? Refuse(string field, string reason, string remedy)
    {
        tell(new ReadIssue(fileName, Math.Max(1, _fields.GetValueOrDefault(field, ("", 1)).Line), IssueSeverity.Refused, field, Text(field), reason, remedy));
        return null;
    }
}
