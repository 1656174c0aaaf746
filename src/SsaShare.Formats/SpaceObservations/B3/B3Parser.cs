namespace SsaShare.Formats;

/// <summary>Takes observation cards of the Space Surveillance Network (B3) line by line.</summary>
/// <remarks>
/// Columns: 1 classification, 2-6 object, 7-9 sensor, 10-23 YYDDDHHMMSSsss, 24-29 elevation or declination DDdddd, 31-37 azimuth DDDdddd or right ascension HHMMSSs,
/// 39-45 range RRrrrrr with the power of ten in 46, 48-54 range rate RRrrrrr km/s, 56-60 and 62-66 elevation and azimuth rate Ddddd degrees/s, 68-72 range
/// acceleration rrrrr km/s^2, 75 type, 76 equinox, 77 track position, 78-80 association, 81-85 and 86-90 tags. Types 8 and 9 have the sensor's place instead of rates:
/// 47-55, 56-64, 65-73, m, Earth-fixed. A minus is punched over the first column of a number. Type 7 has no card.
/// </remarks>
internal sealed class B3Parser(FormatReadOptions options, List<FormatItem<ObservationRecord>> items) : ObservationLineParser(options, items)
{
    public const int Columns = 90;
    private readonly List<FieldComplaint> _complaints = [];
    private readonly RecentText _object = new(), _sensor = new();

    protected override void Take(ReadOnlySpan<byte> line, long number)
    {
        if (IsComment(line, number)) return;
        _complaints.Clear();
        var record = Parse(line);
        if (record is null || _complaints.Count > 0)
        {
            Refuse(number, line, _complaints);
            return;
        }
        if (record.Card is { RangeExponent: > 0 } && record.RangeKm is { } range && line[38] == (byte)'0' && range > 0)
            Notice(number, new("range", 39, ReadIssue.Show(line[38..46]), $"the number begins with 0 although its power of ten could be less; read as {range:R} km, as the columns say", "write the range with the least power of ten, so that nobody takes it for ten times as much"));
        Give(record, number);
    }

    /// <summary>Whether a line is such a card.</summary>
    public bool IsCard(ReadOnlySpan<byte> line)
    {
        _complaints.Clear();
        return Parse(line) is not null && _complaints.Count == 0;
    }

    private ObservationRecord? Parse(ReadOnlySpan<byte> line)
    {
        Span<byte> padded = stackalloc byte[Columns];
        if (line.Length < 75 || !FixedCard.TryPad(line, padded))
        {
            string remedy = line.StartsWith("))"u8) ? "this is the transmission form; send the archive form of one card an observation" : "send B3 cards, one a line";
            _complaints.Add(new("line", 0, ReadIssue.Show(line), line.Length < 75 ? "shorter than the 75 columns of a card" : $"longer than the {Columns} columns of a card", remedy));
            return null;
        }
        var card = new FixedCard(padded, _complaints);
        byte type = padded[74];
        if (type is < (byte)'0' or > (byte)'9' or (byte)'7')
        {
            card.Complain("type", 75, 75, type == (byte)'7' ? "type 7 has no card" : "not an observation type", "0 range rate, 1 azimuth and elevation, 2 with range, 3 with range rate, 4 with rates, 5 right ascension and declination, 6 range, 8 and 9 from a sensor that moves");
            return null;
        }
        bool moves = type >= (byte)'8';
        card.Blank(30, 30);
        card.Blank(38, 38);
        if (!moves)
        {
            foreach (int column in (ReadOnlySpan<int>)[47, 55, 61, 67, 73]) card.Blank(column, column);
        }
        card.Blank(74, 74);
        if (!char.IsAsciiLetterUpper((char)padded[0])) card.Complain("classification", 1, 1, "not a letter", "U is unclassified");
        bool isRaDec = type is (byte)'5' or (byte)'9';
        var record = new ObservationRecord
        {
            Target = new ObservedObject(Object(card)),
            Station = new ObservingStation(Sensor(card)) { PositionKm = moves ? Position(card) : null },
            Time = Time(card),
            Angles = isRaDec ? RightAscension(card) : Azimuth(card),
            RangeKm = Range(card, out int? exponent),
            RangeRateKmPerS = moves ? null : card.Signed("range rate", 48, 54) / 1e5,
            AngleRate2DegPerS = moves ? null : card.Signed("elevation rate", 56, 60) / 1e4,
            AngleRate1DegPerS = moves ? null : card.Signed("azimuth rate", 62, 66) / 1e4,
            RangeAccelerationKmPerS2 = moves ? null : card.Signed("range acceleration", 68, 72) / 1e5,
            Card = new CardMarks(Letter(padded[0]), Letter(type), exponent, Track(card), card.Text(78, 80), card.Text(81, 85), card.Text(86, 90)),
        };
        if (!isRaDec && padded[75] is not ((byte)' ' or (byte)'0')) card.Complain("equinox", 76, 76, "an equinox without right ascension", "leave it blank");
        Require(card, record, type);
        return record;
    }

    private string? Object(FixedCard card)
    {
        var text = card[2, 6];
        bool isNumber = (char.IsAsciiDigit((char)text[0]) || (char.IsAsciiLetterUpper((char)text[0]) && text[0] is not ((byte)'I' or (byte)'O'))) && text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        if (isNumber) return _object.Of(text);
        card.Complain("object", 2, 6, "not a catalogue number of five digits, the first of which may be a letter", "write zeros before it; letters I and O are not used");
        return null;
    }

    private string? Sensor(FixedCard card)
    {
        var text = card[7, 9];
        foreach (byte b in text)
        {
            if (char.IsAsciiDigit((char)b) || char.IsAsciiLetterUpper((char)b)) continue;
            card.Complain("sensor", 7, 9, "not three digits or letters", "write the sensor's number");
            return null;
        }
        return _sensor.Of(text);
    }

