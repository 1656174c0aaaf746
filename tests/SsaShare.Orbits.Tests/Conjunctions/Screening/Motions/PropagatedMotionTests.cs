using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>States and elements followed with the burns that are planned.</summary>
public sealed class PropagatedMotionTests
{
    private static readonly Epoch From = Followed.Start, To = From.PlusSeconds(4 * 3_600);

    /// <summary>A state inside the span is followed both ways, its covariance with it.</summary>
    [Fact]
    public void Of_StateInTheSpan_IsFollowedBothWays()
    {
        var start = Followed.Kinds[0].Elements.ToState(From.PlusSeconds(5_000), Frame.Gcrf);
        var covariance = LocalOrbitFrame.Of(start, LocalOrbitAxes.Rtn).FromLocal(Followed.Sure);
        var found = PropagatedMotion.Of(Followed.Propagator, new OrbitState("1", start, covariance), Followed.Surface, [], From, To);
        Assert.Empty(found.Losses);
        Assert.Equal((From, To), (found.Motion!.Motion.First, found.Motion.Motion.Last));
        foreach (double s in (double[])[0, 77, 4_999, 5_000, 9_123, 14_400])
        {
            Assert.True(Followed.Propagator.TryPropagate(start, Followed.Surface, From.PlusSeconds(s), true, out var expected));
            var state = found.Motion.StateAt(From.PlusSeconds(s));
            Testing.Near(expected.PositionKm, state.PositionKm, 2e-5);
            var uncertainty = found.Motion.UncertaintyAt(From.PlusSeconds(s))!;
            Assert.Equal(CovarianceOrigin.Calculated, uncertainty.Origin);
            Assert.Equal(1, uncertainty.Covariance.PositionSigmaKm / expected.Carry(covariance).PositionSigmaKm, 2e-3);
        }
    }

    [Fact]
    public void Bound_OfAcceleration_HoldsLowInTheAir()
    {
        // 130 km: the air brakes by more than the oblateness pulls.
        var start = new KeplerianElements(6_520, 0.0008, 0.9, 0.3, 0.4, 0.5).ToState(From, Frame.Gcrf);
        var found = PropagatedMotion.Of(Followed.Propagator, new OrbitState("1", start, null), new SurfaceCoefficients(0.3, 0.01), [], From, From.PlusSeconds(86_400));
        // It comes down in the span, which is told.
        Assert.Contains("no state after", Assert.Single(found.Losses), StringComparison.Ordinal);
        var motion = found.Motion!.Motion;
        double largest = 0;
        for (double s = 2; s < motion.Last.SecondsSince(From) - 2; s += 1.3)
        {
            motion.At(From.PlusSeconds(s - 1), out var before, out _);
            motion.At(From.PlusSeconds(s), out var here, out _);
            motion.At(From.PlusSeconds(s + 1), out var after, out _);
            double r = here.Norm;
            largest = Math.Max(largest, (after - 2 * here + before + 398_601 / (r * r * r) * here).Norm);
        }
        Assert.True(largest > 5e-5, $"{largest:G3}");
        Assert.InRange(motion.AccelerationBeyondGravityKmPerS2, largest, 2 * largest);
    }

    [Fact]
    public void Of_ElementsWithAPlan_AreThoseOfSgp4UpToTheBurn()
    {
        var elements = Scene.InShell(new Random(4));
        var burn = new ImpulsiveManeuver(From.PlusSeconds(6_000), ManeuverAxes.Rtn, new Vector3d(0, 0.003, 0));
        var found = PropagatedMotion.Of(Followed.Propagator, elements, Followed.Surface, [burn], From, To, AssumedUncertainty.ElementSets);
        Assert.Empty(found.Losses);
        Assert.Contains("a burn of 3 m/s at 2024-11-01T01:40:00Z is flown", found.Remarks);
        var plain = new ElementSetMotion(elements, AssumedUncertainty.ElementSets);
        Assert.Equal(plain.StateAt(From.PlusSeconds(5_999)), found.Motion!.StateAt(From.PlusSeconds(5_999)));
        CartesianState before = plain.StateAt(burn.Epoch), after = found.Motion.StateAt(burn.Epoch);
        Testing.Near(before.PositionKm, after.PositionKm, 1e-5);
        Assert.Equal(0.003, (after.VelocityKmPerS - before.VelocityKmPerS).Norm, 2e-5);
        Assert.Equal(CovarianceOrigin.Default, found.Motion.UncertaintyAt(To)!.Origin);
        Assert.InRange(found.Motion.Motion.VelocityStepKmPerS, 0.003, 0.0065);
        // Half a revolution later it is higher by 4·Δv/n.
        double rise = found.Motion.StateAt(burn.Epoch.PlusSeconds(2_980)).PositionKm.Norm - plain.StateAt(burn.Epoch.PlusSeconds(2_980)).PositionKm.Norm;
        Assert.InRange(rise, 0.8 * 11.4, 1.2 * 11.4);
    }

    [Fact]
    public void Of_AnImpulseAtTheEpochOfTheState_IsNotFlownTwice()
    {
        var start = Followed.Kinds[0].Elements.ToState(From, Frame.Gcrf);
        var burn = new ImpulsiveManeuver(From, ManeuverAxes.Rtn, new Vector3d(0, 0.1, 0));
        var found = PropagatedMotion.Of(Followed.Propagator, new OrbitState("1", start, null), Followed.Surface, [burn], From, To);
        Testing.Near(start.VelocityKmPerS, found.Motion!.StateAt(From).VelocityKmPerS, 1e-6);
    }
}
