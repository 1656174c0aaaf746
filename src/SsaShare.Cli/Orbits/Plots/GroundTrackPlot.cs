using SsaShare.Domain;

namespace SsaShare.Cli;

/// <summary>Tracks over the Earth's surface in a map of latitude by longitude, with the sites of sensors.</summary>
internal static class GroundTrackPlot
{
    private const double MapWidth = 840, Left = 70, Right = 32, Top = 78, Bottom = 52, DegPerRad = 180 / Math.PI;

    /// <param name="tracks">By name: places in the order of time.</param>
    /// <param name="sites">By name.</param>
    public static SvgDocument Draw(string title, IReadOnlyList<(string Name, IReadOnlyList<Geodetic> Places)> tracks, IReadOnlyList<(string Name, Geodetic Place)> sites)
    {
        double height = MapWidth / 2;
        var svg = new SvgDocument(Left + MapWidth + Right, Top + height + Bottom, title);
        svg.Text(Left, 28, title, size: 16, isBold: true);
        var longitudes = new LinearAxis("longitude", -180, 180, Left, Left + MapWidth) { Step = 30, Naming = value => Side(value, "W", "E") };
        var latitudes = new LinearAxis("latitude", -90, 90, Top + height, Top) { Step = 30, Naming = value => Side(value, "S", "N") };
        var panel = new PlotPanel(svg, longitudes, latitudes);
        panel.Draw(withTimes: true);
        PlotPanel.Legend(svg, Left, Left + MapWidth, 56, [.. tracks.Select((track, i) => (track.Name, Color(i), (string?)null, true)), .. sites.Count > 0 ? [("sensor", "#000", (string?)null, false)] : Array.Empty<(string, string, string?, bool)>()]);
        panel.Within(() =>
        {
            svg.Line(Left, latitudes.Map(0), Left + MapWidth, latitudes.Map(0), "#aaa");
            svg.Line(longitudes.Map(0), Top, longitudes.Map(0), Top + height, "#aaa");
            for (int i = 0; i < tracks.Count; i++) Track(svg, longitudes, latitudes, tracks[i].Places, Color(i));
            foreach (var (name, place) in sites)
            {
                double x = longitudes.Map(place.LongitudeRad * DegPerRad), y = latitudes.Map(place.LatitudeRad * DegPerRad);
                svg.Path(new PathData().Dot(x, y).ToString(), "#000", 6);
                bool isEast = x > Left + MapWidth - 90;
                svg.Text(isEast ? x - 7 : x + 7, y - 5, name, isEast ? SvgDocument.Anchor.End : SvgDocument.Anchor.Start, 11);
            }
        });
        panel.Frame();
        return svg;
    }

    /// <summary>The line leaves the map at one side and comes in at the other.</summary>
    private static void Track(SvgDocument svg, LinearAxis longitudes, LinearAxis latitudes, IReadOnlyList<Geodetic> places, string color)
    {
        var line = new PathData();
        for (int i = 0; i < places.Count; i++)
        {
            double longitude = places[i].LongitudeRad * DegPerRad, latitude = places[i].LatitudeRad * DegPerRad;
            if (i > 0)
            {
                double before = places[i - 1].LongitudeRad * DegPerRad, latitudeBefore = places[i - 1].LatitudeRad * DegPerRad;
                if (Math.Abs(longitude - before) > 180)
                {
                    double over = longitude > before ? -360 : 360, edge = longitude > before ? -180 : 180;
                    double share = (edge - before) / (longitude + over - before), crossing = latitudeBefore + share * (latitude - latitudeBefore);
                    line.To(longitudes.Map(edge), latitudes.Map(crossing)).Lift().To(longitudes.Map(-edge), latitudes.Map(crossing));
                }
            }
            line.To(longitudes.Map(longitude), latitudes.Map(latitude));
        }
        svg.Path(line.ToString(), color, 1.6);
        if (places.Count == 0) return;
        // A ring where the track begins.
        double x = longitudes.Map(places[0].LongitudeRad * DegPerRad), y = latitudes.Map(places[0].LatitudeRad * DegPerRad);
        svg.Path(new PathData().Dot(x, y).ToString(), color, 8);
        svg.Path(new PathData().Dot(x, y).ToString(), "#fff", 4);
    }

    private static string Side(double degrees, string below, string above) => degrees == 0 ? "0°" : $"{Math.Abs(degrees)}° {(degrees < 0 ? below : above)}";

    private static string Color(int index) => PlotPanel.Colors[index % PlotPanel.Colors.Length];
}