    private ObservationTime? Time(FixedCard card)
    {
        if (card.Digits("year", 10, 11) is not { } year || card.Digits("day", 12, 14) is not { } day || card.Digits("hour", 15, 16) is not { } hour
            || card.Digits("minute", 17, 18) is not { } minute || card.Digits("second", 19, 23) is not { } millisecond) return null;
        var epoch = default(Epoch);
        string? wrong = ObservationEpochs.NanosecondOfDay(hour, minute, millisecond / 1000, millisecond % 1000 * 1_000_000L) is { } ns
            ? ObservationEpochs.OnDayOfYear(ObservationEpochs.Year(year, Options.Now), day, ns, out epoch) : "the day has no such time";
        if (wrong is null) return new ObservationTime(epoch, 0.001);
        card.Complain("epoch", 10, 23, wrong, "YYDDDHHMMSSsss, UTC");
        return null;
    }

    private static AnglePair? Azimuth(FixedCard card)
    {
        var (second, first) = (card.Signed("elevation", 24, 29), card.Signed("azimuth", 31, 37));
        if (second is null && first is null) return null;
        if (first is < 0 or > 3_600_000) card.Complain("azimuth", 31, 37, "not from 0 to 360 degrees", "DDDdddd");
        if (second is < -900_000 or > 900_000) card.Complain("elevation", 24, 29, "not from -90 to 90 degrees", "DDdddd");
        if (second is null || first is null) card.Complain("azimuth", 31, 37, "azimuth and elevation go together", "give both or none");
        return new AnglePair(AngleKind.AzimuthElevation, (first ?? 0) / 1e4, (second ?? 0) / 1e4);
    }

    private static AnglePair? RightAscension(FixedCard card)
    {
        var second = card.Signed("declination", 24, 29);
        if (second is null && card.IsBlank(31, 37)) return null;
        if (second is < -900_000 or > 900_000) card.Complain("declination", 24, 29, "not from -90 to 90 degrees", "DDdddd");
        if (second is null) card.Complain("declination", 24, 29, "right ascension and declination go together", "give both");
        int tenths = 0;
        if (card.Digits("right ascension", 31, 32) is { } h && card.Digits("right ascension", 33, 34) is { } m && card.Digits("right ascension", 35, 37) is { } s)
        {
            if (h > 23 || m > 59 || s > 599) card.Complain("right ascension", 31, 37, "not hours, minutes and seconds", "HHMMSSs");
            tenths = h * 36_000 + m * 600 + s;
        }
        var equinox = card[76, 76][0] switch { (byte)' ' => Equinox.NotGiven, (byte)'0' => Equinox.OfDate, (byte)'1' => Equinox.OfYear, (byte)'2' => Equinox.J2000, (byte)'3' => Equinox.B1950, _ => Equinox.Other };
        if (equinox == Equinox.Other) card.Complain("equinox", 76, 76, "not one of the codes", "0 of the observation, 1 beginning of the year, 2 J2000, 3 B1950");
        return new AnglePair(AngleKind.RightAscensionDeclination, tenths / 2_400.0, (second ?? 0) / 1e4) { Equinox = equinox, Form = AngleForm.HmsD };
    }

    private static double? Range(FixedCard card, out int? exponent)
    {
        exponent = null;
        if (card.Signed("range", 39, 45) is not { } mantissa)
        {
            card.Blank(46, 46);
            return null;
        }
        exponent = card.Digits("range exponent", 46, 46);
        if (mantissa < 0) card.Complain("range", 39, 45, "a distance is not negative", "RRrrrrr and its power of ten");
        return Scaled(mantissa, exponent ?? 0);
    }

    /// <summary>The double nearest to the decimal number: both factors are exact.</summary>
    internal static double Scaled(long mantissa, int exponent) => exponent <= 5 ? mantissa / Math.Pow(10, 5 - exponent) : mantissa * Math.Pow(10, exponent - 5);

    private static Vector3d? Position(FixedCard card)
        => card.Signed("position", 47, 55) is { } x && card.Signed("position", 56, 64) is { } y && card.Signed("position", 65, 73) is { } z ? new Vector3d(x / 1e3, y / 1e3, z / 1e3) : null;

    private static string? Track(FixedCard card)
    {
        if (card[77, 77][0] is (byte)' ' or (>= (byte)'0' and <= (byte)'9')) return card.Text(77, 77);
        card.Complain("track position", 77, 77, "not a digit", "3 first, 4 within, 5 last of its track");
        return null;
    }

    /// <summary>What a card of its type has to have.</summary>
    private static void Require(FixedCard card, ObservationRecord record, byte type)
    {
        if (type is not ((byte)'0' or (byte)'6') && record.Angles is null) card.Complain("angles", 24, 37, $"a card of type {(char)type} has two angles", "give them, or correct the type");
        if (type is (byte)'2' or (byte)'3' or (byte)'4' or (byte)'6' && record.RangeKm is null) card.Complain("range", 39, 46, $"a card of type {(char)type} has a range", "give it, or correct the type");
        if (type is (byte)'0' or (byte)'3' && record.RangeRateKmPerS is null) card.Complain("range rate", 48, 54, $"a card of type {(char)type} has a range rate", "give it, or correct the type");
        if (type is (byte)'8' or (byte)'9' && record.Station.PositionKm is null) card.Complain("position", 47, 73, $"a card of type {(char)type} has its sensor's place", "give it in metres, Earth-fixed");
    }

    private static string Letter(byte letter) => letter == (byte)'U' ? "U" : ((char)letter).ToString();
}
