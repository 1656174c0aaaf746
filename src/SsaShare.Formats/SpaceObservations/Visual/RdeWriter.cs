using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Writes reports in R. D. Eberst's format; a new one begins where site, month, accuracies or codes change.</summary>
internal sealed class RdeWriter(Stream stream, FormatWriteOptions options) : VisualWriter(stream, options)
{
    private string _header = "", _day = "";

    public override void Complete()
    {
        EndReport();
        base.Complete();
    }

    protected override string? Format(ObservationRecord value)
    {
        if (value.Angles is not { Kind: AngleKind.RightAscensionDeclination } angles) return null;
        CheckCommon(value);
        string? id = CosparDesignation.ToDigits(value.Target.CosparId);
        if (id is null) CannotHold("designation", value.Target.Tag ?? "", "the format names objects by a designation of a year, a launch and a piece up to 99", "give it");
        else if (value.Target.Number is not null) Loses("object", "the format has no place for its number");
        if (value.Station.Condition is not null) Loses("station status", "the format has no place for it");
        var form = angles.Form is AngleForm.HmDm or AngleForm.HmD ? angles.Form : AngleForm.HmsDms;
        string? text = VisualAngles.Write(angles, form, 6, 6, out bool isExact);
        if (text is null) CannotHoldAngles(angles);
        if (!isExact) Loses("angles", "rounded to the digits of the format");
        string appearance = Appearance(value.Appearance);
        var (day, clock) = Clock(value.Time);
        string codes = Codes(value, angles, form);
        if (HasComplaint) return null;
        string header = $"{value.Station.Id} {day.AsSpan(2, 4)} {codes}";
        if (header != _header)
        {
            EndReport();
            Line(header);
            (_header, _day) = (header, "");
        }
        if (day != _day) Line(day[6..]);
        _day = day;
        Line($"{id} {clock} {text}{appearance}".TrimEnd(' '));
        return "";
    }

    private void EndReport()
    {
        if (_header.Length > 0) Line("999");
        _header = "";
    }

    private (string Day, string Clock) Clock(ObservationTime? time)
    {
        if (time is not { } given) return ("", "");
        if (VisualCodes.Clock(given, 8, out bool isExact) is not var (day, digits))
        {
            CannotHold("epoch", "", "before 1972", "UTC from 1972 on");
            return ("", "");
        }
        CheckYear(int.Parse(day.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture));
        if (!isExact) Loses("epoch", "rounded to 0.01 s");
        if (digits.Length < 6) digits = digits.PadRight(6, '0');
        return (day, digits.Length == 6 ? digits.PadRight(9) : $"{digits.AsSpan(0, 6)}.{digits.AsSpan(6)}".PadRight(9));
    }

    /// <summary>Accuracies and codes of the first line.</summary>
    private string Codes(ObservationRecord value, AnglePair angles, AngleForm form)
    {
        double tenths = Math.Round((value.Time?.SigmaS ?? 0) * 10);
        if (value.Time?.SigmaS is not { } sigma) Loses("time accuracy", "not known; written as 0.0");
        else if (!(tenths is >= 0 and < 100)) CannotHold("time accuracy", sigma.ToString("R", CultureInfo.InvariantCulture), "beyond 9.9 s", "the format has one digit before the point");
        else if (tenths / 10 != sigma) Loses("time accuracy", "rounded to 0.1 s");
        string standard = value.Time?.Standard ?? " ";
        if (standard is not (" " or "1" or "2" or "3"))
        {
            Loses("time standard", "the format has no such code");
            standard = " ";
        }
        string accuracy = "   ";
        if (angles.SigmaDeg is { } width)
        {
            double units = Math.Round(width * RdeParser.SigmaScale(form));
            if (!(units is >= 0 and < 1_000)) Loses("position accuracy", "out of the format's reach");
            else
            {
                if (units / RdeParser.SigmaScale(form) != width) Loses("position accuracy", "rounded");
                accuracy = ((int)units).ToString("000", CultureInfo.InvariantCulture);
            }
        }
        char equinox = EquinoxCode(angles, Equinox.Other);
        if (equinox == ' ') CannotHold("equinox", "", "the format has to have one", "give the year of the star chart");
        return string.Create(CultureInfo.InvariantCulture, $"{(tenths is >= 0 and < 100 ? tenths / 10 : 0):0.0}{standard}{(int)form} {accuracy}{equinox}");
    }

    private string Appearance(Appearance? appearance)
    {
        if (appearance is null) return "";
        if (appearance.MagnitudeSigma is not null) Loses("magnitude uncertainty", "the format has no place for it");
        bool isWhole = appearance is { Behaviour.Length: 1, Magnitude: not null } && UkParser.Behaviours.Contains(appearance.Behaviour[0], StringComparison.Ordinal)
            && (appearance.MagnitudeFaintest is not null || appearance.IsInvisibleAtFaintest);
        if (!isWhole)
        {
            Loses("appearance", "the format takes two magnitudes, a period and a behaviour together");
            return "";
        }
        string faintest = appearance.IsInvisibleAtFaintest ? "INV" : Number(appearance.MagnitudeFaintest!.Value);
        string text = $" {Number(appearance.Magnitude!.Value)} {faintest} {(appearance.PeriodS ?? 0).ToString("0.#########", CultureInfo.InvariantCulture)} {appearance.Behaviour}";
        if (text.Length <= 33) return text;
        Loses("appearance", "more digits than the format has columns for");
        return "";
    }

    private static string Number(double value) => value.ToString("0.0########", CultureInfo.InvariantCulture);
}
