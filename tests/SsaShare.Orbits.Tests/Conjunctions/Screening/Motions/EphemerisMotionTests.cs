using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>Ephemerides cut from numerical orbits: what stands between their points, and how far it can be trusted.</summary>
public sealed class EphemerisMotionTests
{
    [Theory]
    [InlineData(0, 60, true, 1e-6)]
    [InlineData(0, 240, true, 1e-3)]
    [InlineData(0, 60, false, 1e-5)]
    [InlineData(1, 60, true, 1e-5)]
    [InlineData(2, 900, true, 3e-6)]
    [InlineData(2, 900, false, 1e-5)]
    public void Of_PointsOfAnOrbit_FollowsItBetweenThem(int kind, double stepS, bool withVelocities, double withinKm)
    {
        var orbit = Followed.Orbit(Followed.Kinds[kind].Elements, 24);
        var found = EphemerisMotion.Of([Followed.Cut(orbit, stepS, withVelocities)]);
        Assert.Empty(found.Losses);
        Assert.Empty(found.Remarks);
        double[] errors = Followed.Errors(found.Motion!, orbit);
        Assert.True(errors.Length > 1_900);
        Figure.Quantiles($"ephemeris between points {stepS} s apart{(withVelocities ? "" : ", positions alone")}, {Followed.Kinds[kind].Name} orbit, position", "the orbit it was cut from", errors.Select(km => km * 1e3), "m");
        Assert.True(errors.Max() <= withinKm, $"{errors.Max():G3} km");
    }

    /// <summary>The screening's completeness rests on it: the second derivative by differences of positions never leaves the bound, which is not much larger.</summary>
    [Theory]
    [InlineData(0, 60, true)]
    [InlineData(0, 300, true)]
    [InlineData(0, 60, false)]
    [InlineData(1, 120, true)]
    [InlineData(2, 900, false)]
    public void Bound_OfAcceleration_HoldsEverywhere(int kind, double stepS, bool withVelocities)
    {
        var motion = EphemerisMotion.Of([Followed.Cut(Followed.Orbit(Followed.Kinds[kind].Elements, 6), stepS, withVelocities)]).Motion!.Motion;
        double largest = LargestBeyondGravity(motion);
        Assert.InRange(motion.AccelerationBeyondGravityKmPerS2, largest, 4 * largest + 2e-5);
        Assert.Equal((0, 0, false), (motion.VelocityStepKmPerS, motion.PositionJumpKm, motion.HasGaps));
    }

    [Fact]
    public void Of_ABurnBetweenPoints_IsFoundAndBlursNothingElse()
    {
        var burn = new ImpulsiveManeuver(Followed.Start.PlusSeconds(7_230), ManeuverAxes.Rtn, new Vector3d(0, 0.005, 0.002));
        var orbit = Followed.Orbit(Followed.Kinds[0].Elements, 4, burn);
        var found = EphemerisMotion.Of([Followed.Cut(orbit, 60)]);
        Assert.Contains("2024-11-01T02:00:00Z and 2024-11-01T02:01:00Z the velocity changes by 5.39 m/s", Assert.Single(found.Remarks), StringComparison.Ordinal);
        Assert.All(Followed.Errors(found.Motion!, orbit, s => s is < 7_200 or > 7_260), km => Assert.InRange(km, 0, 1e-5));
        // Within the minute nobody knows when: at most Δv·h/4.
        Assert.All(Followed.Errors(found.Motion!, orbit), km => Assert.InRange(km, 0, 0.0054 * 60 / 4));
        double largest = LargestBeyondGravity(found.Motion!.Motion);
        Assert.True(largest > 1e-4);
        Assert.InRange(found.Motion.Motion.AccelerationBeyondGravityKmPerS2, largest, 2 * largest);
    }

    [Fact]
    public void Of_TwoPointsAtAnImpulse_IsExactOnBothSides()
    {
        var burn = new ImpulsiveManeuver(Followed.Start.PlusSeconds(7_200), ManeuverAxes.Rtn, new Vector3d(0, 0.005, 0.002));
        var orbit = Followed.Orbit(Followed.Kinds[0].Elements, 4, burn);
        var before = Followed.Cut(Followed.Orbit(Followed.Kinds[0].Elements, 4), 60, toS: 7_200);
        var found = EphemerisMotion.Of([new EphemerisStretch([.. before.Nodes, .. Followed.Cut(orbit, 60, fromS: 7_200).Nodes])]);
        Assert.Empty(found.Losses);
        Assert.All(Followed.Errors(found.Motion!, orbit), km => Assert.InRange(km, 0, 1e-5));
        Assert.InRange(found.Motion!.Motion.VelocityStepKmPerS, 0.00538, 0.00540);
        Assert.InRange(found.Motion.Motion.PositionJumpKm, 0, 1e-6);
    }

