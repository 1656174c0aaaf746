using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class LocalOrbitFrameTests
{
    private static CartesianState Near { get; } = new(Testing.LowOrbit.Epoch, Frame.Gcrf, Testing.LowOrbit.PositionKm + new Vector3d(3, -2, 5), Testing.LowOrbit.VelocityKmPerS + new Vector3d(0.01, 0.02, -0.015));

    [Theory]
    [InlineData(LocalOrbitAxes.Rtn)]
    [InlineData(LocalOrbitAxes.Tnw)]
    public void ToLocal_ThereAndBack_ReturnsTheState(LocalOrbitAxes axes)
    {
        var frame = LocalOrbitFrame.Of(Testing.LowOrbit, axes);
        var back = frame.FromLocal(frame.ToLocal(Near));
        Testing.Near(Near.PositionKm, back.PositionKm, 1e-11);
        Testing.Near(Near.VelocityKmPerS, back.VelocityKmPerS, 1e-14);
        var zero = frame.ToLocal(Testing.LowOrbit);
        Assert.Equal((Vector3d.Zero, Vector3d.Zero), (zero.PositionKm, zero.VelocityKmPerS));
    }

    /// <summary>Both objects moved along Kepler's orbits: the velocity is the slope of the local position.</summary>
    [Theory]
    [InlineData(LocalOrbitAxes.Rtn)]
    [InlineData(LocalOrbitAxes.Tnw)]
    public void ToLocal_Velocity_IsTheSlopeOfThePosition(LocalOrbitAxes axes)
    {
        var slope = (at(1).PositionKm - at(-1).PositionKm) / 2;
        Testing.Near(slope, at(0).VelocityKmPerS, 1e-7);

        RelativeState at(double seconds) => LocalOrbitFrame.Of(Fall(Testing.LowOrbit, seconds), axes).ToLocal(Fall(Near, seconds));
    }

    [Fact]
    public void Of_Axes_PointWhereTheyAreNamed()
    {
        var (r, v) = (Testing.LowOrbit.PositionKm, Testing.LowOrbit.VelocityKmPerS);
        var (rtn, tnw) = (LocalOrbitFrame.Of(Testing.LowOrbit, LocalOrbitAxes.Rtn), LocalOrbitFrame.Of(Testing.LowOrbit, LocalOrbitAxes.Tnw));
        Testing.Near(new Vector3d(1, 0, 0), rtn.FromInertial * r.Unit(), 1e-14);
        Testing.Near(new Vector3d(0, 0, 1), rtn.FromInertial * r.Cross(v).Unit(), 1e-14);
        Assert.True((rtn.FromInertial * v).Y > 7);
        Testing.Near(new Vector3d(1, 0, 0), tnw.FromInertial * v.Unit(), 1e-14);
        Testing.Near(new Vector3d(0, 0, 1), tnw.FromInertial * r.Cross(v).Unit(), 1e-14);
        Assert.True((tnw.FromInertial * r).Y < -7_000);
        var still = rtn.ToLocalInertial(Near);
        Assert.Equal(Near.VelocityKmPerS.DistanceTo(v), still.VelocityKmPerS.Norm, 1e-13);
    }

    [Fact]
    public void ToLocal_Covariance_ThereAndBack()
    {
        var frame = LocalOrbitFrame.Of(Testing.LowOrbit, LocalOrbitAxes.Rtn);
        double[] lower = [.. Enumerable.Range(1, 21).Select(i => i is 1 or 3 or 6 or 10 or 15 or 21 ? 10.0 + i : 0.1 * i)];
        var covariance = new Covariance6(lower);
        var (local, back) = (frame.ToLocal(covariance), frame.FromLocal(frame.ToLocal(covariance)));
        for (int i = 0; i < 21; i++) Assert.Equal(lower[i], back.Lower[i], 1e-12);
        Assert.Equal(covariance.PositionSigmaKm, local.PositionSigmaKm, 1e-12);
        // The variance along the radius, by hand.
        var u = Testing.LowOrbit.PositionKm.Unit();
        double[] c = [u.X, u.Y, u.Z];
        double expected = 0;
        for (int i = 0; i < 3; i++) for (int j = 0; j < 3; j++) expected += c[i] * c[j] * covariance[i, j];
        Assert.Equal(expected, local[0, 0], 1e-12);
    }

    [Fact]
    public void Of_WithoutAPlane_Refuses()
    {
        var epoch = Testing.LowOrbit.Epoch;
        Assert.Throws<ArgumentException>(() => LocalOrbitFrame.Of(new CartesianState(epoch, Frame.Gcrf, new Vector3d(7_000, 0, 0), new Vector3d(1, 0, 0)), LocalOrbitAxes.Rtn));
        Assert.Throws<ArgumentException>(() => LocalOrbitFrame.Of(new CartesianState(epoch, Frame.Gcrf, Vector3d.Zero, new Vector3d(1, 0, 0)), LocalOrbitAxes.Rtn));
        Assert.Throws<ArgumentException>(() => LocalOrbitFrame.Of(EarthRotation.Default.ToItrf(Testing.LowOrbit), LocalOrbitAxes.Tnw));
        Assert.Throws<ArgumentException>(() => LocalOrbitFrame.Of(Testing.LowOrbit, 0));
        var frame = LocalOrbitFrame.Of(Testing.LowOrbit, LocalOrbitAxes.Rtn);
        Assert.Throws<ArgumentException>(() => frame.ToLocal(new CartesianState(epoch.PlusSeconds(1), Frame.Gcrf, Near.PositionKm, Near.VelocityKmPerS)));
    }

    /// <summary>A second along a Kepler orbit, to the fourth order.</summary>
    private static CartesianState Fall(CartesianState state, double seconds)
    {
        var (r, v) = (state.PositionKm, state.VelocityKmPerS);
        Vector3d pull(Vector3d at) => -398_600.4418 / Math.Pow(at.Norm, 3) * at;
        var (k1r, k1v) = (v, pull(r));
        var (k2r, k2v) = (v + seconds / 2 * k1v, pull(r + seconds / 2 * k1r));
        var (k3r, k3v) = (v + seconds / 2 * k2v, pull(r + seconds / 2 * k2r));
        var (k4r, k4v) = (v + seconds * k3v, pull(r + seconds * k3r));
        return new CartesianState(state.Epoch.PlusSeconds(seconds), state.Frame, r + seconds / 6 * (k1r + 2 * k2r + 2 * k3r + k4r), v + seconds / 6 * (k1v + 2 * k2v + 2 * k3v + k4v));
    }
}
