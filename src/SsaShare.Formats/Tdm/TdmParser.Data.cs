using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Data sections: lines of one epoch, standing together, become one observation.</summary>
internal sealed partial class TdmParser
{
    private readonly TimeTags _timeTags = new();
    private readonly byte[] _tag = new byte[options.MaxLineBytes];
    private readonly RecentObservations _recent = new();
    private readonly HashSet<string> _notKeptReported = [];
    private TdmSegmentRules? _rules;
    private bool _refused;
    private TdmQuantity _refusalReported;

    // The observation being put together. A poisoned one has lost a line and is not given.
    private int _tagLength;
    private Epoch _epoch;
    private bool _poisoned;
    private TdmMeasurement _measurement;
    private long _firstLine, _lastLine;

    private void StartData(TdmSegmentRules rules)
    {
        _timeTags.System = rules.Segment.TimeSystem;
        _recent.Begin(rules.Segment);
        _notKeptReported.Clear();
        _refusalReported = TdmQuantity.None;
        (_tagLength, _poisoned) = (0, false);
    }

    private void DataLine(ReadOnlySpan<byte> line, long number)
    {
        if (_rules is null && !line.SequenceEqual("META_START"u8)) _parts?.SegmentData(line);
        if (!TrySplit(line, out var keyword, out var value))
        {
            if (IsComment(line, out _)) return;
            StructureInData(line, number);
        }
        else if (_rules is null) Summary.LinesNotKept++;
        else if (IsComment(line, out _)) return;
        else Measurement(_rules, keyword, value, line, number);
    }

    private void StructureInData(ReadOnlySpan<byte> line, long number)
    {
        bool ends = line.SequenceEqual("DATA_STOP"u8), starts = line.SequenceEqual("META_START"u8);
        if (ends || starts) Finish();
        else if (_rules is not null)
        {
            var issue = Report(number, IssueSeverity.Refused, "line", ReadIssue.Show(line), "not of the form KEYWORD = epoch value", "correct or remove it");
            _parts?.Alone(line, issue, isInData: true);
        }
        if (ends) _parts?.EndSegment([]);
        if (ends && _place != Place.Stopped) (_place, _strayReported, _rules) = (Place.BetweenSegments, false, null);
        if (!starts) return;
        _parts?.EndSegment("DATA_STOP\n"u8);
        Report(number, IssueSeverity.Notice, "META_START", "", "the data before it have no DATA_STOP", "end them");
        StartSegment(number);
    }

    private void Measurement(TdmSegmentRules rules, ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> line, long number)
    {
        var quantity = TdmDataKeyword.Classify(keyword);
        int gap = rest.IndexOfAny((byte)' ', (byte)'\t');
        if (quantity == TdmQuantity.None)
        {
            var issue = Report(number, IssueSeverity.Refused, ReadIssue.Show(keyword), ReadIssue.Show(rest), "not a data keyword of CCSDS 503.0-B-2", "correct or remove the line");
            _parts?.Alone(line, issue, isInData: true);
        }
        else if ((quantity & rules.Refused) != 0) PassOver(rules, quantity, line);
        else if (gap < 0) MissingValue(keyword, rest, line, number);
        else if (quantity == TdmQuantity.NotKept) NotKept(keyword, rest[..gap], Trim(rest[gap..]), number);
        else if (Begin(keyword, rest[..gap], line, number)) Take(rules, quantity, Trim(rest[gap..]), number);
    }

    /// <summary>Without an epoch the line belongs to no observation, with one it spoils that observation.</summary>
    private void MissingValue(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> line, long number)
    {
        const string Reason = "expected an epoch and a value", Remedy = "give both";
        if (tag.IsEmpty)
        {
            var issue = Report(number, IssueSeverity.Refused, ReadIssue.Show(keyword), "", Reason, Remedy);
            _parts?.Alone(line, issue, isInData: true);
        }
        else if (Begin(keyword, tag, line, number)) Lose(number, ReadIssue.Show(keyword), tag, Reason, Remedy);
    }

    /// <summary>Makes the line's epoch the current one; finishes the observation before it when it differs.</summary>
    private bool Begin(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> line, long number)
    {
        if (tag.SequenceEqual(_tag.AsSpan(0, _tagLength)))
        {
            _lastLine = number;
            _parts?.Observation(line);
            return !_poisoned;
        }
        Finish();
        _parts?.StartObservation();
        _parts?.Observation(line);
        tag.CopyTo(_tag);
        (_tagLength, _measurement, _poisoned, _firstLine, _lastLine) = (tag.Length, default, false, number, number);
        if (_timeTags.Read(tag, out _epoch) is { } wrong) Lose(number, ReadIssue.Show(keyword), tag, $"epoch: {wrong}", "correct the epoch");
        else if (_epoch < TdmLimits.Earliest) Lose(number, ReadIssue.Show(keyword), tag, "epoch: before the first satellite", "correct the epoch");
        else if (_epoch > options.Now.Plus(TimeSpan.FromDays(1))) Lose(number, ReadIssue.Show(keyword), tag, "epoch: more than a day in the future", "correct the epoch or the clock", mayPass: true);
        return !_poisoned;
    }

