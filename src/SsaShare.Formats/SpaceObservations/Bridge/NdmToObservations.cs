using System.Globalization;
using System.Text;

namespace SsaShare.Formats;

/// <summary>Takes the events of tracking data messages and writes what stands at one epoch as one observation.</summary>
internal sealed class NdmToObservations(IFormatWriter<ObservationRecord> to, FormatWriteOptions options) : IFormatWriter<NdmEvent>
{
    private readonly Dictionary<string, NdmEvent> _metadata = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, string>> _extra = [];
    private readonly HashSet<string> _told = [];
    private readonly TimeTags _times = new();
    private ObservationSegment? _segment;
    private bool _inMessage, _inMetadata;
    private string _tag = "";
    private ObservationTime _time;
    private double? _range, _rate, _angle1, _angle2, _magnitude;
    private ReadIssue? _issue;

    public ReadIssue? Write(NdmEvent value)
    {
        _issue = null;
        switch (value.Kind)
        {
            case NdmEventKind.MessageStart:
                _inMessage = value.Name == "tdm";
                if (!_inMessage) Refuse(value, value.Name, "not a tracking data message", "only tdm has observations");
                break;
            case NdmEventKind.BlockStart when _inMessage && value.Name == "metadata":
                (_inMetadata, _segment) = (true, null);
                _metadata.Clear();
                break;
            case NdmEventKind.Field when _inMetadata:
                _metadata[value.Name] = value;
                break;
            case NdmEventKind.BlockEnd when _inMetadata && value.Name == "metadata":
                _inMetadata = false;
                Interpret(value);
                break;
            case NdmEventKind.Row when _segment is not null:
                Row(value, _segment);
                break;
            case NdmEventKind.BlockEnd when value.Name == "data":
                Finish();
                break;
            case NdmEventKind.MessageEnd:
                _inMessage = false;
                break;
        }
        return _issue;
    }

    public void Complete() => Finish();

    private void Interpret(NdmEvent end)
    {
        _segment = ObservationSegment.Of(_metadata, out var wrong);
        if (_segment is not null) _times.System = _segment.System;
        else if (wrong is var (name, reason, remedy)) Refuse(_metadata.GetValueOrDefault(name) ?? end, name, $"{reason}; the segment is refused", remedy);
        string lost = string.Join(", ", _metadata.Keys.Where(keyword => !ObservationSegment.IsKept(keyword)));
        if (_segment is not null && lost.Length > 0)
            _issue = new ReadIssue(options.FileName, end.Line, IssueSeverity.Notice, "metadata", "", $"observations have no place for {lost} of this segment", "write the message in another of its syntaxes to keep them");
        // Refusals of one kind of measurement are told once for each segment.
        _told.RemoveWhere(text => text.StartsWith("segment ", StringComparison.Ordinal));
    }

    private void Row(NdmEvent row, ObservationSegment segment)
    {
        int gap = row.Text.IndexOf(' ', StringComparison.Ordinal);
        string tag = gap < 0 ? row.Text : row.Text[..gap], text = gap < 0 ? "" : row.Text[(gap + 1)..];
        if (tag != _tag)
        {
            Finish();
            if (_times.Read(Encoding.Latin1.GetBytes(tag), out var epoch) is { } wrong)
            {
                Refuse(row, row.Name, $"epoch: {wrong}", "correct the epoch");
                return;
            }
            int point = tag.IndexOf('.', StringComparison.Ordinal);
            (_tag, _time) = (tag, new ObservationTime(epoch, point < 0 ? 1 : Math.Pow(10, 1 - (tag.TrimEnd('Z').Length - point))) { System = segment.System, Event = segment.Event });
        }
        if (segment.WhyNot(row.Name) is { } why)
        {
            if (_told.Add($"segment {row.Name}")) Refuse(row, row.Name, $"refused in this segment: {why}", "give it in another way");
            return;
        }
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
        {
            Refuse(row, row.Name, "not a finite number", "correct the value");
            return;
        }
        Take(row, segment, text, value);
    }

    private void Take(NdmEvent row, ObservationSegment segment, string text, double value)
    {
        switch (row.Name)
        {
            case "RANGE":
                _range = segment.RangeKm(value);
                break;
            case "DOPPLER_INSTANTANEOUS":
                _rate = segment.RangeRateKmPerS(value);
                break;
            case "ANGLE_1" when segment.Kind is not null:
                _angle1 = value + segment.Correction1;
                break;
            case "ANGLE_2" when segment.Kind is not null:
                _angle2 = value + segment.Correction2;
                break;
            case "MAG":
                _magnitude = value;
                break;
            default:
                _extra.Add(new(row.Name, text));
                break;
        }
    }

    private void Finish()
    {
        string tag = _tag;
        _tag = "";
        if (tag.Length == 0 || _segment is not { } segment) return;
        AnglePair? angles = null;
        if (_angle1 is { } first && _angle2 is { } second) angles = new AnglePair(segment.Kind!.Value, AnglePair.Turned(first), second) { Equinox = segment.Equinox };
        else
        {
            // One angle alone, as in files that are sorted by keyword.
            if (_angle1 is { } alone) _extra.Add(new("ANGLE_1", alone.ToString("R", CultureInfo.InvariantCulture)));
            if (_angle2 is { } other) _extra.Add(new("ANGLE_2", other.ToString("R", CultureInfo.InvariantCulture)));
        }
        bool hasAngle = _extra.Exists(field => field.Key.StartsWith("ANGLE_", StringComparison.Ordinal));
        if (hasAngle && segment.AngleType is not null) _extra.Add(new(ObservationNdm.AngleType, segment.AngleType));
        if ((hasAngle || angles?.Equinox == Equinox.Other) && segment.Frame is not null) _extra.Add(new(ObservationNdm.ReferenceFrame, segment.Frame));
        if (_range is not null || _rate is not null || angles is not null || _magnitude is not null || _extra.Count > 0)
        {
            var record = new ObservationRecord
            {
                Target = segment.Target,
                Station = new ObservingStation(segment.Station),
                Time = _time,
                Angles = angles,
                RangeKm = _range,
                RangeRateKmPerS = _rate,
                Appearance = _magnitude is { } magnitude ? new Appearance(null as string) { Magnitude = magnitude } : null,
                Extra = _extra.Count == 0 ? KeyedFields.None : new KeyedFields(_extra),
            };
            if (to.Write(record) is { } issue && (_issue is null || issue.Severity == IssueSeverity.Refused)) _issue = issue;
        }
        (_range, _rate, _angle1, _angle2, _magnitude) = (null, null, null, null, null);
        _extra.Clear();
    }

    private void Refuse(NdmEvent at, string field, string reason, string remedy)
        => _issue = new ReadIssue(options.FileName, at.Line, IssueSeverity.Refused, field, ReadIssue.Show(Encoding.UTF8.GetBytes(at.Text)), reason, remedy) { Column = at.Column };
}
