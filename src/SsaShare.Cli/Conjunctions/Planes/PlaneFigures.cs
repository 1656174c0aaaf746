using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Cli;

/// <summary>The figures beside an encounter plane, and the same in words for those who do not see it.</summary>
internal static class PlaneFigures
{
    private const double Line = 17, Value = 118;
    private const int MostRows = 8;

    /// <returns>The y below them.</returns>
    public static double Write(SvgDocument svg, double left, double top, IReadOnlyList<PlaneEncounter> encounters)
    {
        var newest = encounters[^1];
        double y = top;
        foreach (var (name, value) in Of(newest))
        {
            svg.Text(left, y, name, size: 12, color: "#444");
            svg.Text(left + Value, y, value, size: 12);
            y += Line;
        }
        if (newest.Geometry.IsRaised) y = Note(svg, left, y, "The error has no width of its own along", "its shorter axis; it is drawn as a line.");
        int warnings = newest.Assessed.Warnings.Count;
        if (warnings > 0) y = Note(svg, left, y, warnings == 1 ? "1 warning: see ssa pc." : $"{warnings} warnings: see ssa pc.");
        return encounters.Count > 1 ? History(svg, left, y + 8, encounters) : y;
    }

    /// <summary>All of it in one paragraph.</summary>
    public static string Description(IReadOnlyList<PlaneEncounter> encounters)
        => $"The encounter seen along the relative velocity. {string.Join(", ", Of(encounters[^1]).Select(one => $"{one.Name} {one.Value}"))}."
            + (encounters.Count == 1 ? "" : $" {encounters.Count} messages, oldest first: {string.Join("; ", encounters.Select(one => $"{Utc.Format(one.Created)} miss {PlaneWords.Length(one.Geometry.MissDistanceKm)}, sigma {PlaneWords.Length(one.Geometry.Plane.SigmaMajorKm)} by {PlaneWords.Length(one.Geometry.Plane.SigmaMinorKm)}, probability {PlaneWords.Probability(one.Assessed.Assessment.Recommended.Probability)}"))}.");

    private static IEnumerable<(string Name, string Value)> Of(PlaneEncounter one)
    {
        var (g, found) = (one.Geometry, one.Assessed.Assessment);
        yield return ("miss", PlaneWords.Length(g.MissDistanceKm));
        yield return ("X, Y", $"{PlaneWords.Length(g.MissXKm)}, {PlaneWords.Length(g.MissYKm)}");
        yield return ("sigma, longer axis", PlaneWords.Length(g.Plane.SigmaMajorKm));
        yield return ("sigma, shorter axis", g.IsRaised ? "none" : PlaneWords.Length(g.Plane.SigmaMinorKm));
        yield return ("longer axis from X", string.Create(CultureInfo.InvariantCulture, $"{g.MajorAxisAngleRad * 180 / Math.PI:F1}°"));
        yield return ("Mahalanobis", g.Mahalanobis.ToString(g.Mahalanobis < 100 ? "F3" : "#,0.0", CultureInfo.InvariantCulture));
        yield return ("hard-body radius", PlaneWords.Length(one.RadiusKm));
        yield return ("probability", $"{PlaneWords.Probability(found.Recommended.Probability)}{(PcWords.Name(found.Recommended.Method) is { } method ? $" ({method})" : "")}");
        if (PcWords.Name(found.Recommended.Method) != "pc_2d") yield return ("in this plane", $"{PlaneWords.Probability(found.TwoDimensional)} (pc_2d)");
        if (found.Maximum is { } maximum) yield return ("at most (pc_max)", $"{PlaneWords.Probability(maximum.Probability)}{(maximum.SigmaScale > 0 ? string.Create(CultureInfo.InvariantCulture, $", sigma × {maximum.SigmaScale:G3}") : "")}");
    }

    private static double Note(SvgDocument svg, double left, double y, params string[] lines)
    {
        foreach (string line in lines)
        {
            svg.Text(left, y, line, size: 11, color: "#444");
            y += Line - 3;
        }
        return y + 3;
    }

    /// <summary>Newest at the bottom; of many the last ones.</summary>
    private static double History(SvgDocument svg, double left, double y, IReadOnlyList<PlaneEncounter> encounters)
    {
        (string Text, double At)[] heads = [("", 0), ("made", 16), ("miss", 128), ("σ", 182), ("Pc", 250)];
        foreach (var (text, at) in heads) svg.Text(left + at, y, text, at > 100 ? SvgDocument.Anchor.End : SvgDocument.Anchor.Start, 10, color: "#444");
        for (int i = Math.Max(0, encounters.Count - MostRows); i < encounters.Count; i++)
        {
            var one = encounters[i];
            y += 13;
            string[] cells = [$"{i + 1}", Utc.Format(one.Created)[5..16].Replace('T', ' '), PlaneWords.Length(one.Geometry.MissDistanceKm), PlaneWords.Length(one.Geometry.Plane.SigmaMajorKm), PlaneWords.Probability(one.Assessed.Assessment.Recommended.Probability)];
            for (int cell = 0; cell < cells.Length; cell++) svg.Text(left + heads[cell].At, y, cells[cell], cell > 1 ? SvgDocument.Anchor.End : SvgDocument.Anchor.Start, 10, isBold: i == encounters.Count - 1);
        }
        return y + 6;
    }
}
