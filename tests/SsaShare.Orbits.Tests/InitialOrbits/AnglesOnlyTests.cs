using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class AnglesOnlyTests
{
    /// <summary>Cases whose printed elements are those of another case, or whose lines do not determine an orbit.</summary>
    private static readonly string[] Unusable = ["19 ", "20 "];

    /// <summary>How many of the 19 textbook orbits come within 1 % of the printed semi-major axis; the others are short arcs that the sites' 0.3 km already move.</summary>
    [Theory]
    [InlineData("Gauss", 10, 7)]
    [InlineData("Gooding", 11, 8)]
    public void Solve_TextbookCases_FindsTheirOrbits(string method, int atLeastWithinPercent, int atLeastWithinThousandth)
    {
        var off = new List<double>();
        int cases = 0, several = 0;
        foreach (var c in AnglesCases.Read())
        {
            if (Unusable.Any(u => c.Name.StartsWith(u, StringComparison.Ordinal))) continue;
            cases++;
            if (Solve(method, c.Lines, 0) is not AnglesOnlyOutcome.Found found) continue;
            if (found.Orbits.Count > 1) several++;
            if (method == "Gooding") Assert.All(found.Orbits, o => Assert.InRange(o.MissRad, 0, 1e-9));
            List<double> axes = [.. found.Orbits.Where(o => KeplerianElements.TryFromState(o.State, out _)).Select(o => KeplerianElements.TryFromState(o.State, out var e) ? Math.Abs(e.SemiMajorAxisKm / c.AxisKm - 1) : 1)];
            if (axes.Count > 0) off.Add(axes.Min());
        }
        off.Sort();
        int percent = off.Count(o => o < 0.01), thousandth = off.Count(o => o < 0.001);
        string what = $"{method}, {cases} published cases, semi-major axis";
        Figure.Say(what, "the orbits printed there", "within 0.1 %", thousandth, "cases");
        Figure.Say(what, "the orbits printed there", "1 %", percent, "cases");
        Figure.Say(what, "the orbits printed there", "10 %", off.Count(o => o < 0.1), "cases");
        Figure.Say(what, "the orbits printed there", "several answers in", several, "cases");
        Figure.Say(what, "the orbits printed there", "median of those found", 100 * off[off.Count / 2], "%");
        Assert.True(percent >= atLeastWithinPercent && thousandth >= atLeastWithinThousandth, string.Join(' ', off));
    }

    [Theory]
    [InlineData("Gauss")]
    [InlineData("Gooding")]
    public void Solve_LinesOfKnownOrbits_TheOrbitIsAmongTheAnswers(string method)
    {
        var random = new Random(5);
        int tried = 0, found = 0;
        while (tried < 200)
        {
            if (Scene(random, 0.03 + 0.05 * random.NextDouble()) is not { } scene) continue;
            tried++;
            if (Solve(method, scene.Lines, 0) is AnglesOnlyOutcome.Found orbits && orbits.Orbits.Any(o => o.State.PositionKm.DistanceTo(scene.R) < 1e-4 * scene.R.Norm && (o.State.VelocityKmPerS - scene.V).Norm < 1e-3 * scene.V.Norm)) found++;
        }
        Figure.Say($"{method}, {tried} synthetic arcs of 3 to 8 % of a revolution", "the orbit that made them", "found", found, "arcs");
        Assert.True(found >= 0.97 * tried, $"{found} of {tried}");
    }

    [Fact]
    public void Gooding_LinesRevolutionsApart_TheOrbitIsAmongTheAnswers()
    {
        var random = new Random(6);
        int tried = 0, found = 0;
        while (tried < 25)
        {
            if (Scene(random, 0.7) is not { } scene) continue;
            tried++;
            if (GoodingMethod.Solve(scene.Lines[0], scene.Lines[1], scene.Lines[2], 2) is AnglesOnlyOutcome.Found orbits && orbits.Orbits.Any(o => o.Revolutions == 1 && o.State.PositionKm.DistanceTo(scene.R) < 1e-4 * scene.R.Norm)) found++;
        }
        Figure.Say($"Gooding, {tried} synthetic arcs of 1.4 revolutions", "the orbit that made them", "found", found, "arcs");
        Assert.True(found >= 0.8 * tried, $"{found} of {tried}");
    }

    [Fact]
    public void Solve_LinesInOnePlaneOrOutOfOrder_SaysWhy()
    {
        LineOfSight line(double seconds, double ra) => LineOfSight.FromAngles(Epoch.J2000.PlusSeconds(seconds), new(6_378, 0, 0), ra, 0);
        Assert.Equal(AnglesOnlyRefusal.Coplanar, Assert.IsType<AnglesOnlyOutcome.Refused>(GaussMethod.Solve(line(0, -0.1), line(60, 0), line(120, 0.1))).Reason);
        Assert.Equal(AnglesOnlyRefusal.Senseless, Assert.IsType<AnglesOnlyOutcome.Refused>(GaussMethod.Solve(line(0, -0.1), line(120, 0), line(60, 0.1))).Reason);
        Assert.Equal(AnglesOnlyRefusal.Senseless, Assert.IsType<AnglesOnlyOutcome.Refused>(GoodingMethod.Solve(line(0, -0.1), line(60, double.NaN), line(120, 0.1))).Reason);
    }

    [Fact]
    public void EighthDegree_ThreePositiveRoots_AllFound()
    {
        // Through 0.6, 1 and 1.5: three roots fix the three coefficients.
        var fixedByRoots = Through(0.6, 1, 1.5);
        Assert.Equal([0.6, 1, 1.5], EighthDegree.PositiveRoots(fixedByRoots.A, fixedByRoots.B, fixedByRoots.C).Select(x => Math.Round(x, 9)));
        foreach (var (a, b, c) in new[] { (-3.0, 4.0, -1.9), (-1.0, 0.0, -2.0), (-2.5, 2.6, -1.05), (1.0, -3.0, 1.0) })
        {
            var roots = EighthDegree.PositiveRoots(a, b, c);
            int signs = 0;
            double f(double x) => Math.Pow(x, 8) + a * Math.Pow(x, 6) + b * Math.Pow(x, 3) + c;
            for (double x = 0; x < 5; x += 1e-4)
                if (f(x) > 0 != f(x + 1e-4) > 0) signs++;
            Assert.Equal(signs, roots.Count);
            Assert.All(roots, x => Assert.Equal(0, f(x), 1e-9));
        }
    }

    private static (double A, double B, double C) Through(double x, double y, double z)
    {
        // f(x) - f(y) and f(y) - f(z) leave a and b.
        double p(double v, int n) => Math.Pow(v, n);
        double d1 = p(x, 6) - p(y, 6), e1 = p(x, 3) - p(y, 3), r1 = p(y, 8) - p(x, 8), d2 = p(y, 6) - p(z, 6), e2 = p(y, 3) - p(z, 3), r2 = p(z, 8) - p(y, 8);
        double a = (r1 * e2 - r2 * e1) / (d1 * e2 - d2 * e1), b = (d1 * r2 - d2 * r1) / (d1 * e2 - d2 * e1);
        return (a, b, -(p(x, 8) + a * p(x, 6) + b * p(x, 3)));
    }

    private static AnglesOnlyOutcome Solve(string method, LineOfSight[] lines, int revolutions)
        => method == "Gauss" ? GaussMethod.Solve(lines[0], lines[1], lines[2]) : GoodingMethod.Solve(lines[0], lines[1], lines[2], revolutions);

    /// <summary>An orbit and three lines to it from places on the ground, in sight; the outer ones a share of a revolution from the middle one.</summary>
    private static (LineOfSight[] Lines, Vector3d R, Vector3d V)? Scene(Random random, double share)
    {
        double a = 7_200 + 20_000 * random.NextDouble(), e = 0.2 * random.NextDouble() * (1 - 6_700 / a);
        var state = new KeplerianElements(a, e, Math.PI * random.NextDouble(), Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble()).ToState(Epoch.J2000, Frame.Gcrf);
        double period = Math.Tau * Math.Sqrt(a * a * a / TwoBody.EarthMuKm3PerS2);
        var lines = new LineOfSight[3];
        for (int k = 0; k < 3; k++)
        {
            double seconds = (k - 1) * share * period;
            if (!TwoBody.TryPropagate(state.PositionKm, state.VelocityKmPerS, seconds, out var r, out _)) return null;
            // A site whose horizon is well below the object.
            var site = Wgs84.EquatorialRadiusKm * (r.Unit() + 0.3 * TwoBodyTests.Direction(random)).Unit();
            var direction = (r - site).Unit();
            if (direction.Dot(site.Unit()) < 0.3) return null;
            lines[k] = new LineOfSight(Epoch.J2000.PlusSeconds(seconds), site, direction);
        }
        return Math.Abs(lines[0].Direction.Dot(lines[1].Direction.Cross(lines[2].Direction))) < 0.01 ? null : (lines, state.PositionKm, state.VelocityKmPerS);
    }
}
