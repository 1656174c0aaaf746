using System.Text;

namespace SsaShare.Formats;

/// <summary>What the records H1 to H5 of a laser ranging prediction say.</summary>
internal sealed class CpfHeader
{
    private readonly List<EphemerisField> _extras = [];
    private EphemerisSegment? _segment;
    private string? _name;
    private int _version;

    public EphemerisHeader Header { get; private set; } = new();

    public bool HasH2 => _segment is not null;

    /// <returns>Null, or what is wrong.</returns>
    public string? ReadH1(ref Words words, bool isStrict)
    {
        if (!TryWhole(ref words, 1, 99, out long version) || (version > 2 && isStrict)) return "the version is not 1 or 2";
        _version = (int)version;
        if (!words.Next(out var source)) return "the source is missing";
        string from = Encoding.UTF8.GetString(source);
        if (!TryWhole(ref words, 1900, 2250, out long year) | !TryWhole(ref words, 1, 12, out long month) | !TryWhole(ref words, 1, 31, out long day) | !TryWhole(ref words, 0, 24, out long hour))
            return "year, month, day or hour is missing or no such";
        if (EphemerisTime.TryCreate(year, month, day, hour % 24, 0, 0, EphemerisTimeSystem.Utc, out var created) is { } wrong) return wrong;
        if (hour == 24 && !created.TryAdd(86_400, EphemerisTimeSystem.Tai, out created)) return "the day has no such hour";
        var extras = new List<EphemerisField>();
        if (!TryWhole(ref words, 0, 99_999, out long sequence)) return "the sequence number is missing or no number";
        extras.Add(new EphemerisField("CPF_SEQUENCE", FormattableString.Invariant($"{sequence}")));
        if (_version >= 2)
        {
            if (!TryWhole(ref words, 0, 99, out long subdaily)) return "the sub-daily sequence number is missing or no number";
            extras.Add(new EphemerisField("CPF_SUBDAILY_SEQUENCE", FormattableString.Invariant($"{subdaily}")));
        }
        if (!words.Next(out var name)) return "the target's name is missing";
        _name = Encoding.UTF8.GetString(name);
        if (!words.Rest.IsEmpty) extras.Add(new EphemerisField("CPF_NOTES", Encoding.UTF8.GetString(words.Rest)));
        Header = new EphemerisHeader { Version = FormattableString.Invariant($"{version}"), Source = from, Created = created, Extras = new EphemerisFields(extras) };
        return null;
    }

    /// <returns>Null, or what is wrong.</returns>
    public string? ReadH2(ref Words words)
    {
        if (HasH2) return "a second H2 record";
        if (!words.Next(out var id)) return "the satellite's number is missing";
        string satellite = Encoding.UTF8.GetString(id);
        string? cospar = CosparIds.FromDigits(id);
        if (!words.Next(out var sic) || !ShiftedDecimal.TryInteger(sic, out _)) return "the SIC is missing or no number";
        _extras.Add(new EphemerisField("CPF_SATELLITE_ID", satellite));
        _extras.Add(new EphemerisField("CPF_SIC", Encoding.UTF8.GetString(sic)));
        if (!TryWhole(ref words, -1, 999_999_999, out long norad)) return "the NORAD number is missing or no number";
        if (ReadTime(ref words, out var start) is { } wrongStart) return $"start: {wrongStart}";
        if (ReadTime(ref words, out var stop) is { } wrongStop) return $"end: {wrongStop}";
        if (!words.Next(out var stepText) || !ShiftedDecimal.TryDecimal(stepText, out decimal step) || step is < 0 or > 1_000_000) return "the time between entries is missing or no number of seconds";
        if (!TryCode(ref words, "CPF_COMPATIBILITY") || !TryCode(ref words, "CPF_TARGET_CLASS")) return "compatibility or target class is missing or no number";
        if (!TryWhole(ref words, 0, 2, out long frame)) return "the reference frame is not 0, 1 or 2";
        if (!TryCode(ref words, "CPF_ROTATION_ANGLES") || !TryCode(ref words, "CPF_CENTER_OF_MASS")) return "the type of rotation angles or the centre of mass flag is missing or no number";
        if (_version >= 2 && !TryCode(ref words, "CPF_TARGET_LOCATION")) return "the target's location is missing or no number";
        if (!words.Rest.IsEmpty) return "there is more after the last field";
        _segment = new EphemerisSegment
        {
            ObjectName = _name,
            CosparId = cospar,
            NoradId = norad > 0 ? norad : null,
            Frame = frame switch { 0 => EphemerisFrame.Itrf, 1 => EphemerisFrame.TrueOfDate, _ => EphemerisFrame.Eme2000 },
            FrameName = FormattableString.Invariant($"{frame}"),
            TimeSystem = EphemerisTimeSystem.Utc,
            Start = start,
            Stop = stop,
            StepSeconds = step,
        };
        if (norad <= 0) _extras.Add(new EphemerisField("CPF_NORAD", FormattableString.Invariant($"{norad}")));
        return null;
    }

    /// <summary>A header record of numbers, kept with its digits.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public string? ReadNumbers(string key, ReadOnlySpan<byte> values, int least, int most)
    {
        if (_extras.Exists(field => field.Key == key)) return "a second record of this kind";
        if (Numbers(values, least, most) is not { } numbers) return Expected(least);
        _extras.Add(new EphemerisField(key, numbers));
        return null;
    }

    public EphemerisSegment Segment() => _segment! with { Extras = new EphemerisFields(_extras) };

    /// <summary>The words with one blank between them.</summary>
    /// <returns>Null when one is no number or they are too few or many.</returns>
    public static string? Numbers(ReadOnlySpan<byte> values, int least, int most)
    {
        var words = new Words(values);
        var text = new StringBuilder();
        int count = 0;
        for (; words.Next(out var word); count++)
        {
            if (count == most || !ShiftedDecimal.TryDouble(word, 0, out _)) return null;
            text.Append(count == 0 ? "" : " ").Append(Encoding.ASCII.GetString(word));
        }
        return count < least ? null : text.ToString();
    }

    public static string Expected(int numbers) => numbers == 1 ? "a number is expected" : $"{numbers} numbers are expected";

    private static string? ReadTime(ref Words words, out EphemerisTime time)
    {
        time = default;
        Span<long> parts = stackalloc long[6];
        for (int i = 0; i < parts.Length; i++)
            if (!ShiftedDecimal.TryInteger(words.Next(), out parts[i])) return "six whole numbers are expected";
        return EphemerisTime.TryCreate(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], EphemerisTimeSystem.Utc, out time);
    }

    private bool TryCode(ref Words words, string key)
    {
        if (!words.Next(out var word) || word.Length > 4 || !ShiftedDecimal.TryInteger(word, out _)) return false;
        _extras.Add(new EphemerisField(key, Encoding.ASCII.GetString(word)));
        return true;
    }

    private static bool TryWhole(ref Words words, long least, long most, out long value)
        => ShiftedDecimal.TryInteger(words.Next(), out value) && value >= least && value <= most;
}
