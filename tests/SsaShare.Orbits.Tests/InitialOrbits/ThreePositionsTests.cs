using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class ThreePositionsTests
{
    [Theory]
    [InlineData(20, false)]
    [InlineData(45, false)]
    [InlineData(200, true)]
    [InlineData(900, true)]
    public void TryVelocity_ArcsOfAnOrbit_GiveItsVelocity(double step, bool wide)
    {
        var middle = Testing.LowOrbit;
        var (a, c) = (At(-step), At(step));
        Assert.Equal(wide, Math.Acos(a.Km.Unit().Dot(c.Km.Unit())) >= ThreePositions.SwitchAngleRad);
        Assert.True(ThreePositions.TryVelocity(a, (middle.Epoch, middle.PositionKm), c, out var velocity));
        Testing.Near(middle.VelocityKmPerS, velocity, wide ? 1e-8 : 1e-6);
        Assert.Equal(0, ThreePositions.OutOfPlaneRad(a.Km, middle.PositionKm, c.Km), 1e-9);

        (Epoch Epoch, Vector3d Km) At(double seconds)
            => TwoBody.TryPropagate(middle.PositionKm, middle.VelocityKmPerS, seconds, out var r, out _) ? (middle.Epoch.PlusSeconds(seconds), r) : throw new InvalidOperationException();
    }

    [Fact]
    public void TryVelocity_OneLineOrTimesThatDoNotAscend_IsRefused()
    {
        Assert.False(ThreePositions.TryGibbs(new(7_000, 0, 0), new(8_000, 0, 0), new(9_000, 0, 0), out _));
        Assert.False(ThreePositions.TryHerrickGibbs(new(7_000, 0, 0), new(7_000, 70, 0), new(7_000, 140, 0), 10, 0, out _));
        Assert.Equal(0.1, ThreePositions.OutOfPlaneRad(new(7_000 * Math.Cos(0.1), 0, 7_000 * Math.Sin(0.1)), new(7_000, 100, 0), new(7_000, 200, 0)), 1e-9);
    }
}
