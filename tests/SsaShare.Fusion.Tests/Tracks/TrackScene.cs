using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion.Tests;

/// <summary>Made orbits, and what made sensors see of them with noise and biases drawn from what they state.</summary>
internal sealed class TrackScene
{
    public const double BiasShare = 0.5;
    private const double RadPerDegree = Math.PI / 180, MuKm3PerS2 = 398_600.4418;

    public static Epoch Start { get; } = Seeds.At("1996-12-01T00:00:00");

    public static MeasurementModel Model { get; } = new(EarthRotation.Default, SignalConventions.Corrected);

    public static TrackingSensor[] Radars { get; } =
    [
        .. new[] { (38.0, -77.0), (64.0, 20.0), (-35.0, 149.0), (9.0, 167.0), (54.0, -1.0), (-33.0, -70.0) }.Select((place, i) => new TrackingSensor(
            new SensorKey(Seeds.Atlantic, SensorId.Parse($"radar-{i}")), Site(place.Item1, place.Item2),
            new TrackingFigures(0.02, 0.02 * RadPerDegree, 0.02 * RadPerDegree, 5e-5), TrackingFigures.None)),
    ];

    public static TrackingSensor[] Telescopes { get; } =
    [
        .. new[] { (28.0, -16.5), (-32.0, 20.8), (20.7, -156.3), (-31.3, 149.1) }.Select((place, i) => new TrackingSensor(
            new SensorKey(Seeds.Pacific, SensorId.Parse($"telescope-{i}")), Site(place.Item1, place.Item2),
            new TrackingFigures(RightAscensionRad: 1 / 206_265.0, DeclinationRad: 1 / 206_265.0), TrackingFigures.None)),
    ];

    private readonly Random _random;

    public TrackScene(int seed) => _random = new Random(seed);

    public double Normal()
    {
        double u = 1 - _random.NextDouble();
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(Math.Tau * _random.NextDouble());
    }

    /// <summary>A state on a random orbit with its perigee at a height.</summary>
    public CartesianState Orbit(double perigeeKm, double apogeeKm)
    {
        double rp = 6_378.137 + perigeeKm, ra = 6_378.137 + apogeeKm, speed = Math.Sqrt(MuKm3PerS2 * (2 / rp - 2 / (rp + ra)));
        var (p, q) = (Direction(), Direction());
        q = (q - p.Dot(q) * p).Unit();
        return new CartesianState(Start, Frame.Gcrf, rp * p, speed * q);
    }

    /// <summary>A start whose error is drawn from its own covariance.</summary>
    public FilterStart Guess(CartesianState truth, double sigmaKm, SurfaceCoefficients surface, SurfaceCoefficients surfaceSigma)
        => FilterStart.Diagonal(new CartesianState(truth.Epoch, truth.Frame, truth.PositionKm + Draw(sigmaKm), truth.VelocityKmPerS + Draw(1e-3 * sigmaKm)), sigmaKm, 1e-3 * sigmaKm, surface, surfaceSigma);

    /// <summary>One tracklet for every pass over a sensor, from its highest third on.</summary>
    public List<ObservedTracklet> Observe(Trajectory truth, TrackingSensor[] sensors, string name, int count = 8, double everyS = 10, double gapS = 5_400)
    {
        var found = new List<ObservedTracklet>();
        foreach (var sensor in sensors)
        {
            Epoch? last = null;
            for (var t = truth.First.PlusSeconds(60); t.PlusSeconds(count * everyS) < truth.Last; t = t.PlusSeconds(60))
            {
                if (last is { } before && t.SecondsSince(before) < gapS) continue;
                if (!(Model.Predict(sensor, truth.At(t)).ElevationRad > 25 * RadPerDegree)) continue;
                last = t;
                double[] bias = [.. Enumerable.Range(0, 6).Select(_ => BiasShare * Normal())];
                found.Add(new ObservedTracklet($"{name}/{sensor.Key}/{t}", [.. Enumerable.Range(0, count).Select(i => Measure(sensor, truth.At(t.PlusSeconds(i * everyS)), bias))]));
            }
        }
        return [.. found.OrderBy(t => t.Start).ThenBy(t => t.Id, StringComparer.Ordinal)];
    }

    public static double Nees(FilterCheckpoint known, CartesianState truth)
    {
        Vector3d dr = known.State.PositionKm - truth.PositionKm, dv = known.State.VelocityKmPerS - truth.VelocityKmPerS;
        double[] d = [dr.X, dr.Y, dr.Z, dv.X, dv.Y, dv.Z], p = new double[36], x = new double[6];
        var covariance = known.Covariance;
        for (int i = 0; i < 36; i++) p[i] = covariance[i / 6, i % 6];
        Assert.True(SymmetricSolver.TrySolve(p, d, x));
        return d.Zip(x, (a, b) => a * b).Sum();
    }

    private TrackingObservation Measure(TrackingSensor sensor, CartesianState truth, double[] bias)
    {
        var m = Model.Predict(sensor, truth);
        return new TrackingObservation(sensor, truth.Epoch, new TrackingFigures(
            figure(MeasurementKind.Range), figure(MeasurementKind.Azimuth), figure(MeasurementKind.Elevation), figure(MeasurementKind.RangeRate),
            figure(MeasurementKind.RightAscension), figure(MeasurementKind.Declination)));

        // A bias is of the angle itself, noise of azimuth and right ascension across the line of sight.
        double? figure(MeasurementKind kind) => sensor.Sigma.Of(kind) is { } sigma ? m.Of(kind) + sigma * (bias[(int)kind] + Normal() / m.Across(kind)) : null;
    }

    private Vector3d Draw(double sigma) => sigma * new Vector3d(Normal(), Normal(), Normal());

    private Vector3d Direction() => Draw(1).Unit();

    private static SensorSite Site(double latitude, double longitude) => new(new Geodetic(latitude * RadPerDegree, longitude * RadPerDegree, 0.1));
}
