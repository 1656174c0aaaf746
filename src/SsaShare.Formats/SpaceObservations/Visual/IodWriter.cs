using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Writes IOD lines, such that <see cref="IodParser"/> reads the same values back.</summary>
internal sealed class IodWriter(Stream stream, FormatWriteOptions options) : VisualWriter(stream, options)
{
    protected override string? Format(ObservationRecord value)
    {
        bool hasPlace = value.Angles is not null || value.Appearance is not null;
        if (!hasPlace && (value.HasMeasurement || value.Laser is not null)) return null;
        CheckCommon(value);
        Span<char> line = stackalloc char[IodParser.Columns];
        line.Fill(' ');
        Object(value, line);
        string condition = value.Station.Condition ?? " ";
        if (condition.Length != 1 || (condition != " " && !IodParser.Conditions.Contains(condition[0], StringComparison.Ordinal))) CannotHold("station status", condition, "the format has no such code", "one of " + IodParser.Conditions);
        else line[21] = condition[0];
        if (value.Time is { } time) Time(time, line);
        if (value.Angles is { } angles) Angles(angles, line);
        if (value.Appearance is { } appearance) Appearance(appearance, line);
        if (HasComplaint) return null;
        value.Station.Id!.CopyTo(line[16..]);
        return line.TrimEnd(' ').ToString();
    }

    private void Object(ObservationRecord value, Span<char> line)
    {
        string? number = value.Target.Number, id = value.Target.CosparId;
        if (number is null && id is null && value.Station.Condition is not ("C" or "O")) CannotHold("object", value.Target.Tag ?? "", "an observation names its object by number or designation", "give one");
        if (number is not null && (number.Length > 5 || !number.All(char.IsAsciiDigit))) CannotHold("object", number, "not a number of five digits", "the format has no place for it");
        else number?.PadLeft(5, '0').CopyTo(line);
        if (id is null) return;
        if (!CosparDesignation.IsDesignation(id))
        {
            CannotHold("designation", id, "not a year from 1957 to 2056, a launch and up to three letters", "for example 1998-067A");
            return;
        }
        id.AsSpan(2, 2).CopyTo(line[6..]);
        id.AsSpan(5, 3).CopyTo(line[9..]);
        id.AsSpan(8).CopyTo(line[12..]);
    }

    private void Time(ObservationTime time, Span<char> line)
    {
        if (VisualCodes.Clock(time, 9, out bool isExact) is not var (day, clock))
        {
            CannotHold("epoch", "", "before 1972", "UTC from 1972 on");
            return;
        }
        if (!isExact) Loses("epoch", "rounded to the millisecond");
        day.CopyTo(line[23..]);
        clock.CopyTo(line[31..]);
        if (time.SigmaS is not { } sigma) return;
        if (Code("time uncertainty", sigma, 1) is { } code) code.CopyTo(line[41..]);
    }

    private void Angles(AnglePair angles, Span<char> line)
    {
        bool isRaDec = angles.Kind == AngleKind.RightAscensionDeclination;
        var form = angles.Form == AngleForm.Plain ? isRaDec ? AngleForm.HmsD : AngleForm.DD : angles.Form;
        if (VisualAngles.Write(angles, form, 7, 6, out bool isExact) is not { } text)
        {
            CannotHoldAngles(angles);
            return;
        }
        if (!isExact) Loses("angles", "rounded to the digits of the format");
        if (angles.IsRefractionCorrected is not null) Loses("refraction", "the format does not tell whether it was taken out");
        line[44] = (char)('0' + (int)form);
        line[45] = EquinoxCode(angles, Equinox.OfDate);
        text.CopyTo(line[47..]);
        if (angles.SigmaDeg is { } sigma && Code("position uncertainty", sigma, AngleLayout.Second(form, 6).UncertaintyUnits) is { } code) code.CopyTo(line[62..]);
    }

    private string? Code(string field, double sigma, double units)
    {
        string? code = VisualCodes.UncertaintyCode(sigma * units);
        if (code is null || VisualCodes.Uncertainty(code[0] - '0', code[1] - '0') / units != sigma) Loses(field, code is null ? "out of the format's reach" : "rounded to one digit");
        return code;
    }

    private void Appearance(Appearance appearance, Span<char> line)
    {
        if (appearance.Behaviour is { } behaviour)
        {
            if (behaviour.Length == 1 && IodParser.Behaviours.Contains(behaviour[0], StringComparison.Ordinal)) line[65] = behaviour[0];
            else Loses("behaviour", "the format has no such code");
        }
        if (appearance.MagnitudeFaintest is not null || appearance.IsInvisibleAtFaintest) Loses("faintest magnitude", "the format has one magnitude");
        if (appearance.Magnitude is { } magnitude && Tenths("magnitude", magnitude, 999) is { } tenths)
            string.Create(CultureInfo.InvariantCulture, $"{(tenths < 0 ? '-' : '+')}{Math.Abs(tenths):000}").CopyTo(line[66..]);
        if (appearance.MagnitudeSigma is { } sigma && Tenths("magnitude uncertainty", sigma, 99) is { } sigmaTenths && sigmaTenths >= 0)
            sigmaTenths.ToString("00", CultureInfo.InvariantCulture).CopyTo(line[71..]);
        if (appearance.PeriodS is not { } period) return;
        double milliseconds = Math.Round(period * 1_000);
        if (!(milliseconds is >= 0 and < 1e6)) Loses("flash period", "beyond 999.999 s");
        else
        {
            if (milliseconds / 1_000 != period) Loses("flash period", "rounded to the millisecond");
            ((int)milliseconds).ToString("000000", CultureInfo.InvariantCulture).CopyTo(line[74..]);
        }
    }

    private int? Tenths(string field, double value, int most)
    {
        double tenths = Math.Round(value * 10);
        if (!(Math.Abs(tenths) <= most))
        {
            Loses(field, "beyond what its columns can hold");
            return null;
        }
        if (tenths / 10 != value) Loses(field, "rounded to a tenth");
        return (int)tenths;
    }
}
