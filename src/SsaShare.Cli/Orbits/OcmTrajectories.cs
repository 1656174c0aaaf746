using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>The cartesian trajectories (TRAJ_TYPE CARTP, CARTPV, CARTPVA) of orbit comprehensive messages, as ephemerides; <see cref="OcmReport"/> reads what else counts.</summary>
internal sealed class OcmTrajectories(IFormatWriter<EphemerisItem> target, string fileName) : IFormatWriter<NdmEvent>
{
    private readonly Dictionary<string, string> _message = [], _trajectory = [];
    private bool _inMetadata, _inTrajectory, _isBegun;
    private OcmClock _clock;

    public ReadIssue? Write(NdmEvent value)
    {
        switch (value.Kind)
        {
            case NdmEventKind.MessageStart: _message.Clear(); break;
            case NdmEventKind.BlockStart when value.Name == "metadata": _inMetadata = true; break;
            case NdmEventKind.BlockEnd when value.Name == "metadata": _inMetadata = false; break;
            case NdmEventKind.BlockStart when value.Name == "traj":
                _trajectory.Clear();
                _inTrajectory = true;
                break;
            case NdmEventKind.Field when _inMetadata: _message[value.Name] = value.Text; break;
            case NdmEventKind.Field when _inTrajectory: _trajectory[value.Name] = value.Text; break;
            case NdmEventKind.Row when value.Name == "trajLine" && _inTrajectory: return Row(value);
            case NdmEventKind.BlockEnd when value.Name == "traj":
                _inTrajectory = false;
                End();
                break;
        }
        return null;
    }

    public void Complete() => End();

    private void End()
    {
        if (_isBegun) target.Write(new EphemerisSegmentEnd());
        _isBegun = false;
    }

    private ReadIssue? Row(NdmEvent row)
    {
        if (!_isBegun && Begin(row) is { } refusal)
        {
            _inTrajectory = false;
            return refusal;
        }
        string[] words = row.Text.Split(' ');
        double[] numbers = [.. words.Skip(1).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        if (!_clock.TryTime(words[0], out var time)) return Refuse(row, "trajLine", words[0], "not a time", "give an epoch, or seconds since EPOCH_TZERO");
        if (numbers.Length < 6) return Refuse(row, "trajLine", row.Text, "has no velocity", "give position and velocity");
        return target.Write(new EphemerisPoint { Time = time, PositionKm = new Vector3d(numbers[0], numbers[1], numbers[2]), VelocityKmPerS = new Vector3d(numbers[3], numbers[4], numbers[5]) });
    }

    private ReadIssue? Begin(NdmEvent at)
    {
        string type = _trajectory.GetValueOrDefault("TRAJ_TYPE", ""), frame = _trajectory.GetValueOrDefault("TRAJ_REF_FRAME", "ICRF");
        if (type is not ("CARTPV" or "CARTPVA")) return Refuse(at, "TRAJ_TYPE", type, "not a cartesian position and velocity", "give CARTPV");
        _clock = OcmClock.Of(_message);
        if (_clock.System == EphemerisTimeSystem.Unspecified) return Refuse(at, "TIME_SYSTEM", _message.GetValueOrDefault("TIME_SYSTEM", ""), "not read", "give UTC, TAI, TT or GPS");
        target.Write(new EphemerisSegment
        {
            ObjectName = _message.GetValueOrDefault("OBJECT_NAME"),
            CosparId = _message.GetValueOrDefault("INTERNATIONAL_DESIGNATOR"),
            NoradId = long.TryParse(_message.GetValueOrDefault("OBJECT_DESIGNATOR"), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null,
            Center = _trajectory.GetValueOrDefault("CENTER_NAME", "EARTH").ToUpperInvariant(),
            Frame = Frame(frame.ToUpperInvariant()),
            FrameName = frame,
            TimeSystem = _clock.System,
            Interpolation = _trajectory.GetValueOrDefault("INTERPOLATION")?.ToUpperInvariant(),
            InterpolationDegree = int.TryParse(_trajectory.GetValueOrDefault("INTERPOLATION_DEGREE"), NumberStyles.None, CultureInfo.InvariantCulture, out int degree) ? degree : null,
            Extras = Usable(),
        });
        _isBegun = true;
        return null;
    }

    /// <summary>As an OEM says it.</summary>
    private EphemerisFields Usable()
        => new(((string[])["USEABLE_START_TIME", "USEABLE_STOP_TIME"]).Where(key => _trajectory.ContainsKey(key)).Where(key => _clock.TryTime(_trajectory[key], out _)).Select(key =>
        {
            _clock.TryTime(_trajectory[key], out var time);
            return new EphemerisField("OEM_" + key, time.ToString());
        }));

    /// <param name="name">In capitals.</param>
    public static EphemerisFrame Frame(string name) => name switch
    {
        "ICRF" or "GCRF" or "ICRF3" or "ICRF2" => EphemerisFrame.Icrf,
        "EME2000" or "J2000" => EphemerisFrame.Eme2000,
        "TEME" or "TEMEOFDATE" => EphemerisFrame.Teme,
        _ when name.StartsWith("ITRF", StringComparison.Ordinal) => EphemerisFrame.Itrf,
        _ => EphemerisFrame.Other,
    };

    private ReadIssue Refuse(NdmEvent at, string field, string value, string reason, string remedy)
        => new(fileName, Math.Max(1, at.Line), IssueSeverity.Refused, field, value, reason, remedy) { Column = at.Column };
}
