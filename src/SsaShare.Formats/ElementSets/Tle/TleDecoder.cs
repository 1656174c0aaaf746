namespace SsaShare.Formats;

/// <summary>From the two lines of an element set to its elements; every column is checked, each fault is told.</summary>
internal sealed class TleDecoder(ElementOutput output)
{
    /// <summary>Columns of either line that are used.</summary>
    public const int LineColumns = 69;

    /// <summary>Columns, from 0, that separate fields.</summary>
    private static readonly int[] Blanks1 = [1, 8, 17, 32, 43, 52, 61, 63], Blanks2 = [1, 7, 16, 25, 33, 42, 51];

    private readonly TleYears _years = new(output.Options.Now);

    /// <param name="name">Null where the set has none.</param>
    /// <param name="first">Its bytes beyond the 69th column are not looked at.</param>
    /// <returns>Null, with refusals, when something is wrong.</returns>
    public MeanElements? Decode(string? name, ReadOnlySpan<byte> first, long firstLine, ReadOnlySpan<byte> second, long secondLine)
    {
        if (!CheckLine(first, firstLine, Blanks1) | !CheckLine(second, secondLine, Blanks2)) return null;
        long number = ReadNumber(first, firstLine), again = ReadNumber(second, secondLine);
        if (number != again && !output.IsRefused) Refuse(secondLine, 2, "NORAD_CAT_ID", second[2..7], $"not the number of line 1, {number}", "check that both lines are of one object");
        var epoch = ReadEpoch(first, firstLine);
        int? type = (int?)ReadInteger(first, 62, 63, firstLine, "EPHEMERIS_TYPE");
        bool isXp = type == MeanElements.XpType;
        double? ddot = ReadImplied(first, 44, firstLine, isXp ? "AGOM" : "MEAN_MOTION_DDOT"), drag = ReadImplied(first, 53, firstLine, isXp ? "BTERM" : "BSTAR");
        var elements = new MeanElements
        {
            ObjectName = name,
            NoradCatId = number,
            ClassificationType = ReadClassification(first[7], firstLine),
            ObjectId = ReadObjectId(first[9..17], firstLine),
            Epoch = epoch,
            MeanMotionDotRevPerDay2 = ReadSigned(first, firstLine),
            MeanMotionDDotRevPerDay3 = isXp ? null : ddot,
            AgomM2PerKg = isXp ? ddot : null,
            BStarPerEarthRadii = isXp ? null : drag,
            BTermM2PerKg = isXp ? drag : null,
            EphemerisType = type,
            MeanElementTheory = isXp ? MeanElements.XpTheory : "SGP4",
            ElementSetNumber = (int?)ReadInteger(first, 64, 68, firstLine, "ELEMENT_SET_NO"),
            InclinationDeg = ReadAngle(second, 8, 180, secondLine, "INCLINATION"),
            RightAscensionOfNodeDeg = ReadAngle(second, 17, 360, secondLine, "RA_OF_ASC_NODE"),
            Eccentricity = ReadEccentricity(second, secondLine),
            ArgumentOfPericenterDeg = ReadAngle(second, 34, 360, secondLine, "ARG_OF_PERICENTER"),
            MeanAnomalyDeg = ReadAngle(second, 43, 360, secondLine, "MEAN_ANOMALY"),
            MeanMotionRevPerDay = ReadMeanMotion(second, secondLine),
            RevolutionAtEpoch = ReadInteger(second, 63, 68, secondLine, "REV_AT_EPOCH"),
        };
        return output.IsRefused ? null : elements;
    }

    /// <summary>Sum of the digits, a minus counting one, modulo ten.</summary>
    public static int Checksum(ReadOnlySpan<byte> line)
    {
        uint sum = 0;
        foreach (byte b in line[..(LineColumns - 1)])
        {
            uint digit = (uint)b - '0';
            sum += digit <= 9 ? digit : b == '-' ? 1u : 0;
        }
        return (int)(sum % 10);
    }

    private bool CheckLine(ReadOnlySpan<byte> line, long number, int[] blanks)
    {
        if (line.Length < LineColumns) return Refuse(number, line.Length, "line", line, $"shorter than {LineColumns} columns", "send the line whole, with its checksum");
        int foreign = line[..LineColumns].IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        if (foreign >= 0) return Refuse(number, foreign, "line", line, "not printable ASCII", "correct it");
        int sum = Checksum(line);
        if (line[68] != '0' + sum)
        {
            if (!output.Options.TakesWrongChecksums) return Refuse(number, 68, "CHECKSUM", line[68..69], $"the checksum of the line is {sum}", "get the line anew: a digit of it is wrong");
            output.Notice(number, 69, "CHECKSUM", line[68..69], $"the checksum of the line is {sum}; taken as it stands", "get the line anew if nobody changed it on purpose: a digit of it may be wrong");
        }
        foreach (int column in blanks)
            if (line[column] != ' ') return Refuse(number, column, "line", line.Slice(column, 1), $"column {column + 1} is not blank", "check that fields stand in their columns");
        return true;
    }