    private void Take(TdmSegmentRules rules, TdmQuantity quantity, ReadOnlySpan<byte> text, long number)
    {
        string Name() => TdmDataKeyword.Name(quantity);
        if (!TryNumber(text, out double value))
        {
            Lose(number, Name(), text, "not a finite number", "correct the value");
            return;
        }
        if (rules.Convert(quantity, value, out double converted) is { } implausible)
        {
            Lose(number, Name(), text, implausible, "correct the value or its units");
            return;
        }
        if (_measurement.Get(quantity) is not { } before) _measurement.Set(quantity, converted);
        else if (before == converted) Report(number, IssueSeverity.Notice, Name(), ReadIssue.Show(text), "the line is there twice", "remove one");
        else Lose(number, Name(), text, "a second, different value for one epoch", "find out which is right");
    }

    private void Finish()
    {
        int tagLength = _tagLength;
        _tagLength = 0;
        if (tagLength == 0) return;
        if (_poisoned) _parts?.EndObservation();
        if (_poisoned || _measurement.Has == TdmQuantity.None || _rules is null) return;
        if (_recent.Clash(_epoch, _measurement, _firstLine) is { } earlier)
        {
            Lose(_firstLine, "observation", _tag.AsSpan(0, tagLength), earlier.Agrees ? $"repeats that of line {earlier.Line}" : $"contradicts that of line {earlier.Line}", earlier.Agrees ? "remove one" : "find out which is right");
            _parts?.EndObservation();
            return;
        }
        Summary.Observations++;
        var observation = new Observation(_rules.Segment.Sensor, _epoch, _measurement.RangeKm, _measurement.AzimuthRad, _measurement.ElevationRad,
            _measurement.RangeRateKmPerS, _rules.Segment.ObjectTag);
        items.Add(new TdmItem(observation, null, _rules.Segment, _firstLine, _lastLine));
    }

    /// <summary>Reports a line and gives up the observation it belongs to.</summary>
    private void Lose(long number, string field, ReadOnlySpan<byte> value, string reason, string remedy, bool mayPass = false)
    {
        if (!_poisoned) Summary.ObservationsRefused++;
        _poisoned = true;
        var issue = Report(number, IssueSeverity.Refused, field, ReadIssue.Show(value), reason, remedy, mayPass);
        _parts?.ObservationIssue(issue);
    }

    /// <summary>The file ends inside a data section: its last line may be cut, and with it the last observation.</summary>
    private void CutOff()
    {
        bool open = _tagLength > 0 && !_poisoned && _rules is not null;
        if (open) Lose(_lastLine, "observation", _tag.AsSpan(0, _tagLength), "the file ends before DATA_STOP, so this observation may be cut", "send the whole file");
        _parts?.EndObservation();
        if (open) return;
        var issue = Report(Summary.Lines, IssueSeverity.Refused, "segment", "", "the file ends before DATA_STOP", "send the whole file");
        if (_rules is null) _parts?.SegmentIssue(issue);
        else _parts?.Nothing(issue);
    }

    private void PassOver(TdmSegmentRules rules, TdmQuantity quantity, ReadOnlySpan<byte> line)
    {
        Summary.LinesNotKept++;
        ReadIssue? issue = null;
        if ((_refusalReported & quantity) == 0)
        {
            _refusalReported |= (quantity & TdmQuantity.Angles) != 0 ? TdmQuantity.Angles : quantity;
            issue = ReportRefused(rules.WhyRefused(quantity), quantity);
        }
        _parts?.Passed(line, issue);
    }

    private ReadIssue? ReportRefused(in TdmComplaint why, TdmQuantity quantity)
        => Report(why.Line, IssueSeverity.Refused, why.Field, why.Value, $"{TdmDataKeyword.Name(quantity)} refused in this segment: {why.Reason}", why.Remedy);

    private void NotKept(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> text, long number)
    {
        Summary.LinesNotKept++;
        string name = ReadIssue.Show(keyword);
        if (_timeTags.Read(tag, out _) is { } wrong) Report(number, IssueSeverity.Notice, name, ReadIssue.Show(tag), $"epoch: {wrong}", "correct the epoch");
        else if (!TryNumber(text, out _)) Report(number, IssueSeverity.Notice, name, ReadIssue.Show(text), "not a finite number", "correct the value");
        else if (_notKeptReported.Add(name)) Report(number, IssueSeverity.Notice, name, "", "this kind of measurement is not kept; reported once for each segment", "nothing to do");
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out double value)
        => double.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
