using System.Text;

namespace SsaShare.Formats;

/// <summary>
/// Writes element sets of two lines, or of three with "0 NAME" first. What columns cannot hold is refused; decimals beyond them are rounded, with a notice.
/// </summary>
/// <param name="named">Whether a line with the name stands before each.</param>
internal sealed class TleWriter(Stream stream, FormatWriteOptions options, bool named) : IFormatWriter<MeanElements>
{
    /// <summary>10^-8 days, the last decimal of an epoch, in nanoseconds.</summary>
    internal const long NanosecondsPerEpochUnit = 864_000;

    private const long EpochUnitsPerDay = 100_000_000;
    private readonly TleYears _years = new(options.Now);
    private readonly byte[] _lines = new byte[2 * (TleDecoder.LineColumns + 1)];
    private readonly List<string> _lost = [];
    private long _line = 1;
    private bool _toldName, _toldFurther;

    public ReadIssue? Write(MeanElements value)
    {
        _lost.Clear();
        _lines.AsSpan().Fill((byte)' ');
        if (Fill(value) is { } refusal) return refusal;
        string? name = value.ObjectName;
        if (named) WriteName(name ?? "");
        else if (name is not null && !_toldName)
        {
            _toldName = true;
            _lost.Add("OBJECT_NAME (told once for the file)");
        }
        if (value.Further.Count > 0 && !_toldFurther)
        {
            _toldFurther = true;
            _lost.Add($"{value.Further[0].Keyword} and other keywords (told once for the file)");
        }
        stream.Write(_lines);
        var notice = _lost.Count == 0 ? null : new ReadIssue(options.FileName, _line, IssueSeverity.Notice, _lost[0].Split(' ')[0], $"{value.NoradCatId}", $"not all of it has a place in an element set: {string.Join(", ", _lost)}", "write OMM to keep it");
        _line += 2;
        return notice;
    }

    public void Complete()
    {
        // A file of element sets ends with its last line.
    }

    /// <returns>Why the columns cannot hold it; null when they are filled.</returns>
    private ReadIssue? Fill(MeanElements value)
    {
        if (value.Unconventional is { } other) return Refuse(other, $"{value.CenterName} {value.ReferenceFrame} {value.TimeSystem} {value.MeanElementTheory}", "element sets are about the EARTH, in TEME, UTC, for SGP4, or with ephemeris type 4 for SGP4-XP");
        if (value.NoradCatId is not { } number) return Refuse("NORAD_CAT_ID", "", "element sets need a catalog number");
        var first = _lines.AsSpan(0, TleDecoder.LineColumns);
        var second = _lines.AsSpan(TleDecoder.LineColumns + 1, TleDecoder.LineColumns);
        (first[0], second[0]) = ((byte)'1', (byte)'2');
        _lines[TleDecoder.LineColumns] = _lines[^1] = (byte)'\n';
        if (!CatalogNumber.TryWriteAlpha5(number, first[2..7])) return Refuse("NORAD_CAT_ID", $"{number}", $"outside 0 to {CatalogNumber.Alpha5Max}, which is what five columns hold");
        first[2..7].CopyTo(second[2..7]);
        if (value.ClassificationType is { } classification)
        {
            if (!char.IsAsciiLetterUpper(classification)) return Refuse("CLASSIFICATION_TYPE", $"{classification}", "not a letter");
            first[7] = (byte)classification;
        }
        if (value.ObjectId is { } id && !CosparId.TryWrite(id, _years, first[9..17])) _lost.Add("OBJECT_ID");
        bool isXp = value.EphemerisType == MeanElements.XpType;
        if (!isXp && (value.BTermM2PerKg ?? value.AgomM2PerKg) is not null) return Refuse("BTERM", "", "only ephemeris type 4 has columns for BTERM and AGOM");
        if (isXp && (value.BStarPerEarthRadii ?? value.MeanMotionDDotRevPerDay3) is not null) return Refuse("BSTAR", "", "ephemeris type 4 has BTERM and AGOM in the columns of BSTAR and MEAN_MOTION_DDOT");
        var refusal = FillEpoch(value.Epoch, first[18..32])
            ?? FillDot(value.MeanMotionDotRevPerDay2, first[33..43])
            ?? FillImplied(isXp ? value.AgomM2PerKg : value.MeanMotionDDotRevPerDay3, isXp ? "AGOM" : "MEAN_MOTION_DDOT", first[44..52])
            ?? FillImplied(isXp ? value.BTermM2PerKg : value.BStarPerEarthRadii, isXp ? "BTERM" : "BSTAR", first[53..61])
            ?? FillInteger(value.EphemerisType, "EPHEMERIS_TYPE", first[62..63])
            ?? FillInteger(value.ElementSetNumber, "ELEMENT_SET_NO", first[64..68])
            ?? FillAngle(value.InclinationDeg, "INCLINATION", 180, second[8..16])
            ?? FillAngle(value.RightAscensionOfNodeDeg, "RA_OF_ASC_NODE", 360, second[17..25])
            ?? FillEccentricity(value.Eccentricity, second[26..33])
            ?? FillAngle(value.ArgumentOfPericenterDeg, "ARG_OF_PERICENTER", 360, second[34..42])
            ?? FillAngle(value.MeanAnomalyDeg, "MEAN_ANOMALY", 360, second[43..51])
            ?? FillMeanMotion(value.MeanMotionRevPerDay, second[52..63])
            ?? FillInteger(value.RevolutionAtEpoch, "REV_AT_EPOCH", second[63..68]);
        if (refusal is not null) return refusal;
        first[68] = (byte)('0' + TleDecoder.Checksum(first));
        second[68] = (byte)('0' + TleDecoder.Checksum(second));
        return null;
    }

