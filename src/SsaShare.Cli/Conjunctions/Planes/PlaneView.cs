namespace SsaShare.Cli;

/// <summary>A rectangle of the picture that shows a part of an encounter plane, equal scales both ways.</summary>
internal sealed record PlaneView(SvgDocument Svg, double Left, double Top, double Width, double Height, double CentreXKm, double CentreYKm, double PixelsPerKm)
{
    public const string Error = "#0072b2", Bodies = "#d55e00", Ink = "#000";

    /// <summary>Larger ones are straight lines here, and beyond what viewers draw.</summary>
    private const double LargestPixels = 1e6;

    /// <summary>Room that a name takes.</summary>
    private const double LabelPixels = 60;

    /// <summary>Thinner ones are lines.</summary>
    private const double ThinPixels = 0.6;

    public double X(double km) => Left + Width / 2 + (km - CentreXKm) * PixelsPerKm;

    public double Y(double km) => Top + Height / 2 - (km - CentreYKm) * PixelsPerKm;

    /// <summary>The sigmas about where the second object passes.</summary>
    /// <param name="opacity">1 for the newest message; older ones are outlines, 1 and 3 sigma.</param>
    public void Errors(PlaneEncounter one, double opacity)
    {
        bool isNewest = opacity >= 1;
        var plane = one.Geometry.Plane;
        double x = X(one.Geometry.MissXKm), y = Y(one.Geometry.MissYKm), turn = -one.Geometry.MajorAxisAngleRad * 180 / Math.PI;
        // Dashes of lines that lie on each other are unreadable: then the more sigmas, the thinner.
        bool isThin = plane.SigmaMinorKm * PixelsPerKm < 2 * ThinPixels;
        for (int sigmas = PlaneEncounter.Contours; sigmas >= 1; sigmas--)
        {
            if (!isNewest && sigmas == 2) continue;
            double major = sigmas * plane.SigmaMajorKm * PixelsPerKm, minor = sigmas * plane.SigmaMinorKm * PixelsPerKm;
            if (major > LargestPixels) continue;
            Svg.Ellipse(x, y, major, Math.Max(minor, ThinPixels), turn, Error, isThin ? 1.2 * (PlaneEncounter.Contours + 1 - sigmas) : sigmas == 1 ? 1.6 : 1.1, isNewest ? Error : "none", isNewest ? 1 : opacity, 0.1, isThin ? null : Dashes(sigmas));
        }
    }

    /// <summary>How the line of so many sigmas is drawn.</summary>
    public static string? Dashes(int sigmas) => sigmas switch { 2 => "6 3", 3 => "2 3", _ => null };

    /// <summary>Which is which, each on the side that is free.</summary>
    public void Names(PlaneEncounter one)
    {
        double x1 = X(0), y1 = Y(0), x2 = X(one.Geometry.MissXKm), y2 = Y(one.Geometry.MissYKm);
        bool isLeft = x2 < x1;
        Label(x1, y1, isLeft, y2 <= y1, "first");
        if (Math.Abs(x2 - x1) + Math.Abs(y2 - y1) > 22) Label(x2, y2, !isLeft, y2 > y1, "second");

        void Label(double x, double y, bool isRight, bool isBelow, string text)
        {
            if (!(x >= Left && x <= Left + Width && y >= Top && y <= Top + Height)) return;
            isRight = x < Left + LabelPixels || (isRight && x < Left + Width - LabelPixels);
            Svg.Text(isRight ? x + 9 : x - 9, isBelow ? y + 18 : y - 10, text, isRight ? SvgDocument.Anchor.Start : SvgDocument.Anchor.End, 12, isBold: true);
        }
    }

    /// <summary>The first object and the circle of both bodies.</summary>
    public void Disc(double radiusKm)
    {
        double x = X(0), y = Y(0), radius = radiusKm * PixelsPerKm;
        if (radius <= LargestPixels) Svg.Ellipse(x, y, radius, radius, 0, Bodies, 1.6, Bodies, 1, 0.25);
        // A ring where it is too small to be seen.
        if (radius < 2.5) Svg.Ellipse(x, y, 6, 6, 0, Bodies, 1.2);
        Svg.Path(new PathData().To(x - 4, y).To(x + 4, y).Lift().To(x, y - 4).To(x, y + 4).ToString(), Ink, 1.1);
    }

    /// <summary>From the first object to where the second passes, with a head where there is room.</summary>
    public void Miss(PlaneEncounter one)
    {
        double x1 = X(0), y1 = Y(0), x2 = X(one.Geometry.MissXKm), y2 = Y(one.Geometry.MissYKm), length = Math.Sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
        Svg.Path(new PathData().Dot(x2, y2).ToString(), Ink, 6);
        if (!(length > 3) || length > LargestPixels) return;
        Svg.Line(x1, y1, x2, y2, Ink, 1.2);
        if (!(length > 22)) return;
        double cos = (x2 - x1) / length, sin = (y2 - y1) / length;
        // The head ends at the dot.
        double tipX = x2 - 4 * cos, tipY = y2 - 4 * sin;
        Svg.Path(new PathData().To(tipX - 8 * cos - 3.5 * sin, tipY - 8 * sin + 3.5 * cos).To(tipX, tipY).To(tipX - 8 * cos + 3.5 * sin, tipY - 8 * sin - 3.5 * cos).ToString(), Ink, 1.2);
    }

    /// <summary>What an older message said, with its number.</summary>
    public void Former(PlaneEncounter one, int number, double opacity)
    {
        double x = X(one.Geometry.MissXKm), y = Y(one.Geometry.MissYKm);
        Svg.Path(new PathData().Dot(x, y).ToString(), Ink, 5, opacity: opacity);
        Svg.Text(x + 5, y - 4, $"{number}", size: 10, color: "#444");
    }

    /// <summary>A length that is round, in the lower left corner.</summary>
    public void ScaleBar()
    {
        double about = 0.4 * Width / PixelsPerKm, power = Math.Pow(10, Math.Floor(Math.Log10(about))), km = power * (about / power >= 5 ? 5 : about / power >= 2 ? 2 : 1);
        double from = Left + 10, to = from + km * PixelsPerKm, y = Top + Height - 10;
        Svg.Path(new PathData().To(from, y - 4).To(from, y).To(to, y).To(to, y - 4).ToString(), Ink, 1.2);
        Svg.Text((from + to) / 2, y - 6, PlaneWords.Length(km), SvgDocument.Anchor.Middle, 11);
    }
}
