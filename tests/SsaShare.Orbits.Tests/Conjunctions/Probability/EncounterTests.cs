using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public sealed class EncounterTests
{
    [Fact]
    public void Geometry_CrossingPair_HasARightHandedPlaneWithYUp()
    {
        var pair = Crossing(new Vector3d(0.1, 0.2, 0));
        Assert.True(EncounterGeometry.TryOf(pair, out var g));
        Testing.Near(g!.AxisZ, g.AxisX.Cross(g.AxisY), 1e-14);
        Testing.Near(pair.RelativeVelocityKmPerS.Unit(), g.AxisZ, 1e-14);
        Assert.True(g.AxisY.Dot(pair.First.PositionKm) > 0.99 * pair.First.PositionKm.Norm);
        var rebuilt = g.MissXKm * g.AxisX + g.MissYKm * g.AxisY + pair.RelativePositionKm.Dot(g.AxisZ) * g.AxisZ;
        Testing.Near(pair.RelativePositionKm, rebuilt, 1e-14);
        // The principal axes hold the same matrix and the same miss.
        var (sin, cos) = Math.SinCos(g.MajorAxisAngleRad);
        double major = g.Plane.SigmaMajorKm * g.Plane.SigmaMajorKm, minor = g.Plane.SigmaMinorKm * g.Plane.SigmaMinorKm;
        Assert.Equal(g.VarianceXKm2, cos * cos * major + sin * sin * minor, 1e-14);
        Assert.Equal(g.CovarianceXYKm2, sin * cos * (major - minor), 1e-14);
        Assert.Equal(g.MissXKm, cos * g.Plane.MissMajorKm - sin * g.Plane.MissMinorKm, 1e-14);
        Assert.False(g.IsRaised);
    }

    [Fact]
    public void Geometry_AtRestAgainstEachOther_HasNoPlane()
    {
        var state = Testing.LowOrbit;
        var beside = new CartesianState(state.Epoch, state.Frame, state.PositionKm + new Vector3d(0.1, 0, 0), state.VelocityKmPerS);
        Assert.False(EncounterGeometry.TryOf(new ConjunctionPair(state, Round(0.1, 1e-4), beside, Round(0.1, 1e-4), 0.01), out _));
        Assert.False(ClosestApproachShift.TryMove(new ConjunctionPair(state, Round(0.1, 1e-4), beside, Round(0.1, 1e-4), 0.01), ApproachMotion.Linear, out _, out _));
    }

    [Theory]
    [InlineData(ApproachMotion.Linear, 0.0004)]
    [InlineData(ApproachMotion.TwoBody, 0.0004)]
    [InlineData(ApproachMotion.TwoBody, 25)]
    [InlineData(ApproachMotion.TwoBody, -40)]
    public void Move_StatesAtAnotherTime_FindsTheClosestApproach(ApproachMotion motion, double secondsOff)
    {
        var truth = Crossing(new Vector3d(0.3, 0, 0));
        Assert.True(ClosestApproachShift.TryMove(truth, ApproachMotion.TwoBody, out truth, out _));
        var off = new ConjunctionPair(Moved(truth.First, secondsOff), truth.FirstCovariance, Moved(truth.Second, secondsOff), truth.SecondCovariance, 0.01);
        Assert.True(ClosestApproachShift.TryMove(off, motion, out var found, out double seconds));
        Assert.Equal(-secondsOff, seconds, 1e-6);
        Testing.Near(truth.RelativePositionKm, found.RelativePositionKm, 1e-6);
        Assert.Equal(0, found.RelativePositionKm.Unit().Dot(found.RelativeVelocityKmPerS.Unit()), 1e-6);
    }

    [Fact]
    public void Move_TwoBody_CarriesTheCovarianceLikeDifferences()
    {
        var pair = Crossing(new Vector3d(0.3, 0, 0));
        Assert.True(EquinoctialOrbit.TryOf(pair.First, out var orbit));
        double[] transition = new double[36];
        Assert.True(orbit!.TryTransition(700, transition, out var state));
        Assert.True(TwoBody.TryPropagate(pair.First.PositionKm, pair.First.VelocityKmPerS, 700, out var r, out var v));
        Testing.Near(r, state.Position, 1e-8);
        Testing.Near(v, state.Velocity, 1e-11);
        for (int i = 0; i < 6; i++)
        {
            double step = i < 3 ? 1e-2 : 1e-5;
            Vector3d dr = i == 0 ? new Vector3d(step, 0, 0) : i == 1 ? new Vector3d(0, step, 0) : i == 2 ? new Vector3d(0, 0, step) : default;
            Vector3d dv = i == 3 ? new Vector3d(step, 0, 0) : i == 4 ? new Vector3d(0, step, 0) : i == 5 ? new Vector3d(0, 0, step) : default;
            Assert.True(TwoBody.TryPropagate(pair.First.PositionKm + dr, pair.First.VelocityKmPerS + dv, 700, out var rp, out var vp));
            Assert.True(TwoBody.TryPropagate(pair.First.PositionKm - dr, pair.First.VelocityKmPerS - dv, 700, out var rm, out var vm));
            Testing.Near((rp - rm) / (2 * step), new Vector3d(transition[i], transition[6 + i], transition[12 + i]), i < 3 ? 1e-6 : 1e-3);
            Testing.Near((vp - vm) / (2 * step), new Vector3d(transition[18 + i], transition[24 + i], transition[30 + i]), i < 3 ? 1e-9 : 1e-6);
        }
    }

    [Fact]
    public void Pair_CallersMistakes_AreRefused()
    {
        var pair = Crossing(default);
        Assert.Throws<ArgumentException>(() => new ConjunctionPair(pair.First, pair.FirstCovariance, Moved(pair.Second, 1), pair.SecondCovariance, 0.01));
        Assert.Throws<ArgumentException>(() => new ConjunctionPair(pair.First, pair.FirstCovariance, pair.Second, pair.SecondCovariance, 0));
        Assert.Throws<ArgumentException>(() => new ConjunctionPair(pair.First, pair.FirstCovariance, pair.Second, pair.SecondCovariance, double.NaN));
        var fixedToEarth = new CartesianState(pair.First.Epoch, Frame.Itrf, pair.First.PositionKm, pair.First.VelocityKmPerS);
        Assert.Throws<ArgumentException>(() => new ConjunctionPair(fixedToEarth, pair.FirstCovariance, fixedToEarth, pair.SecondCovariance, 0.01));
    }

    [Fact]
    public void AllMethods_FastSmallEncounter_Agree()
    {
        var pair = Crossing(new Vector3d(0.06, 0.03, -0.05));
        var result = ProbabilityAssessor.Assess(pair, new ProbabilityOptions(ProbabilityMethods.All) { MonteCarlo = new MonteCarloOptions(20_000, 3) });
        double p = result.TwoDimensional!.Value;
        Assert.Equal(1, result.Series!.Value / p, 1e-9);
        Assert.Equal(1, Assert.IsType<ExpectedCollisions.Found>(result.ShortCurved).Number / p, 1e-4);
        Assert.Equal(1, Assert.IsType<ExpectedCollisions.Found>(result.LongCurved).Number / p, 1e-4);
        Assert.InRange(p, result.MonteCarlo!.Low, result.MonteCarlo.High);
        Assert.True(result.Maximum!.Value.Probability >= p);
        Assert.Equal(ProbabilityMethods.TwoDimensional, result.Recommended.Method);
    }

    [Theory]
    [InlineData(5e-3, 0.05)]
    [InlineData(1e-3, 0.06)]
    [InlineData(6e-4, 0.0594)]
    public void Curved_BodiesMuchLargerThanTheError_IsTheEdgeOfTheDisc(double sigmaKm, double missKm)
    {
        // A hundred times as large at most: the density on the sphere is a thin line.
        var pair = Crossing(missKm * Crossing(default).First.PositionKm.Unit());
        var small = new ConjunctionPair(pair.First, Round(sigmaKm, 1e-8), pair.Second, Round(0.1 * sigmaKm, 1e-9), 0.06);
        Assert.True(EncounterGeometry.TryOf(small, out var geometry));
        double straight = FosterProbability.Of(geometry!.Plane);
        var curved = Assert.IsType<ExpectedCollisions.Found>(ShortCurvedEncounter.Of(small));
        Assert.InRange(straight, 0.3, 1);
        Assert.Equal(1, curved.Number / straight, 2e-3);
    }

    [Fact]
    public void Curved_ErrorOfNoSizeAgainstTheBodies_IsRefusedAndStraightLinesAnswer()
    {
        var pair = Crossing(new Vector3d(0.01, 0, 0)).With(Round(1e-5, 1e-9), Round(1e-5, 1e-9));
        Assert.Equal(new ExpectedCollisions.Failed(CollisionsFailure.TooSharp), ShortCurvedEncounter.Of(pair));
        var result = ProbabilityAssessor.Assess(pair, new ProbabilityOptions(ProbabilityMethods.TwoDimensional));
        Assert.Equal(1, result.Recommended.Probability!.Value, 1e-9);
    }

    [Fact]
    public void MonteCarlo_SameSeed_SameHitsWithAnyThreads()
    {
        var pair = Crossing(new Vector3d(0.06, 0.03, -0.05));
        Assert.True(MonteCarloProbability.TryOf(pair, new MonteCarloOptions(10_000, 11), out var one));
        Assert.True(MonteCarloProbability.TryOf(pair, new MonteCarloOptions(10_000, 11) { Threads = 3 }, out var three));
        Assert.True(MonteCarloProbability.TryOf(pair, new MonteCarloOptions(10_000, 12), out var other));
        Assert.Equal(one, three);
        Assert.NotEqual(one!.Hits, other!.Hits);
        Assert.Throws<ArgumentException>(() => MonteCarloProbability.TryOf(pair, new MonteCarloOptions(0, 1), out _));
        Assert.Throws<ArgumentException>(() => MonteCarloProbability.TryOf(pair, new MonteCarloOptions(10, 1) { WindowSeconds = (1, 1) }, out _));
    }

    // Exact figures of the binomial distribution: with no hits in n trials the upper end is 1 - (α/2)^(1/n).
    [Fact]
    public void ClopperPearson_KnownCases_Agrees()
    {
        var (low, high) = BinomialInterval.ClopperPearson(0, 100, 0.95);
        Assert.Equal(0, low);
        Assert.Equal(1 - Math.Pow(0.025, 0.01), high, 1e-12);
        // CARA's interval of Alfano's seventh case.
        (low, high) = BinomialInterval.ClopperPearson(16_011, 100_000_000, 0.95);
        Assert.Equal(0.00015763964559393871, low, 1e-11);
        Assert.Equal(0.0001626093654931974, high, 1e-11);
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialInterval.ClopperPearson(3, 2, 0.95));
    }

    [Fact]
    public void Curved_StraightFall_IsAFailureAndTrialsToo()
    {
        var pair = Crossing(default);
        var falling = new CartesianState(pair.First.Epoch, pair.First.Frame, pair.First.PositionKm, 12 * pair.First.PositionKm.Unit());
        var escaping = new ConjunctionPair(falling, pair.FirstCovariance, pair.Second, pair.SecondCovariance, 0.01);
        Assert.Equal(new ExpectedCollisions.Failed(CollisionsFailure.NotElliptic), ShortCurvedEncounter.Of(escaping));
        Assert.Equal(new ExpectedCollisions.Failed(CollisionsFailure.NotElliptic), LongCurvedEncounter.Of(escaping));
        Assert.False(MonteCarloProbability.TryOf(escaping, new MonteCarloOptions(10, 1), out _));
        var result = ProbabilityAssessor.Assess(escaping, new ProbabilityOptions(ProbabilityMethods.All));
        Assert.Equal(ProbabilityMethods.TwoDimensional, result.Recommended.Method);
        Assert.Contains(result.Warnings, warning => warning.Kind == ProbabilityWarningKind.MethodFailed);
    }

    /// <summary>The orbit of the tests, crossed at 90° by another of the same energy.</summary>
    internal static ConjunctionPair Crossing(Vector3d apartKm)
    {
        var first = Testing.LowOrbit;
        var across = first.PositionKm.Cross(first.VelocityKmPerS).Unit();
        var second = new CartesianState(first.Epoch, first.Frame, first.PositionKm + apartKm, first.VelocityKmPerS.Norm * across);
        return new ConjunctionPair(first, Round(0.05, 5e-5), second, Round(0.08, 8e-5), 0.04);
    }

    internal static Covariance6 Round(double sigmaKm, double sigmaKmPerS)
    {
        double[] lower = new double[21];
        for (int i = 0; i < 6; i++) lower[i * (i + 3) / 2] = i < 3 ? sigmaKm * sigmaKm : sigmaKmPerS * sigmaKmPerS;
        return new Covariance6(lower);
    }

    private static CartesianState Moved(CartesianState state, double seconds)
    {
        Assert.True(TwoBody.TryPropagate(state.PositionKm, state.VelocityKmPerS, seconds, out var r, out var v));
        return new CartesianState(state.Epoch.PlusSeconds(seconds), state.Frame, r, v);
    }
}
