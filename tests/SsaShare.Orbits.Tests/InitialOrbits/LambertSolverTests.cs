using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class LambertSolverTests
{
    /// <summary>Vallado, example 7-5: 76 minutes, short way.</summary>
    [Fact]
    public void Solve_ValladoExample_GivesItsVelocities()
    {
        var solution = Solved(LambertSolver.Solve(new(15945.34, 0, 0), new(12214.83899, 10249.46731, 0), 76 * 60)).Single(s => s.Way == LambertWay.ShortWay);
        Testing.Near(new Vector3d(2.058913, 2.915965, 0), solution.DepartureKmPerS, 1e-5);
        Testing.Near(new Vector3d(-3.451565, 0.910315, 0), solution.ArrivalKmPerS, 1e-5);
    }

    /// <summary>Curtis, Orbital Mechanics for Engineering Students, example 5.2: one hour.</summary>
    [Fact]
    public void Solve_CurtisExample_GivesItsVelocities()
    {
        var solution = Solved(LambertSolver.Solve(new(5_000, 10_000, 2_100), new(-14_600, 2_500, 7_000), 3_600, muKm3PerS2: 398_600)).Single(s => s.Way == LambertWay.ShortWay);
        Testing.Near(new Vector3d(-5.9925, 1.9254, 3.2456), solution.DepartureKmPerS, 1e-4);
        Testing.Near(new Vector3d(-3.3125, -4.1966, -0.38529), solution.ArrivalKmPerS, 1e-4);
    }

    /// <summary>The published collection of difficult cases: whatever is returned leads from the first position to the second.</summary>
    [Fact]
    public void Solve_DifficultCases_EachSolutionArrives()
    {
        int cases = 0, solutions = 0, opposite = 0, same = 0;
        double worst = 0;
        foreach (var (name, revolutions, from, to, seconds) in Cases())
        {
            cases++;
            var outcome = LambertSolver.Solve(from, to, seconds, revolutions + 3);
            if (outcome is LambertOutcome.Refused no)
            {
                if (no.Reason == LambertRefusal.SameDirection) same++;
                else opposite++;
                Assert.True(from.Unit().Cross(to.Unit()).Norm < 1e-8, $"{name}: {no}");
                continue;
            }
            foreach (var solution in Solved(outcome))
            {
                solutions++;
                Assert.True(TwoBody.TryPropagate(from, solution.DepartureKmPerS, seconds, out var there, out var speed), name);
                double miss = there.DistanceTo(to) / to.Norm;
                worst = Math.Max(worst, miss);
                // A plane within 0.01 degrees of undefined, and orbits that fall through the centre, lose digits.
                Assert.True(miss < 1e-5, $"{name} {solution}: {miss:G3}");
                Assert.InRange((speed - solution.ArrivalKmPerS).Norm / speed.Norm, 0, 1e-4);
            }
            Assert.True(Solved(outcome).Count(s => s.Revolutions == 0) == 2, $"{name}: {Solved(outcome).Count}");
        }
        Assert.True(cases > 80);
        Figure.Say($"Lambert, {cases} published cases: {solutions} orbits, {opposite} cases refused as opposite, {same} as one direction", "flown on by two-body motion, miss over the radius", "max", worst, "");
    }

    /// <summary>The orbit that made the two positions is among the answers, and every answer arrives.</summary>
    [Fact]
    public void Solve_PositionsOfKnownOrbits_FindsThem()
    {
        var random = new Random(11);
        double worst = 0;
        for (int i = 0; i < 3_000; i++)
        {
            var r = (6_600 + 30_000 * random.NextDouble()) * TwoBodyTests.Direction(random);
            var v = Math.Sqrt(TwoBody.EarthMuKm3PerS2 / r.Norm) * (0.6 + 0.7 * random.NextDouble()) * TwoBodyTests.Direction(random);
            double a = 1 / (2 / r.Norm - v.NormSquared / TwoBody.EarthMuKm3PerS2), period = Math.Tau * Math.Sqrt(a * a * a / TwoBody.EarthMuKm3PerS2), revolutions = 4.9 * random.NextDouble();
            if (r.Cross(v).Norm < 0.2 * r.Norm * v.Norm || !(a > 0)) continue;
            double seconds = revolutions * period;
            Assert.True(TwoBody.TryPropagate(r, v, seconds, out var to, out var arrival));
            if (r.Unit().Cross(to.Unit()).Norm < 1e-3) continue;
            var all = Solved(LambertSolver.Solve(r, to, seconds, 6));
            double nearest = all.Min(s => (s.DepartureKmPerS - v).Norm / v.Norm);
            Assert.True(nearest < 1e-6, $"{r} {v} {seconds}: {nearest:G3} of {all.Count}");
            worst = Math.Max(worst, nearest);
            Assert.Contains(all, s => s.Revolutions == (int)revolutions && (s.DepartureKmPerS - v).Norm < 1e-5 && (s.ArrivalKmPerS - arrival).Norm < 1e-5);
            foreach (var s in all)
            {
                Assert.True(TwoBody.TryPropagate(r, s.DepartureKmPerS, seconds, out var there, out _));
                Testing.Near(to, there, 1e-5 * to.Norm);
            }
        }
        Figure.Say("Lambert, random orbits, up to 4.9 revolutions, velocity", "the orbit that made the positions, relative", "max", worst, "");
    }

    [Fact]
    public void Solve_ManyRevolutions_TwoOrbitsPerWayAndRevolution()
    {
        var all = Solved(LambertSolver.Solve(new(7_000, 0, 0), new(0, 7_500, 0), 30_000, 20));
        int most = all.Max(s => s.Revolutions);
        Assert.InRange(most, 4, 6);
        foreach (int n in Enumerable.Range(1, most - 1))
            Assert.Equal(4, all.Count(s => s.Revolutions == n));
        Assert.Equal(2, all.Count(s => s.Revolutions == 0));
    }

    [Fact]
    public void Solve_OppositePositions_NeedsAPlane()
    {
        Vector3d from = new(7_000, 0, 0), to = new(-8_000, 0, 0);
        Assert.Equal(LambertRefusal.PlaneUndefined, Assert.IsType<LambertOutcome.Refused>(LambertSolver.Solve(from, to, 3_500)).Reason);
        Assert.Equal(LambertRefusal.PlaneUndefined, Assert.IsType<LambertOutcome.Refused>(LambertSolver.Solve(from, to, 3_500, normal: new(1, 0, 0))).Reason);
        var normal = new Vector3d(0, -1, 2);
        foreach (var solution in Solved(LambertSolver.Solve(from, to, 20_000, 2, normal)))
        {
            Assert.Equal(0, solution.DepartureKmPerS.Dot(normal), 1e-9);
            Assert.True(TwoBody.TryPropagate(from, solution.DepartureKmPerS, 20_000, out var there, out _));
            Testing.Near(to, there, 1e-3);
        }
    }

    [Fact]
    public void Solve_SenselessInput_SaysWhy()
    {
        Assert.Equal(LambertRefusal.Senseless, Assert.IsType<LambertOutcome.Refused>(LambertSolver.Solve(new(7_000, 0, 0), new(0, 7_000, 0), 0)).Reason);
        Assert.Equal(LambertRefusal.Senseless, Assert.IsType<LambertOutcome.Refused>(LambertSolver.Solve(Vector3d.Zero, new(0, 7_000, 0), 10)).Reason);
        Assert.Equal(LambertRefusal.Senseless, Assert.IsType<LambertOutcome.Refused>(LambertSolver.Solve(new(double.NaN, 0, 0), new(0, 7_000, 0), 10)).Reason);
        Assert.Equal(LambertRefusal.SameDirection, Assert.IsType<LambertOutcome.Refused>(LambertSolver.Solve(new(7_000, 0, 0), new(9_000, 0, 0), 1_000)).Reason);
    }

    /// <summary>Numbers of any size: an answer or a refusal, always finite.</summary>
    [Fact]
    public void Solve_NumbersOfAnySize_NeverFails()
    {
        var random = new Random(3);
        double any() => Math.Pow(10, 20 * random.NextDouble() - 6) * (random.Next(2) == 0 ? 1 : -1) * (random.Next(20) == 0 ? 0 : 1);
        for (int i = 0; i < 50_000; i++)
        {
            var outcome = LambertSolver.Solve(new(any(), any(), any()), new(any(), any(), any()), Math.Abs(any()), random.Next(3), random.Next(3) == 0 ? new(any(), any(), any()) : null);
            if (outcome is LambertOutcome.Solved solved) Assert.All(solved.Solutions, s => Assert.True(s.DepartureKmPerS.IsFinite && s.ArrivalKmPerS.IsFinite));
        }
    }

    private static IReadOnlyList<LambertSolution> Solved(LambertOutcome outcome)
        => outcome is LambertOutcome.Solved solved ? solved.Solutions : throw new InvalidOperationException(outcome.ToString());

    private static IEnumerable<(string Name, int Revolutions, Vector3d From, Vector3d To, double Seconds)> Cases()
    {
        var lines = ReferenceData.Lines("obs/iod-angles/lamberttest.dat").Select(l => l.Trim()).Where(l => l.Length > 0).ToList();
        for (int i = 0; i + 6 < lines.Count; i++)
        {
            if (!lines[i].StartsWith('#') || lines[i + 1].StartsWith('#')) continue;
            yield return (lines[i], int.Parse(lines[i + 1], CultureInfo.InvariantCulture), Vector(lines[i + 2]), Vector(lines[i + 4]), double.Parse(lines[i + 6].Trim(' ', ','), CultureInfo.InvariantCulture));
        }
    }

    private static Vector3d Vector(string line)
    {
        double[] n = [.. line.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Take(3).Select(w => double.Parse(w, CultureInfo.InvariantCulture))];
        return new Vector3d(n[0], n[1], n[2]);
    }
}
