using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>An object over a radar, and the sensors that the tests of measurements look at it with.</summary>
internal static class Watch
{
    public static Epoch Tag { get; } = Testing.At("1996-12-15T14:55:00");
    public static SensorSite Site { get; } = new(new Geodetic(0.3, -1.08, 0.0005));
    public static MeasurementModel Model { get; } = new(EarthRotation.Default, SignalConventions.Corrected);

    public static CartesianState Object { get; } = EarthRotation.Default.ToGcrf(
        new CartesianState(Tag, Frame.Itrf, Site.Locate(1_533, 2.1, 0.56), new Vector3d(-3.1, 4.2, 5.3)));

    /// <summary>In low orbit, 3,900 km from the object.</summary>
    public static OrbitingPlatform Platform { get; } = Orbiting(null);

    public static OrbitingPlatform Orbiting(Covariance6? covariance)
    {
        Vector3d r = Object.PositionKm + new Vector3d(2_000, 1_500, -3_000), v = 7.4 * r.Cross(new Vector3d(0.3, 0.2, 1)).Unit();
        CartesianState[] states = [.. Enumerable.Range(-4, 9).Select(i => (Dt: i * 30.0, State: ShortArc.Move(r, v, i * 30.0)))
            .Select(s => new CartesianState(Tag.PlusSeconds(s.Dt), Frame.Gcrf, s.State.PositionKm, s.State.VelocityKmPerS))];
        return new OrbitingPlatform(states, covariance is null ? null : [.. states.Select(_ => covariance)]);
    }

    public static TrackingSensor With(SignalConventions conventions, IObserver? place = null)
        => new(new SensorKey(PartnerId.Parse("aa"), SensorId.Parse("A")), place ?? Site, TrackingFigures.None, TrackingFigures.None) { Conventions = conventions };

    public static PredictedFigures Predict(SignalConventions conventions, IObserver? place = null) => Model.Predict(With(conventions, place), Object);

    /// <summary>The object some seconds later, where a time tag shifted by them finds it.</summary>
    public static CartesianState ObjectAfter(double seconds)
    {
        var (r, v) = ShortArc.Move(Object.PositionKm, Object.VelocityKmPerS, seconds);
        return new CartesianState(Tag.PlusSeconds(seconds), Frame.Gcrf, r, v);
    }
}