    [Fact]
    public void Of_SegmentsWithAGap_HasNoStateInIt()
    {
        var orbit = Followed.Orbit(Followed.Kinds[0].Elements, 3);
        EphemerisStretch first = Followed.Cut(orbit, 60, toS: 3_600), second = Followed.Cut(orbit, 60, fromS: 3_900);
        var found = EphemerisMotion.Of([second, first with { UsableTo = orbit.First.PlusSeconds(3_500) }]);
        Assert.Equal("no state from 2024-11-01T00:58:20Z to 2024-11-01T01:05:00Z", Assert.Single(found.Losses));
        Assert.True(found.Motion!.Motion.HasGaps);
        Assert.True(found.Motion.Covers(orbit.First.PlusSeconds(3_500)));
        Assert.False(found.Motion.Covers(orbit.First.PlusSeconds(3_501)));
        Assert.True(found.Motion.Covers(orbit.First.PlusSeconds(3_900)));
        Assert.Throws<ArgumentOutOfRangeException>(() => found.Motion.StateAt(orbit.First.PlusSeconds(3_700)));
    }

    /// <summary>A gap of a second would lie between two instants at which the screening asks: it is made long enough to be seen.</summary>
    [Fact]
    public void Of_AShortGap_IsWidened()
    {
        var orbit = Followed.Orbit(Followed.Kinds[0].Elements, 2);
        var found = EphemerisMotion.Of([Followed.Cut(orbit, 60, toS: 3_600), Followed.Cut(orbit, 60, fromS: 3_601)]);
        Assert.True(found.Motion!.Motion.HasGaps);
        Assert.False(found.Motion.Covers(orbit.First.PlusSeconds(3_608)));
        Assert.True(found.Motion.Covers(orbit.First.PlusSeconds(3_609)));
    }

    [Fact]
    public void Of_PointsTooFarApart_NotUsedAndTold()
    {
        var orbit = Followed.Orbit(Followed.Kinds[0].Elements, 6);
        var found = EphemerisMotion.Of([Followed.Cut(orbit, 1_800)]);
        Assert.Null(found.Motion);
        Assert.Contains("between 2024-11-01T00:00:00Z and 2024-11-01T06:00:00Z, 12 intervals, interpolation may err by up to", Assert.Single(found.Losses), StringComparison.Ordinal);
        // What is used is as good as it is said to be.
        var partly = EphemerisMotion.Of([Followed.Cut(orbit, 600)]);
        if (partly.Motion is not null) Assert.All(Followed.Errors(partly.Motion, orbit), km => Assert.InRange(km, 0, EphemerisMotion.LargestErrorKm));
    }

    /// <summary>A point that does not fit costs the intervals whose polynomials it spoils, not the rest.</summary>
    [Fact]
    public void Of_OnePointFarOff_CostsItsNeighbourhoodAlone()
    {
        var orbit = Followed.Orbit(Followed.Kinds[0].Elements, 3);
        EphemerisNode[] nodes = [.. Followed.Cut(orbit, 60).Nodes];
        nodes[90] = nodes[90] with { PositionKm = nodes[90].PositionKm + new Vector3d(0, 0, 50) };
        var found = EphemerisMotion.Of([new EphemerisStretch(nodes)]);
        Assert.Equal(2, found.Losses.Count);
        Assert.StartsWith("between 2024-11-01T01:2", found.Losses[0], StringComparison.Ordinal);
        Assert.StartsWith("no state from 2024-11-01T01:2", found.Losses[1], StringComparison.Ordinal);
        double[] errors = Followed.Errors(found.Motion!, orbit);
        Assert.True(errors.Length > 1_850);
        Assert.All(errors, km => Assert.InRange(km, 0, EphemerisMotion.LargestErrorKm));
    }

    [Fact]
    public void Of_WhatIsNoEphemeris_IsRefusedWithAReason()
    {
        var good = Followed.Cut(Followed.Orbit(Followed.Kinds[0].Elements, 1), 60);
        var nan = good.Nodes[3] with { PositionKm = new Vector3d(double.NaN, 0, 0) };
        (string Says, EphemerisStretch Bad)[] cases =
        [
            ("without points", new EphemerisStretch([])), ("not in order of time", new EphemerisStretch([.. good.Nodes.Reverse()])), ("no number", new EphemerisStretch([good.Nodes[2], nan])),
            ("1 point at", new EphemerisStretch([good.Nodes[0]])), ("without velocity: too few", new EphemerisStretch([.. good.Nodes.Take(3).Select(node => node with { VelocityKmPerS = null })])),
        ];
        foreach (var (says, bad) in cases)
        {
            var found = EphemerisMotion.Of([bad]);
            Assert.Null(found.Motion);
            Assert.Contains(says, Assert.Single(found.Losses), StringComparison.Ordinal);
            Assert.NotNull(EphemerisMotion.Of([bad, good]).Motion);
        }
    }

