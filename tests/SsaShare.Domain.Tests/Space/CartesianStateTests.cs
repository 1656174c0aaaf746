namespace SsaShare.Domain.Tests;

public sealed class CartesianStateTests
{
    private static readonly Vector3d Velocity = new(0, 7.5, 0);

    [Fact]
    public void SeparationKm_SameEpochAndFrame_IsTheDifference()
        => Assert.Equal(new Vector3d(1, 2, 3), At(Epoch.J2000, Frame.Gcrf, new(7000, 0, 0)).SeparationKm(At(Epoch.J2000, Frame.Gcrf, new(7001, 2, 3))));

    [Theory]
    [InlineData(1, Frame.Gcrf)]
    [InlineData(0, Frame.Teme)]
    public void SeparationKm_OtherEpochOrFrame_Throws(long nanoseconds, Frame frame)
        => Assert.Throws<ArgumentException>(() => At(Epoch.J2000, Frame.Gcrf, new(7000, 0, 0)).SeparationKm(At(new Epoch(nanoseconds), frame, new(7000, 0, 0))));

    [Fact]
    public void New_WithoutFrameOrFiniteNumbers_Throws()
    {
        Assert.Throws<ArgumentException>(() => At(Epoch.J2000, Frame.Unspecified, new(7000, 0, 0)));
        Assert.Throws<ArgumentException>(() => At(Epoch.J2000, Frame.Gcrf, new(double.NaN, 0, 0)));
        Assert.Throws<ArgumentException>(() => new CartesianState(Epoch.J2000, Frame.Gcrf, new(7000, 0, 0), new(0, double.PositiveInfinity, 0)));
    }

    [Fact]
    public void Vector_Products_ObeyTheirRules()
    {
        Vector3d a = new(1, 2, 3), b = new(-4, 5, 0.5);
        Assert.Equal(0, a.Cross(b).Dot(a), 1e-12);
        Assert.Equal(0, a.Cross(b).Dot(b), 1e-12);
        Assert.Equal(a.NormSquared * b.NormSquared, a.Cross(b).NormSquared + a.Dot(b) * a.Dot(b), 1e-9);
        Assert.Equal(new Vector3d(0, 0, 1), new Vector3d(1, 0, 0).Cross(new Vector3d(0, 1, 0)));
        Assert.Equal(5, new Vector3d(3, 4, 0).DistanceTo(Vector3d.Zero));
        Assert.False(Vector3d.Zero.Unit().IsFinite);
    }

    private static CartesianState At(Epoch epoch, Frame frame, Vector3d positionKm) => new(epoch, frame, positionKm, Velocity);
}
