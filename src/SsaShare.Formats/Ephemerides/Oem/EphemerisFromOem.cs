using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Writes orbit ephemeris messages as ephemerides, in constant memory. Other messages are refused.</summary>
internal sealed class EphemerisFromOem(IFormatWriter<EphemerisItem> target, FormatWriteOptions options) : IFormatWriter<NdmEvent>
{
    private readonly Dictionary<string, string> _fields = [];
    private readonly List<EphemerisField> _extras = [];
    private readonly double[] _numbers = new double[9];
    private EphemerisSegment? _segment;
    private ReadIssue? _issue;
    private bool _isOem, _isRefused;

    public ReadIssue? Write(NdmEvent value)
    {
        _issue = null;
        if (value.Kind == NdmEventKind.MessageStart)
        {
            _isOem = value.Name == "oem";
            if (!_isOem) Refuse(value, value.Name, "", "not an ephemeris", "convert it to a format of its kind");
            else if (value.Text.Length > 0) _extras.Add(new EphemerisField("OEM_VERSION", value.Text));
        }
        if (!_isOem) return _issue;
        switch (value.Kind)
        {
            case NdmEventKind.Field: _fields[value.Name] = value.Text; break;
            case NdmEventKind.Comment: Send(new EphemerisComment(value.Text), value); break;
            case NdmEventKind.BlockStart when value.Name is "header" or "metadata" or "covarianceMatrix": _fields.Clear(); break;
            case NdmEventKind.BlockEnd when value.Name == "header": Header(value); break;
            case NdmEventKind.BlockStart when value.Name == "data": Begin(value); break;
            case NdmEventKind.Row when value.Name == "stateVector" && _segment is not null: Point(value); break;
            case NdmEventKind.BlockEnd when value.Name == "covarianceMatrix" && _segment is not null: Covariance(value); break;
            case NdmEventKind.BlockEnd when value.Name == "data" && _segment is not null:
                Send(new EphemerisSegmentEnd(), value);
                _segment = null;
                break;
        }
        return _issue;
    }

    public void Complete()
    {
        if (_segment is not null) target.Write(new EphemerisSegmentEnd());
        _segment = null;
    }

    private void Header(NdmEvent end)
    {
        EphemerisTime? created = _fields.TryGetValue("CREATION_DATE", out string? date) && EphemerisTime.TryParse(date, EphemerisTimeSystem.Utc, out var time) is null ? time : null;
        foreach (string key in (string[])["CLASSIFICATION", "MESSAGE_ID"])
            if (_fields.TryGetValue(key, out string? value)) _extras.Add(new EphemerisField("OEM_" + key, value));
        Send(new EphemerisHeader { Source = _fields.GetValueOrDefault("ORIGINATOR"), Created = created, Extras = new EphemerisFields(_extras) }, end);
        _extras.Clear();
    }

    private void Begin(NdmEvent at)
    {
        string systemName = _fields.GetValueOrDefault("TIME_SYSTEM", ""), frame = _fields.GetValueOrDefault("REF_FRAME", ""), id = _fields.GetValueOrDefault("OBJECT_ID", "");
        var system = OemNames.Time(systemName);
        EphemerisTime? frameEpoch = null, start = null, stop = null;
        string? wrong = system == EphemerisTimeSystem.Unspecified ? "TIME_SYSTEM is none that other formats have" : frame.Length == 0 ? "REF_FRAME is missing"
            : Time("REF_FRAME_EPOCH", system, ref frameEpoch) ?? Time("START_TIME", system, ref start) ?? Time("STOP_TIME", system, ref stop);
        _isRefused = wrong is not null;
        if (wrong is not null)
        {
            Refuse(at, "segment", "", wrong, "correct the metadata");
            return;
        }
        bool isDesignator = id.Length >= 9 && CosparIds.ToDigits(id) is not null;
        bool isNumber = id.Length is > 0 and <= 9 && id.All(char.IsAsciiDigit);
        string name = _fields.GetValueOrDefault("OBJECT_NAME", "");
        foreach (string key in (string[])["OBJECT_ID", "USEABLE_START_TIME", "USEABLE_STOP_TIME"])
            if (_fields.TryGetValue(key, out string? value) && !(key == "OBJECT_ID" && (isDesignator || isNumber || value == "UNKNOWN"))) _extras.Add(new EphemerisField("OEM_" + key, value));
        _segment = new EphemerisSegment
        {
            ObjectName = name is "" or "UNKNOWN" ? null : name,
            CosparId = isDesignator ? id : null,
            NoradId = isNumber ? long.Parse(id, CultureInfo.InvariantCulture) : null,
            Center = _fields.GetValueOrDefault("CENTER_NAME", "EARTH").ToUpperInvariant(),
            Frame = OemNames.Frame(frame),
            FrameName = frame,
            FrameEpoch = frameEpoch,
            TimeSystem = system,
            Start = start,
            Stop = stop,
            Interpolation = _fields.GetValueOrDefault("INTERPOLATION")?.ToUpperInvariant(),
            InterpolationDegree = int.TryParse(_fields.GetValueOrDefault("INTERPOLATION_DEGREE"), NumberStyles.None, CultureInfo.InvariantCulture, out int degree) ? degree : null,
            Extras = new EphemerisFields(_extras),
        };
        _extras.Clear();
        Send(_segment, at);
    }