    /// <summary>A short ephemeris within a long one counts while it lasts, and the long one again behind it, with the jump at that joint measured.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_AStretchWithinAnother_CountsWhileItLasts(bool isShortFirst)
    {
        var orbit = Followed.Orbit(Followed.Kinds[0].Elements, 4);
        var longer = Followed.Cut(orbit, 60);
        // A kilometre off at its end, none at its beginning.
        EphemerisStretch shorter = new([.. Followed.Cut(orbit, 60, fromS: 3_600, toS: 7_200).Nodes.Select(node => node with { PositionKm = node.PositionKm + Drift(node.Epoch.SecondsSince(orbit.First)), VelocityKmPerS = node.VelocityKmPerS!.Value + Drift(3_601) })]);
        var found = EphemerisMotion.Of(isShortFirst ? [shorter, longer] : [longer, shorter]);
        Assert.Empty(found.Losses);
        double Off(double s) => found.Motion!.StateAt(orbit.First.PlusSeconds(s)).PositionKm.DistanceTo(orbit.At(orbit.First.PlusSeconds(s)).PositionKm);
        Assert.InRange(Off(3_500), 0, 1e-5);
        Assert.InRange(Off(7_150), 0.9, 1.1);
        Assert.InRange(Off(7_250), 0, 1e-5);
        Assert.InRange(Off(14_300), 0, 1e-5);
        Assert.False(found.Motion!.Motion.HasGaps);
        Assert.InRange(found.Motion.Motion.PositionJumpKm, 0.99, 1.01);
        Assert.InRange(found.Motion.Motion.VelocityStepKmPerS, 2e-4, 4e-4);

        static Vector3d Drift(double s) => (s - 3_600) / 3_600 * new Vector3d(0.6, 0, 0.8);
    }

    /// <summary>The newer ephemeris counts from its beginning on, and so does what it says of its errors: the older one's covariances say nothing of it, whatever the order of the files.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_OverlappingStretches_TakesTheCovariancesOfTheOneThatCounts(bool isOldFirst)
    {
        var orbit = Followed.Orbit(Followed.Kinds[0].Elements, 4);
        EphemerisStretch older = Followed.Cut(orbit, 60) with { Covariances = Sure(10, 0, 1_800, 3_600, 5_400, 7_200, 14_400) }, newer = Followed.Cut(orbit, 60, fromS: 3_600, toS: 10_800) with { Covariances = Sure(0.01, 3_600, 5_400, 7_200, 9_000, 10_800) };
        var motion = EphemerisMotion.Of(isOldFirst ? [older, newer] : [newer, older]).Motion!;
        foreach (double s in (double[])[0, 900, 3_500, 11_000, 14_400]) Assert.InRange(Sigma(s), 5, 1_000);
        foreach (double s in (double[])[3_600, 4_000, 5_400, 7_200, 10_000, 10_790]) Assert.InRange(Sigma(s), 0.005, 1);
        // The newer one that says nothing of its errors is not made sure, or unsure, by what the older one says.
        var silent = EphemerisMotion.Of([older, newer with { Covariances = [] }], AssumedUncertainty.ElementSets).Motion!;
        Assert.Equal((CovarianceOrigin.Calculated, CovarianceOrigin.Default), (silent.UncertaintyAt(orbit.First.PlusSeconds(1_000))!.Origin, silent.UncertaintyAt(orbit.First.PlusSeconds(5_400))!.Origin));

        double Sigma(double s) => motion.UncertaintyAt(orbit.First.PlusSeconds(s))!.Covariance.PositionSigmaKm;
        EphemerisSureness[] Sure(double km, params double[] seconds) => [.. seconds.Select(s => new EphemerisSureness(orbit.First.PlusSeconds(s), Followed.Diagonal(km, km, km, 1e-6 * km, 1e-6 * km, 1e-6 * km), LocalOrbitAxes.Rtn))];
    }

    private static double LargestBeyondGravity(IScreenedMotion motion)
    {
        const double D = 0.5;
        double largest = 0;
        for (double s = 1; s < motion.Last.SecondsSince(motion.First) - 1; s += 2.7)
        {
            var at = motion.First.PlusSeconds(s);
            motion.At(at.PlusSeconds(-D), out var before, out _);
            motion.At(at, out var here, out _);
            motion.At(at.PlusSeconds(D), out var after, out _);
            double r = here.Norm;
            // Differences of numbers of 40,000 km are good to 1e-10.
            largest = Math.Max(largest, ((after - 2 * here + before) / (D * D) + 398_601 / (r * r * r) * here).Norm - 2e-10);
        }
        return largest;
    }
}