    private ReadIssue? FillEpoch(ElementEpoch epoch, Span<byte> columns)
    {
        if (epoch.NanosecondOfDay >= 86_400_000_000_000) return Refuse("EPOCH", epoch.ToString(), "element sets have no leap seconds");
        long units = (epoch.NanosecondOfDay + NanosecondsPerEpochUnit / 2) / NanosecondsPerEpochUnit;
        if (units * NanosecondsPerEpochUnit != epoch.NanosecondOfDay) _lost.Add("EPOCH");
        var day = epoch.Day;
        if (units == EpochUnitsPerDay) (units, day) = (0, day.AddDays(1));
        if (_years.Of(day.Year % 100) != day.Year) return Refuse("EPOCH", epoch.ToString(), "two digits do not say which century this year is of");
        ElementEpochText.Digits(columns[..2], day.Year % 100);
        ElementEpochText.Digits(columns[2..5], day.DayOfYear);
        columns[5] = (byte)'.';
        ElementEpochText.Digits(columns[6..], units);
        return null;
    }

    private ReadIssue? FillDot(double? value, Span<byte> columns)
    {
        if (value is not { } dot) return null;
        long scaled = Scale(dot, 8, "MEAN_MOTION_DOT");
        if (Math.Abs(scaled) >= 100_000_000) return Refuse("MEAN_MOTION_DOT", Show(dot), "as large as 1 or larger");
        columns[0] = (byte)(double.IsNegative(dot) ? '-' : ' ');
        columns[1] = (byte)'.';
        ElementEpochText.Digits(columns[2..], Math.Abs(scaled));
        return null;
    }

    private ReadIssue? FillImplied(double? value, string field, Span<byte> columns)
    {
        if (value is not { } number) return null;
        if (!TleImplied.TrySplit(Math.Abs(number), out long mantissa, out int power, out bool isExact)) return Refuse(field, Show(number), "beyond what five digits and a power of ten from -9 to 9 hold");
        if (!isExact) _lost.Add(field);
        columns[0] = (byte)(double.IsNegative(number) ? '-' : ' ');
        ElementEpochText.Digits(columns[1..6], mantissa);
        columns[6] = (byte)(power > 0 || power == 0 && mantissa != 0 ? '+' : '-');
        columns[7] = (byte)('0' + Math.Abs(power));
        return null;
    }

    private ReadIssue? FillInteger(long? value, string field, Span<byte> columns)
    {
        if (value is not { } number) return null;
        Span<byte> digits = stackalloc byte[20];
        if (number < 0 || !number.TryFormat(digits, out int count) || count > columns.Length) return Refuse(field, $"{number}", $"needs more than {columns.Length} columns");
        digits[..count].CopyTo(columns[^count..]);
        return null;
    }

    private ReadIssue? FillAngle(double value, string field, int greatest, Span<byte> columns)
    {
        long scaled = Scale(value, 4, field);
        if (scaled < 0 && greatest == 360)
        {
            scaled += 3_600_000;
            _lost.Add($"{field} (one turn added)");
        }
        if (scaled < 0 || scaled > greatest * 10_000L) return Refuse(field, Show(value), $"outside 0 to {greatest} degrees");
        FillFixed(scaled, 4, columns);
        return null;
    }

    private ReadIssue? FillEccentricity(double value, Span<byte> columns)
    {
        long scaled = Scale(value, 7, "ECCENTRICITY");
        if (scaled is < 0 or > 9_999_999) return Refuse("ECCENTRICITY", Show(value), "outside 0 to 0.9999999");
        ElementEpochText.Digits(columns, scaled);
        return null;
    }

    private ReadIssue? FillMeanMotion(double value, Span<byte> columns)
    {
        long scaled = Scale(value, 8, "MEAN_MOTION");
        if (scaled is <= 0 or > 9_999_999_999) return Refuse("MEAN_MOTION", Show(value), "outside 0.00000001 to 99.99999999 revolutions per day");
        FillFixed(scaled, 8, columns);
        return null;
    }

    /// <summary>Right-aligned; blanks in place of zeros that lead.</summary>
    private static void FillFixed(long scaled, int decimals, Span<byte> columns)
    {
        int point = columns.Length - decimals - 1;
        ElementEpochText.Digits(columns[(point + 1)..], scaled % (long)Math.Pow(10, decimals));
        columns[point] = (byte)'.';
        ElementEpochText.Digits(columns[..point], scaled / (long)Math.Pow(10, decimals));
        for (int i = 0; i < point - 1 && columns[i] == '0'; i++) columns[i] = (byte)' ';
    }

    private long Scale(double value, int decimals, string field)
    {
        long scaled = DecimalText.Unscaled(value, decimals, out bool isExact);
        if (!isExact) _lost.Add(field);
        return scaled;
    }

    private void WriteName(string name)
    {
        // A line end within would begin another line.
        if (name.Any(char.IsControl) || name != name.Trim())
        {
            _lost.Add("OBJECT_NAME");
            name = new string([.. name.Select(c => char.IsControl(c) ? ' ' : c)]).Trim();
        }
        stream.Write("0 "u8);
        stream.Write(Encoding.UTF8.GetBytes(name));
        stream.Write("\n"u8);
        _line++;
    }

    private ReadIssue Refuse(string field, string value, string reason)
        => new(options.FileName, _line, IssueSeverity.Refused, field, value, $"no element set can hold it: {reason}", "write OMM");

    private static string Show(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
