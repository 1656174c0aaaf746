using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Writes lines of the United Kingdom's format, such that <see cref="UkParser"/> reads the same values back.</summary>
internal sealed class UkWriter(Stream stream, FormatWriteOptions options) : VisualWriter(stream, options)
{
    protected override string? Format(ObservationRecord value)
    {
        if (value.Angles is not { } angles) return null;
        CheckCommon(value with { Extra = WithoutRange(value.Extra) });
        string? id = CosparDesignation.ToDigits(value.Target.CosparId);
        if (id is null) CannotHold("designation", value.Target.Tag ?? "", "the format names objects by a designation of a year, a launch and a piece up to 99", "give it");
        else if (value.Target.Number is not null) Loses("object", "the format has no place for its number");
        if (value.Station.Condition is not null) Loses("station status", "the format has no place for it");
        Span<char> line = stackalloc char[UkParser.Columns];
        line.Fill(' ');
        if (value.Time is { } time) Time(time, line);
        Angles(angles, line);
        if (value.Appearance is { } appearance) Appearance(appearance, line);
        AsWritten(value.Extra.Find("uk_range"), line[55..63]);
        AsWritten(value.Extra.Find("uk_range_accuracy"), line[63..68]);
        if (HasComplaint) return null;
        id!.CopyTo(line);
        value.Station.Id!.CopyTo(line[7..]);
        return line.TrimEnd(' ').ToString();
    }

    private static KeyedFields WithoutRange(KeyedFields extra) => extra.Count == 0 ? extra : new KeyedFields(extra.Where(field => field.Key is not ("uk_range" or "uk_range_accuracy")));

    private void AsWritten(string? text, Span<char> place)
    {
        if (text is null) return;
        if (text.Length != place.Length || !text.All(c => c == ' ' || char.IsAsciiDigit(c))) Loses("range", "not digits in their columns");
        else text.CopyTo(place);
    }

    private void Time(ObservationTime time, Span<char> line)
    {
        if (VisualCodes.Clock(time, 10, out bool isExact) is not var (day, clock))
        {
            CannotHold("epoch", "", "before 1972", "UTC from 1972 on");
            return;
        }
        if (!isExact) Loses("epoch", "rounded to a tenth of a millisecond");
        CheckYear(int.Parse(day.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture));
        day.AsSpan(2).CopyTo(line[11..]);
        (clock.Length < 2 ? clock.PadRight(2, '0') : clock).CopyTo(line[17..]);
        if (time.SigmaS is { } sigma)
        {
            double units = Math.Round(sigma * 10_000);
            if (!(units is >= 0 and < 100_000)) Loses("time accuracy", "beyond 9.9999 s");
            else
            {
                if (units / 10_000 != sigma) Loses("time accuracy", "rounded to a tenth of a millisecond");
                ((int)units).ToString("00000", CultureInfo.InvariantCulture).CopyTo(line[27..]);
            }
        }
        if (time.Standard is { Length: 1 } standard && standard[0] is >= '1' and <= '3') line[32] = standard[0];
        else if (time.Standard is not null) Loses("time standard", "the format has no such code");
    }

    private void Angles(AnglePair angles, Span<char> line)
    {
        bool isRaDec = angles.Kind == AngleKind.RightAscensionDeclination;
        var form = angles.Form is AngleForm.Plain or AngleForm.HmsD ? isRaDec ? AngleForm.HmsDms : AngleForm.DD : angles.Form;
        if (VisualAngles.Write(angles, form, 8, 7, out bool isExact) is not { } text)
        {
            CannotHoldAngles(angles);
            return;
        }
        if (!isExact) Loses("angles", "rounded to the digits of the format");
        if (!isRaDec && angles.IsRefractionCorrected is null) Loses("refraction", "not known; written as not taken out");
        line[33] = (char)('0' + (int)form + (!isRaDec && angles.IsRefractionCorrected != true ? 3 : 0));
        text.CopyTo(line[34..]);
        line[54] = EquinoxCode(angles, Equinox.Other);
        if (angles.SigmaDeg is not { } sigma) return;
        double scale = Math.Pow(10, 4 - UkParser.Whole(form)) * AngleLayout.Second(form, 7).UncertaintyUnits, units = Math.Round(sigma * scale);
        if (!(units is >= 0 and < 10_000)) Loses("position accuracy", "out of the format's reach");
        else
        {
            if (units / scale != sigma) Loses("position accuracy", "rounded");
            ((int)units).ToString("0000", CultureInfo.InvariantCulture).CopyTo(line[50..]);
        }
    }

    private void Appearance(Appearance appearance, Span<char> line)
    {
        if (appearance.Behaviour is { } behaviour)
        {
            if (behaviour.Length == 1 && UkParser.Behaviours.Contains(behaviour[0], StringComparison.Ordinal)) line[79] = behaviour[0];
            else Loses("behaviour", "the format has no such code");
        }
        if (appearance.MagnitudeSigma is not null) Loses("magnitude uncertainty", "the format has no place for it");
        if (appearance.Magnitude is { } brightest) Magnitude("brightest magnitude", brightest, line[68..71]);
        if (appearance.IsInvisibleAtFaintest) "INV".CopyTo(line[71..]);
        else if (appearance.MagnitudeFaintest is { } faintest) Magnitude("faintest magnitude", faintest, line[71..74]);
        if (appearance.PeriodS is not { } period || period == 0) return;
        double units = Math.Round(period * 100);
        if (!(units is > 0 and < 100_000)) Loses("flash period", "not from 0.01 to 999.99 s");
        else
        {
            if (units / 100 != period) Loses("flash period", "rounded to 0.01 s");
            ((int)units).ToString("00000", CultureInfo.InvariantCulture).CopyTo(line[74..]);
        }
    }

    private void Magnitude(string field, double value, Span<char> place)
    {
        double tenths = Math.Round(value * 10), hundredths = Math.Round(value * 100);
        if (tenths / 10 == value && Math.Abs(tenths) < 100)
            string.Create(CultureInfo.InvariantCulture, $"{(tenths < 0 ? '-' : '+')}{Math.Abs(tenths):00}").CopyTo(place);
        else if (hundredths is >= 0 and < 1_000)
        {
            if (hundredths / 100 != value) Loses(field, "rounded to a hundredth");
            ((int)hundredths).ToString("000", CultureInfo.InvariantCulture).CopyTo(place);
        }
        else Loses(field, "beyond what its columns can hold");
    }
}
