using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Writes observation cards (B3) of 90 columns, such that <see cref="B3Parser"/> reads the same values back.</summary>
internal sealed class B3Writer(Stream stream, FormatWriteOptions options) : ObservationLineWriter(stream, options)
{
    protected override string? Format(ObservationRecord value)
    {
        if (value.Angles is null && value.RangeKm is null && value.RangeRateKmPerS is null) return null;
        char type = Type(value);
        string number = value.Target.Number ?? "", sensor = value.Station.Id ?? "";
        if (number.Length != 5 || number[0] is 'I' or 'O' || !(char.IsAsciiDigit(number[0]) || char.IsAsciiLetterUpper(number[0])) || number.AsSpan(1).ContainsAnyExceptInRange('0', '9')) CannotHold("object", value.Target.Tag ?? "", "a card names its object by a catalogue number of five characters", "give the number");
        if (sensor.Length != 3 || !sensor.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c))) CannotHold("sensor", sensor, "a card names its sensor by three digits or letters", "give the sensor's number");
        bool isExact = true;
        var clock = value.Time is { } time ? ObservationEpochs.Split(time.Epoch, 1_000_000, out isExact) : null;
        if (clock is null) CannotHold("epoch", "", value.Time is null ? "a card has an epoch" : "before 1972", "UTC from 1972 on");
        if (!isExact && clock is not null) Loses("epoch", "rounded to the millisecond");
        if (value.Time?.SigmaS is not null || value.Angles?.SigmaDeg is not null) Loses("uncertainty", "the format has no place for it");
        if (value.Time is { Event: not TimeTagEvent.Observation }) Loses("time tag", "the format does not tell what moment of the signal's way it is of");
        TellWhatIsLost(value, keepsRanges: true, keepsAppearance: false, keepsCard: true);
        Span<char> card = stackalloc char[B3Parser.Columns];
        card.Fill(' ');
        card[0] = value.Card?.Classification is { Length: 1 } mark && char.IsAsciiLetterUpper(mark[0]) ? mark[0] : 'U';
        card[74] = type;
        Angles(value, card);
        bool moves = type >= '8';
        if (value.RangeKm is { } range) Range(range, value.Card?.RangeExponent, card);
        if (moves) Position(value, card);
        else Rates(value, card);
        if (value.Card is { } marks)
        {
            if (marks.TrackPosition is { } track && (track.Length != 1 || !char.IsAsciiDigit(track[0]))) CannotHold("track position", track, "not a digit", "3 first, 4 within, 5 last of its track");
            if (marks.Classification is not { Length: 1 } || !char.IsAsciiLetterUpper(marks.Classification[0])) CannotHold("classification", marks.Classification, "not a letter", "U is unclassified");
            Put(card, 77, 77, marks.TrackPosition);
            Put(card, 78, 80, marks.AssociationStatus);
            Put(card, 81, 85, marks.SiteTag);
            Put(card, 86, 90, marks.CentreTag);
        }
        if (value.Target.CosparId is not null) Loses("designation", "the format has no place for it");
        if (clock is { Day.Year: var year }) CheckYear(year);
        if (HasComplaint) return null;
        var (day, hour, minute, second, nanosecond) = clock!.Value;
        number.CopyTo(card[1..]);
        sensor.CopyTo(card[6..]);
        string.Create(CultureInfo.InvariantCulture, $"{day.Year % 100:00}{day.DayOfYear:000}{hour:00}{minute:00}{second:00}{nanosecond / 1_000_000:000}").CopyTo(card[9..]);
        return card.TrimEnd(' ').ToString();
    }

    /// <summary>The card's own type where what it needs is there, else that of what is there.</summary>
    private static char Type(ObservationRecord value)
    {
        char own = value.Card?.Type is { Length: 1 } text ? text[0] : ' ';
        bool isRaDec = value.Angles?.Kind == AngleKind.RightAscensionDeclination, isAzEl = value.Angles?.Kind == AngleKind.AzimuthElevation, moves = value.Station.PositionKm is not null;
        bool fits = own switch
        {
            '0' => value.RangeRateKmPerS is not null && !isRaDec && !moves,
            '1' => isAzEl && !moves,
            '2' or '4' => isAzEl && !moves && value.RangeKm is not null,
            '3' => isAzEl && !moves && value.RangeKm is not null && value.RangeRateKmPerS is not null,
            '5' => isRaDec && !moves,
            '6' => value.RangeKm is not null && !isRaDec && !moves,
            '8' => isAzEl && moves,
            '9' => isRaDec && moves,
            _ => false,
        };
        if (fits) return own;
        if (isRaDec) return moves ? '9' : '5';
        if (moves) return '8';
        if (!isAzEl) return value.RangeKm is not null ? '6' : '0';
        if (value.RangeKm is null) return '1';
        return value.AngleRate1DegPerS is not null || value.AngleRate2DegPerS is not null ? '4' : value.RangeRateKmPerS is not null ? '3' : '2';
    }

    private void Angles(ObservationRecord value, Span<char> card)
    {
        if (value.Angles is not { } angles) return;
        Number("second angle", card, 24, 29, angles.Angle2Deg, 1e4);
        if (angles.Kind == AngleKind.AzimuthElevation)
        {
            bool isCarried = angles.Angle1Deg < 360 && Math.Round(angles.Angle1Deg * 1e4) == 3_600_000;
            if (isCarried) Loses("azimuth", "rounded to 0.0001");
            Number("azimuth", card, 31, 37, isCarried ? 0 : angles.Angle1Deg, 1e4);
            return;
        }
        // Rounding up to the whole turn is rounding to 0.
        double tenths = Math.Round(angles.Angle1Deg * 2_400);
        if (angles.Angle1Deg < 360 && tenths == 864_000) tenths = 0;
        if (!(tenths is >= 0 and < 864_000))
        {
            CannotHold("right ascension", angles.Angle1Deg.ToString("R", CultureInfo.InvariantCulture), "not from 0 to 24 hours", "give degrees from 0 to 360");
            return;
        }
        if (tenths / 2_400 != angles.Angle1Deg) Loses("right ascension", "rounded to a tenth of a second of time");
        int t = (int)tenths;
        string.Create(CultureInfo.InvariantCulture, $"{t / 36_000:00}{t / 600 % 60:00}{t % 600:000}").CopyTo(card[30..]);
        card[75] = angles.Equinox switch { Equinox.NotGiven => ' ', Equinox.OfDate => '0', Equinox.OfYear => '1', Equinox.J2000 => '2', Equinox.B1950 => '3', _ => '?' };
        if (card[75] == '?') CannotHold("equinox", angles.Equinox.ToString(), "the format has no code for it", "of date, of the year's beginning, J2000 or B1950");
    }

    private void Range(double range, int? exponent, Span<char> card)
    {
        if (!(range is >= 0 and < 1e11))
        {
            CannotHold("range", range.ToString("R", CultureInfo.InvariantCulture), "not from 0 to 1e11 km", "give a range that a card can hold");
            return;
        }
        int power = 0;
        while (power < 9 && Math.Round(range * Math.Pow(10, 5 - power)) >= 1e7) power++;
        // The card's own power of ten, where the same number can be written with it: a mantissa with a leading zero stays one.
        if (exponent is { } own and >= 0 and <= 9 && Math.Round(range * Math.Pow(10, 5 - own)) is < 1e7 and var mantissa && B3Parser.Scaled((long)mantissa, own) == range) power = own;
        double digits = Math.Round(range * Math.Pow(10, 5 - power));
        if (B3Parser.Scaled((long)digits, power) != range) Loses("range", "rounded to seven digits");
        ((long)digits).ToString("0000000", CultureInfo.InvariantCulture).CopyTo(card[38..]);
        card[45] = (char)('0' + power);
    }

    private void Rates(ObservationRecord value, Span<char> card)
    {
        if (value.RangeRateKmPerS is { } rate) Number("range rate", card, 48, 54, rate, 1e5);
        if (value.AngleRate2DegPerS is { } second) Number("elevation rate", card, 56, 60, second, 1e4);
        if (value.AngleRate1DegPerS is { } first) Number("azimuth rate", card, 62, 66, first, 1e4);
        if (value.RangeAccelerationKmPerS2 is { } acceleration) Number("range acceleration", card, 68, 72, acceleration, 1e5);
    }

    private void Position(ObservationRecord value, Span<char> card)
    {
        if ((value.RangeRateKmPerS ?? value.RangeAccelerationKmPerS2 ?? value.AngleRate1DegPerS ?? value.AngleRate2DegPerS) is not null) Loses("rates", "a card with its sensor's place has none");
        if (value.Station.PositionKm is not { } place) return;
        Number("position", card, 47, 55, place.X, 1e3);
        Number("position", card, 56, 64, place.Y, 1e3);
        Number("position", card, 65, 73, place.Z, 1e3);
    }

    /// <summary>Digits in every column; a minus is punched over the first.</summary>
    private void Number(string field, Span<char> card, int first, int last, double value, double scale)
    {
        int width = last - first + 1;
        double digits = Math.Round(value * scale);
        if (!(Math.Abs(digits) < Math.Pow(10, width)))
        {
            CannotHold(field, value.ToString("R", CultureInfo.InvariantCulture), "more digits than the card has columns for", "give a number that the card can hold");
            return;
        }
        if (digits / scale != value) Loses(field, $"rounded to {1 / scale:R}");
        var place = card.Slice(first - 1, width);
        ((long)Math.Abs(digits)).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0').CopyTo(place);
        if (digits < 0) place[0] = place[0] == '0' ? '-' : (char)('J' + (place[0] - '1'));
    }

    private void Put(Span<char> card, int first, int last, string? text)
    {
        if (text is null) return;
        if (text.Length > last - first + 1 || text.Trim() != text || text.AsSpan().ContainsAnyExceptInRange(' ', '~')) CannotHold("mark", text, "longer than its columns, or other than printable ASCII", "shorten it");
        else text.CopyTo(card[(first - 1)..]);
    }
}
