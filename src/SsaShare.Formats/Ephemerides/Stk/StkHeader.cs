using System.Text;

namespace SsaShare.Formats;

/// <summary>What the keywords of an STK ephemeris file say.</summary>
internal sealed class StkHeader
{
    private const int BlockBytesMax = 64 * 1024;
    private readonly List<EphemerisField> _kept = [];
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
    private StringBuilder? _block;
    private EphemerisSegment _segment = new() { FrameName = "Fixed", TimeSystem = EphemerisTimeSystem.Utc };
    private string? _blockName;

    /// <summary>Power of ten from the file's lengths to kilometres.</summary>
    public int Shift { get; private set; } = -3;

    /// <summary>True for the lower one, false for the upper one; null when it is not told.</summary>
    public bool? CovarianceTriangle { get; private set; }

    /// <summary>Takes a keyword's value.</summary>
    /// <returns>Null; an empty text when the keyword is not known; otherwise what is wrong.</returns>
    public string? Set(string keyword, ReadOnlySpan<byte> bytes, bool isStrict)
    {
        if (_seen.Count > 100) return "more than 100 keywords";
        if (!_seen.Add(keyword)) return "given twice";
        string value = Encoding.UTF8.GetString(bytes.Trim("\""u8));
        bool Is(string name) => StkKeywords.Is(name, keyword);
        if (Is("NumberOfEphemerisPoints")) return Whole(bytes, out long count) ?? Do(_segment with { EpochCount = count });
        if (Is("ScenarioEpoch")) return StkKeywords.ReadDate(bytes, out var epoch) ?? Do(_segment with { ReferenceTime = epoch });
        if (Is("CoordinateSystemEpoch")) return StkKeywords.ReadDate(bytes, out var frameEpoch) ?? Do(_segment with { FrameEpoch = frameEpoch });
        if (Is("CentralBody")) return value.Length == 0 ? "no name" : Do(_segment with { Center = value.ToUpperInvariant() });
        if (Is("CoordinateSystem"))
        {
            if (StkKeywords.Frame(value, "EARTH") is null && isStrict) return "no coordinate system of STK's";
            string? usual = Array.Find(StkKeywords.Frames, frame => StkKeywords.Is(frame.Name, value)).Name;
            if (StkKeywords.Frame(value, "EARTH") is null) _kept.Add(new EphemerisField("STK_CoordinateSystem", value));
            return value.Length == 0 ? "no name" : Do(_segment with { FrameName = usual ?? value });
        }
        if (Is("InterpolationMethod")) return Interpolation(value, isStrict);
        if (Is("TimeFormat")) return StkKeywords.Is("EpSec", value) || StkKeywords.Is("EpochSeconds", value) ? null : "only seconds since ScenarioEpoch are read";
        if (Is("TimeScale") && !StkKeywords.Is("TAI", value)) return "only seconds of TAI are read";
        if (Is("DistanceUnit") && !TryUnit(value)) return "only Meters and Kilometers are read";
        if (Is("CovarianceFormat"))
        {
            CovarianceTriangle = StkKeywords.Is("LowerTriangular", value) ? true : StkKeywords.Is("UpperTriangular", value) ? false : null;
            return CovarianceTriangle is null ? "neither LowerTriangular nor UpperTriangular" : null;
        }
        if (Is("InterpolationSamplesM1") || (Is("InterpolationOrder") && _segment.InterpolationDegree is null))
        {
            if (Whole(bytes, out long degree) is { } wrong) return wrong;
            if (degree > 1_000) return "more than 1000";
            _segment = _segment with { InterpolationDegree = (int)degree };
        }
        if (StkKeywords.Known(StkKeywords.Kept, keyword) is not { } usualName) return "";
        _kept.Add(new EphemerisField("STK_" + usualName, value));
        return null;
    }

    /// <summary>Keeps a keyword that is not known.</summary>
    public void Keep(string keyword, ReadOnlySpan<byte> value) => _kept.Add(new EphemerisField("STK_" + keyword, Encoding.UTF8.GetString(value)));

    /// <returns>False when it has no name or is that of the points.</returns>
    public bool BeginBlock(string name)
    {
        if (name.Length is 0 or > 100 || StkKeywords.Is("Ephemeris", name) || name.Contains(' ', StringComparison.Ordinal)) return false;
        (_blockName, _block) = (name, new StringBuilder());
        _kept.Add(new EphemerisField("STK_BEGIN_" + name, ""));
        return true;
    }

    /// <returns>Null, or what is wrong.</returns>
    public string? AddToBlock(ReadOnlySpan<byte> line)
    {
        if (_block!.Length + line.Length > BlockBytesMax) return $"longer than {BlockBytesMax} bytes";
        if (StkKeywords.Is("SegmentBoundaryTimes", _blockName!) && CpfHeader.Numbers(line, 1, int.MaxValue) is null) return "no number of seconds";
        if (_block.Length > 0) _block.Append('\n');
        _block.Append(Encoding.UTF8.GetString(line));
        _kept[^1] = _kept[^1] with { Value = _block.ToString() };
        return null;
    }

    /// <returns>Null and the segment, or what is missing.</returns>
    public string? Segment(EphemerisCoordinates coordinates, bool isStrict, out EphemerisSegment? segment)
    {
        segment = null;
        if (_segment.ReferenceTime is null) return "there is no ScenarioEpoch, so the times are not known";
        var frame = StkKeywords.Frame(_segment.FrameName, _segment.Center);
        if (frame is null && isStrict) return "CoordinateSystem is none of STK's";
        segment = _segment with { Coordinates = coordinates, Frame = frame ?? EphemerisFrame.Other, Extras = new EphemerisFields(_kept) };
        return null;
    }

    private string? Interpolation(string value, bool isStrict)
    {
        string[] words = value.Split(' ', 2, StringSplitOptions.TrimEntries);
        if (words[0].Length == 0 || (isStrict && StkKeywords.Known(StkKeywords.Interpolations, words[0]) is null)) return "no interpolation of STK's";
        if (words.Length > 1) _kept.Insert(0, new EphemerisField("STK_InterpolationParameter", words[1]));
        return Do(_segment with { Interpolation = words[0].ToUpperInvariant() });
    }

    private bool TryUnit(string value)
    {
        if (StkKeywords.Is("Kilometers", value)) Shift = 0;
        else if (!StkKeywords.Is("Meters", value)) return false;
        return true;
    }

    private string? Do(EphemerisSegment segment)
    {
        _segment = segment;
        return null;
    }

    private static string? Whole(ReadOnlySpan<byte> value, out long whole) => ShiftedDecimal.TryInteger(value, out whole) && whole >= 0 ? null : "no whole number";
}
