using SsaShare.Domain;
using static SsaShare.Orbits.Tests.SimulatedScene;

namespace SsaShare.Orbits.Tests;

/// <summary>What an estimator makes of simulated observations: with the true forces and the declared noises its covariance has to tell the truth.</summary>
public sealed class SimulatedFitTests
{
    private static readonly OrbitFitter Fitter = new(TruePropagator, new MeasurementModel(EarthRotation.Default, SignalConventions.Corrected));

    private static readonly OrbitFitOptions Options = new() { EstimateSurface = false, EstimateBiases = false, CorrelationSeconds = 0 };

    [Fact]
    public void Fit_RadarsOfAllObjects_ErrorsAreConsistentWithTheirCovariance()
    {
        var objects = LowObjects(40);
        var network = Network(Radar("r1"), Radar("r2", latitudeDegrees: -30), Radar("r3", latitudeDegrees: 70));
        var byObject = Simulate(objects, network, hours: 8).Observations().GroupBy(one => one.TrueObject).Where(group => group.Select(one => one.Track).Distinct().Count() >= 4);
        List<double> distances = [];
        foreach (var group in byObject)
        {
            var truth = objects[group.Key].Start;
            var off = new CartesianState(truth.Epoch, Frame.Gcrf, truth.PositionKm + new Vector3d(2, -2, 1), truth.VelocityKmPerS);
            var fit = Testing.Fitted(Fitter.Fit([.. group.Select(one => one.Observation)], off, Options));
            distances.Add(MahalanobisTest.SquaredDistance(fit.State, fit.FormalCovariance, truth));
        }
        var test = MahalanobisTest.Of(distances, 6);
        Figure.Say($"Simulation, orbits of {distances.Count} low objects fitted to three radars, true forces: squared Mahalanobis distance to the truth", "6", "mean ratio", test.MeanRatio, "");
        Assert.True(distances.Count >= 25, $"Only {distances.Count} objects.");
        Assert.InRange(test.MeanRatio, 0.6, 1.5);
    }

    [Fact]
    public void Fit_PlatformOffItsEphemeris_ErrsByMoreThanItsCovarianceSays()
    {
        var (said, real) = (Platform(0), Platform(1));
        var declared = new TrackingSensor(new SensorKey(Alpha, SensorId.Parse("s1")), said, new TrackingFigures(RightAscensionRad: 5e-6, DeclinationRad: 5e-6), TrackingFigures.None)
        {
            Conventions = SignalConventions.Telescope(Aberration.None),
        };
        var honest = new SimulatedSensor(declared, new SensorReach.Telescope(17), new SensorRhythm(60, 5, 8, 20, 600, Tasking.Own), null);
        Assert.InRange(Distance(honest), 0, 25);
        Assert.True(Distance(honest with { TruePlace = real }) > 100);

        double Distance(SimulatedSensor sensor)
        {
            var target = Geostationary(1);
            var observations = Simulate([target], Network(sensor), hours: 10).Observations().Select(one => one.Observation).ToList();
            Assert.True(observations.Count > 50);
            Assert.All(observations, one => Assert.Same(declared, one.Sensor));
            var fit = Testing.Fitted(Fitter.Fit(observations, target.Start, Options));
            return MahalanobisTest.SquaredDistance(fit.State, fit.FormalCovariance, target.Start);
        }
    }

    /// <summary>In low orbit, so many kilometres ahead.</summary>
    private static OrbitingPlatform Platform(double aheadKm)
    {
        var start = new KeplerianElements(7_178, 0.001, 1.7, 0.5, 0, aheadKm / 7_178).ToState(Start, Frame.Gcrf);
        Epoch[] epochs = [.. Enumerable.Range(-2, 610).Select(i => Start.PlusSeconds(60 * i))];
        Assert.True(TruePropagator.TrySample(start, default, epochs, withPartials: false, out var states));
        return new OrbitingPlatform([.. states.Select(state => state.ToState())]);
    }
}
