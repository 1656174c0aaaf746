namespace SsaShare.Formats;

/// <summary>Two angles in fixed columns, with a sign between them.</summary>
internal static class VisualAngles
{
    /// <param name="at">First column; the sign follows after <paramref name="width1"/> columns.</param>
    /// <param name="carries">Where minutes or seconds of 60 or more are told; null refuses them.</param>
    /// <returns>Null with a complaint.</returns>
    public static AnglePair? Read(FixedCard card, AngleForm form, int at, int width1, int width2, bool needsSign, List<FieldComplaint>? carries)
    {
        int signAt = at + width1, last = signAt + width2;
        bool isRaDec = form is AngleForm.HmsDms or AngleForm.HmDm or AngleForm.HmD or AngleForm.HmsD;
        var (name1, name2) = isRaDec ? ("right ascension", "declination") : ("azimuth", "elevation");
        if (card.Leading(name1, at, signAt - 1, out int count1) is not { } digits1 || card.Leading(name2, signAt + 1, last, out int count2) is not { } digits2)
        {
            if (card.IsBlank(at, signAt - 1) || card.IsBlank(signAt + 1, last)) card.Complain("angles", at, last, "a position format without both angles", "write both angles, or no position format");
            return null;
        }
        byte sign = card[signAt, signAt][0];
        if (sign is not ((byte)'+' or (byte)'-') && (needsSign || sign != (byte)' ')) card.Complain(name2, signAt, signAt, "no sign", "write + or - before it");
        var (layout1, layout2) = (AngleLayout.First(form, width1), AngleLayout.Second(form, width2));
        double angle1 = layout1.Degrees(digits1, out bool carried1), angle2 = layout2.Degrees(digits2, out bool carried2);
        Carry(card, carried1, name1, at, signAt - 1, carries);
        Carry(card, carried2, name2, signAt + 1, last, carries);
        if (!(angle1 <= 360) || (isRaDec && angle1 >= 360)) card.Complain(name1, at, signAt - 1, isRaDec ? "not below 24 hours" : "beyond 360 degrees", "check the position format");
        if (!(angle2 <= 90)) card.Complain(name2, signAt + 1, last, "beyond 90 degrees", "check the position format");
        return new AnglePair(isRaDec ? AngleKind.RightAscensionDeclination : AngleKind.AzimuthElevation, angle1, sign == (byte)'-' && angle2 != 0 ? -angle2 : angle2)
        {
            Form = form,
            Digits1 = count1 == width1 ? 0 : count1,
            Digits2 = count2 == width2 ? 0 : count2,
        };
    }

    /// <summary>Both angles with the sign between them.</summary>
    /// <returns>Null when the columns cannot hold them.</returns>
    public static string? Write(AnglePair angles, AngleForm form, int width1, int width2, out bool isExact)
    {
        string? first = AngleLayout.First(form, width1).Digits(angles.Angle1Deg, out bool exact1);
        string? second = AngleLayout.Second(form, width2).Digits(Math.Abs(angles.Angle2Deg), out bool exact2);
        isExact = exact1 && exact2;
        if (first is null || second is null) return null;
        bool isOwn = angles.Form == form;
        return Shortened(first, isOwn ? angles.Digits1 : 0) + (angles.Angle2Deg < 0 ? '-' : '+') + Shortened(second, isOwn ? angles.Digits2 : 0);
    }

    /// <summary>Only as many digits as were given, unless others than zeros follow.</summary>
    private static string Shortened(string digits, int count)
        => count > 0 && count < digits.Length && digits.AsSpan(count).IndexOfAnyExcept('0') < 0 ? digits[..count].PadRight(digits.Length) : digits;

    private static void Carry(FixedCard card, bool isCarried, string name, int first, int last, List<FieldComplaint>? carries)
    {
        const string Reason = "60 or more minutes or seconds";
        if (!isCarried) return;
        if (carries is null) card.Complain(name, first, last, Reason, "check the position format");
        else carries.Add(new FieldComplaint(name, first, ReadIssue.Show(card[first, last]), Reason, "read as so many minutes or seconds"));
    }
}