    private long ReadNumber(ReadOnlySpan<byte> line, long number)
    {
        if (!CatalogNumber.TryReadAlpha5(line[2..7], out long value)) Refuse(number, 2, "NORAD_CAT_ID", line[2..7], "not a catalog number", "use five digits, or a letter but I and O and four digits (Alpha-5)");
        return value;
    }

    private char? ReadClassification(byte column, long number)
    {
        if (column == ' ') return null;
        if (column is < (byte)'A' or > (byte)'Z') Refuse(number, 7, "CLASSIFICATION_TYPE", [column], "not a letter", "give U, C or S");
        return (char)column;
    }

    private string? ReadObjectId(ReadOnlySpan<byte> columns, long number)
    {
        if (TleField.IsBlank(columns)) return null;
        if (CosparId.Read(columns, _years) is { } id) return id;
        const string Reason = "not an international designator such as 98067A";
        if (output.IsLenient) output.NoticeOnce(number, 10, "OBJECT_ID", columns, $"{Reason}; left out", "correct it, or leave it blank");
        else Refuse(number, 9, "OBJECT_ID", columns, Reason, "correct it, or leave it blank");
        return null;
    }

    private ElementEpoch ReadEpoch(ReadOnlySpan<byte> line, long number)
    {
        var columns = line[18..32];
        if (!TleField.TryDigits(columns[..2], out long twoDigits) || !TleField.TryFixed(columns[2..], 8, out long days))
        {
            Refuse(number, 18, "EPOCH", columns, "not a year of two digits and a day with eight decimals", "correct it");
            return default;
        }
        int year = _years.Of((int)twoDigits), day = (int)(days / 100_000_000);
        if (day < 1 || day > (DateTime.IsLeapYear(year) ? 366 : 365))
        {
            Refuse(number, 18, "EPOCH", columns, $"{year} has no such day", "correct it");
            return default;
        }
        return new ElementEpoch(new DateOnly(year, 1, 1).AddDays(day - 1), days % 100_000_000 * TleWriter.NanosecondsPerEpochUnit);
    }

    private double? ReadSigned(ReadOnlySpan<byte> line, long number)
    {
        var columns = line[33..43];
        if (TleField.IsBlank(columns)) return null;
        if (!TleField.TrySigned(columns, out double value)) Refuse(number, 33, "MEAN_MOTION_DOT", columns, "not a sign, a point and eight decimals", "correct it");
        return value;
    }

    private double? ReadImplied(ReadOnlySpan<byte> line, int at, long number, string field)
    {
        var columns = line.Slice(at, 8);
        if (TleField.IsBlank(columns)) return null;
        if (!TleField.TryImplied(columns, out double value)) Refuse(number, at, field, columns, "not of the form -12345-6, which is -0.12345e-6", "correct it");
        return value;
    }

    private long? ReadInteger(ReadOnlySpan<byte> line, int from, int to, long number, string field)
    {
        var columns = line[from..to];
        if (TleField.IsBlank(columns)) return null;
        if (!TleField.TryDigits(columns, out long value)) Refuse(number, from, field, columns, "not a whole number", "correct it");
        return value;
    }

    private double ReadAngle(ReadOnlySpan<byte> line, int at, int greatest, long number, string field)
    {
        var columns = line.Slice(at, 8);
        if (!TleField.TryFixed(columns, 4, out long scaled)) Refuse(number, at, field, columns, "not degrees with four decimals", "correct it");
        else if (scaled > greatest * 10_000L) Refuse(number, at, field, columns, $"outside 0 to {greatest} degrees", "correct it");
        return DecimalText.Scaled(scaled, 4);
    }

    private double ReadEccentricity(ReadOnlySpan<byte> line, long number)
    {
        var columns = line[26..33];
        if (!TleField.TryDigits(columns, out long value)) Refuse(number, 26, "ECCENTRICITY", columns, "not seven decimals", "correct it");
        return DecimalText.Scaled(value, 7);
    }

    private double ReadMeanMotion(ReadOnlySpan<byte> line, long number)
    {
        var columns = line[52..63];
        if (!TleField.TryFixed(columns, 8, out long scaled)) Refuse(number, 52, "MEAN_MOTION", columns, "not revolutions per day with eight decimals", "correct it");
        else if (scaled == 0) Refuse(number, 52, "MEAN_MOTION", columns, "not above 0", "correct it");
        return DecimalText.Scaled(scaled, 8);
    }

    /// <param name="at">From 0.</param>
    /// <returns>False.</returns>
    private bool Refuse(long line, int at, string field, ReadOnlySpan<byte> value, string reason, string remedy)
    {
        output.Refuse(line, at + 1, field, value, reason, remedy);
        return false;
    }
}
