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
            Assert.Equal(start.Epoch, uncertainty.CarriedFrom!.Value);
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
        Assert.Contains("a burn of 3 m/s at 2024-11-01T01:40:00Z is flown, taken as exact: no error of it is stated", found.Remarks);
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

    /// <summary>The covariance that the stated error of a burn brings is that of burns flown one sigma off; before the burn there is none, also when others come earlier.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    public void UncertaintyAt_ErrorOfABurn_IsWhatBurnsOneSigmaOffDo(double seconds)
    {
        var start = new OrbitState("1", Followed.Kinds[0].Elements.ToState(From, Frame.Gcrf), Followed.Sure);
        Epoch early = From.PlusSeconds(1_000), at = From.PlusSeconds(5_000);
        OrbitManeuver Burn(double y, double z) => seconds == 0 ? new ImpulsiveManeuver(at, ManeuverAxes.Rtn, new Vector3d(0, y, z)) : new FiniteManeuver(at, at.PlusSeconds(seconds), ManeuverAxes.Rtn, new Vector3d(0, y, z));
        UncertainEphemeris Flown(OrbitManeuver burn) => PropagatedMotion.Of(Followed.Propagator, start, Followed.Surface, [new ImpulsiveManeuver(early, ManeuverAxes.Rtn, new Vector3d(0, 0.001, 0)), burn], From, To).Motion!;
        var exact = Flown(Burn(0.002, 0));
        var size = Flown(Burn(0.002, 0) with { Error = new BurnError(0.05, 0) });
        var direction = Flown(Burn(0.002, 0) with { Error = new BurnError(0, 0.01) });
        var (longer, turned) = (Flown(Burn(0.0021, 0)), Flown(Burn(0.002, 2e-5)));
        Assert.Equal(exact.UncertaintyAt(at.PlusSeconds(-1)), size.UncertaintyAt(at.PlusSeconds(-1)));
        foreach (double later in (double[])[500, 1_700, 4_321, 9_000])
        {
            var epoch = at.PlusSeconds(later);
            var frame = LocalOrbitFrame.Of(exact.StateAt(epoch), LocalOrbitAxes.Rtn);
            Covariance6 plain = frame.ToLocal(exact.UncertaintyAt(epoch)!.Covariance), bySize = frame.ToLocal(size.UncertaintyAt(epoch)!.Covariance), byDirection = frame.ToLocal(direction.UncertaintyAt(epoch)!.Covariance);
            var (off, aside) = (frame.ToLocalInertial(longer.StateAt(epoch)).PositionKm, frame.ToLocalInertial(turned.StateAt(epoch)).PositionKm);
            // One error, one direction: the added covariance is the outer product of the shift.
            Assert.Equal(off.Y * off.Y, bySize[1, 1] - plain[1, 1], 0.02 * off.NormSquared);
            Assert.Equal(off.X * off.X, bySize[0, 0] - plain[0, 0], 0.02 * off.NormSquared);
            Assert.Equal(off.X * off.Y, bySize[1, 0] - plain[1, 0], 0.02 * off.NormSquared);
            // Across the plane only that part of the direction counts.
            Assert.Equal(aside.Z * aside.Z, byDirection[2, 2] - plain[2, 2], 0.03 * aside.Z * aside.Z + 1e-9);
        }
    }

    /// <summary>Seen from axes that turn with the object, a velocity error of nothing is one of ω × r at rest.</summary>
    [Fact]
    public void Of_RotatingAxes_IsWhatTheAxesMakeOfErrors()
    {
        var state = Followed.Kinds[1].Elements.ToState(From, Frame.Gcrf);
        double[] lower = new double[21];
        (lower[0], lower[2], lower[5]) = (0.01, 0.04, 0.09);
        foreach (var axes in (LocalOrbitAxes[])[LocalOrbitAxes.Rtn, LocalOrbitAxes.Tnw])
        {
            var frame = LocalOrbitFrame.Of(state, axes);
            var found = new EphemerisSureness(From, new Covariance6(lower), axes) { IsRotating = true }.Of(state);
            double[,] expected = new double[6, 6];
            foreach (var error in (Vector3d[])[new(0.1, 0, 0), new(0, 0.2, 0), new(0, 0, 0.3)])
            {
                var other = frame.FromLocal(new RelativeState(error, Vector3d.Zero));
                Vector3d r = other.PositionKm - state.PositionKm, v = other.VelocityKmPerS - state.VelocityKmPerS;
                double[] shift = [r.X, r.Y, r.Z, v.X, v.Y, v.Z];
                for (int i = 0; i < 6; i++)
                for (int j = 0; j < 6; j++) expected[i, j] += shift[i] * shift[j];
            }
            for (int i = 0; i < 6; i++)
            for (int j = 0; j < 6; j++) Assert.Equal(expected[i, j], found[i, j], 1e-12);
        }
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
