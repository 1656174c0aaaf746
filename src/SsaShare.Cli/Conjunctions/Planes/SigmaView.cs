namespace SsaShare.Cli;

/// <summary>
/// An encounter measured by its own error: lengths along each axis of the ellipse in its sigmas, so that one, two and three sigma are circles however long and thin the ellipse is, the miss is as long as
/// the Mahalanobis distance, and the bodies are an ellipse.
/// </summary>
internal static class SigmaView
{
    /// <summary>Farther off, the circles are a dot.</summary>
    public const double MostSigmas = 30;

    public static void Draw(SvgDocument svg, double left, double top, double width, double height, PlaneEncounter one)
    {
        var plane = one.Geometry.Plane;
        // From the second object, in the ellipse's axes, which keep the sense of X and Y: the longer one to the right.
        double first = -plane.MissMajorKm / plane.SigmaMajorKm, second = -plane.MissMinorKm / plane.SigmaMinorKm, reach = 1.06 * Math.Max(PlaneEncounter.Contours, one.Geometry.Mahalanobis);
        double scale = height / 2 / reach, x = left + width / 2, y = top + height / 2, firstX = x + first * scale, firstY = y - second * scale;
        int side = first > 0 ? -1 : 1;
        svg.Text(left, top - 7, "In sigmas: longer axis across, shorter one up", size: 12, isBold: true);
        svg.Within(left, top, width, height, () =>
        {
            for (int sigmas = PlaneEncounter.Contours; sigmas >= 1; sigmas--)
            {
                svg.Ellipse(x, y, sigmas * scale, sigmas * scale, 0, PlaneView.Error, sigmas == 1 ? 1.6 : 1.1, PlaneView.Error, fillOpacity: 0.1, dashes: PlaneView.Dashes(sigmas));
                // Below, on the side where the miss is not.
                if (scale > 14) svg.Text(x + side * (sigmas * scale * 0.707 + 2), y + sigmas * scale * 0.707 + 10, $"{sigmas}σ", side > 0 ? SvgDocument.Anchor.Start : SvgDocument.Anchor.End, 10, color: "#444");
            }
            double radiusX = one.RadiusKm / plane.SigmaMajorKm * scale, radiusY = one.RadiusKm / plane.SigmaMinorKm * scale;
            if (Math.Max(radiusX, radiusY) < 1e6) svg.Ellipse(firstX, firstY, Math.Max(radiusX, 1), Math.Max(radiusY, 1), 0, PlaneView.Bodies, 1.4, PlaneView.Bodies, fillOpacity: 0.25);
            svg.Line(firstX, firstY, x, y, PlaneView.Ink, 1.2);
            svg.Path(new PathData().Dot(x, y).ToString(), PlaneView.Ink, 6);
            svg.Path(new PathData().To(firstX - 4, firstY).To(firstX + 4, firstY).Lift().To(firstX, firstY - 4).To(firstX, firstY + 4).ToString(), PlaneView.Ink, 1.1);
        });
        svg.Rectangle(left, top, width, height, "#000");
    }
}