    private void Point(NdmEvent row)
    {
        int count = -1;
        EphemerisTime time = default;
        foreach (var range in row.Values)
        {
            var text = row.Text.AsSpan(range);
            if (count < 0)
            {
                if (EphemerisTime.TryParse(text, _segment!.TimeSystem, out time) is { } wrong)
                {
                    Refuse(row, "EPOCH", text.ToString(), wrong, "correct it");
                    return;
                }
            }
            else if (count == 9 || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _numbers[count]) || !double.IsFinite(_numbers[count]))
            {
                Refuse(row, "stateVector", text.ToString(), "not an epoch and six or nine numbers", "correct it");
                return;
            }
            count++;
        }
        if (count is 6 or 9) Send(new EphemerisPoint { Time = time, PositionKm = Vector(0), VelocityKmPerS = Vector(3), AccelerationKmPerS2 = count == 9 ? Vector(6) : null }, row);
        else Refuse(row, "stateVector", row.Text, "not an epoch and six or nine numbers", "correct it");
    }

    private Vector3d Vector(int at) => new(_numbers[at], _numbers[at + 1], _numbers[at + 2]);

    private void Covariance(NdmEvent end)
    {
        double[] lower = new double[21];
        for (int i = 0; i < lower.Length; i++)
        {
            if (double.TryParse(_fields.GetValueOrDefault(OemNames.Covariance[i]), NumberStyles.Float, CultureInfo.InvariantCulture, out lower[i]) && double.IsFinite(lower[i])) continue;
            Refuse(end, OemNames.Covariance[i], "", "missing or no number", "give all 21");
            return;
        }
        if (EphemerisTime.TryParse(_fields.GetValueOrDefault("EPOCH", ""), _segment!.TimeSystem, out var time) is { } wrong)
        {
            Refuse(end, "EPOCH", "", wrong, "correct it");
            return;
        }
        string frame = _fields.GetValueOrDefault("COV_REF_FRAME", _segment.FrameName);
        Send(new EphemerisCovariance { Time = time, Frame = OemNames.Frame(frame), FrameName = frame, LowerKmAndS = lower }, end);
    }

    private string? Time(string key, EphemerisTimeSystem system, ref EphemerisTime? time)
    {
        if (!_fields.TryGetValue(key, out string? text)) return null;
        if (EphemerisTime.TryParse(text, system, out var read) is { } wrong) return $"{key}: {wrong}";
        time = read;
        return null;
    }

    private void Send(EphemerisItem item, NdmEvent at)
    {
        if (target.Write(item) is not { } issue || _isRefused) return;
        if (_issue is null || issue.Severity == IssueSeverity.Refused) _issue = issue with { Line = at.Line };
    }

    private void Refuse(NdmEvent at, string field, string value, string reason, string remedy)
        => _issue = new ReadIssue(options.FileName, at.Line, IssueSeverity.Refused, field, value, reason, remedy);
}
