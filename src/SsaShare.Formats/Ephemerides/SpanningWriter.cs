namespace SsaShare.Formats;

/// <summary>
/// Before a writer whose format says at the beginning of a segment when it begins and ends: where the source did not say, the segment is held until it is over.
/// </summary>
/// <param name="needsGrid">The format also says how many epochs there are and how far apart.</param>
internal sealed class SpanningWriter(IFormatWriter<EphemerisItem> inner, FormatWriteOptions options, bool needsGrid = false) : IFormatWriter<EphemerisItem>
{
    /// <summary>Most items of a segment that are held.</summary>
    public const int HeldMax = 1_000_000;

    private readonly List<EphemerisItem> _held = [];
    private EphemerisSegment? _segment;
    private bool _isOver;
    private long _count;

    public ReadIssue? Write(EphemerisItem value)
    {
        _count++;
        if (value is EphemerisSegment segment)
        {
            var issue = Release();
            _isOver = false;
            if (segment is { Start: not null, Stop: not null, StepSeconds: not null } && (!needsGrid || segment.EpochCount is not null)) return issue ?? inner.Write(segment);
            _segment = segment;
            return issue;
        }
        if (_segment is null) return inner.Write(value);
        if (value is EphemerisSegmentEnd)
        {
            _held.Add(value);
            return Release();
        }
        if (_held.Count < HeldMax)
        {
            _held.Add(value);
            return null;
        }
        bool isFirst = !_isOver;
        _isOver = true;
        return isFirst ? new ReadIssue(options.FileName, _count, IssueSeverity.Refused, "segment", "", $"more than {HeldMax} points in a segment that does not say where it ends", "give start and end in its header, or cut it") : null;
    }

    public void Complete()
    {
        Release();
        inner.Complete();
    }

    private ReadIssue? Release()
    {
        if (_segment is not { } segment) return null;
        _segment = null;
        var issue = inner.Write(Completed(segment));
        foreach (var item in _held) issue = Joined(issue, inner.Write(item));
        _held.Clear();
        return issue;
    }

    private EphemerisSegment Completed(EphemerisSegment segment)
    {
        EphemerisTime? first = null, second = null, last = null, before = null;
        long epochs = 0;
        foreach (var point in _held.OfType<EphemerisPoint>())
        {
            if (first is null || point.Time < first) first = point.Time;
            if (last is null || point.Time > last) last = point.Time;
            if (second is null && before is { } earlier && point.Time > earlier) second = point.Time;
            if (before != point.Time) epochs++;
            before = point.Time;
        }
        decimal? step = first is { } from && second is { } to ? to.SecondsSince(from, segment.TimeSystem) : null;
        return segment with { Start = segment.Start ?? first, Stop = segment.Stop ?? last, StepSeconds = segment.StepSeconds ?? step ?? 0, EpochCount = segment.EpochCount ?? epochs };
    }

    /// <summary>The first refusal, or all notices as one.</summary>
    private static ReadIssue? Joined(ReadIssue? one, ReadIssue? other)
    {
        if (one is null || other is null) return one ?? other;
        if (one.Severity == IssueSeverity.Refused || other.Severity == IssueSeverity.Refused) return one.Severity == IssueSeverity.Refused ? one : other;
        return one with { Field = $"{one.Field}, {other.Field}", Value = "", Reason = $"{one.Reason}; {other.Reason}" };
    }
}
