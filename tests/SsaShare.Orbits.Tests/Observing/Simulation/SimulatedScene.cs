using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Small simulations: some objects in low orbit, one in geostationary orbit, a radar, a telescope.</summary>
internal static class SimulatedScene
{
    public static readonly Epoch Start = Testing.At("1996-03-20T00:00:00Z");

    public static readonly PartnerId Alpha = PartnerId.Parse("alpha"), Bravo = PartnerId.Parse("bravo");

    public static Propagator TruePropagator { get; } = new(new ForceModel(ForceModelOptions.Light));

    public static FieldOfRegard WholeSky { get; } = new(10 * Testing.RadPerDegree);

    /// <summary>In low orbits of all nodes and anomalies.</summary>
    public static IReadOnlyList<SimulatedObject> LowObjects(int count, double diameterM = 1) =>
    [
        .. Enumerable.Range(0, count).Select(i => new SimulatedObject($"{i + 1}", new KeplerianElements(7_000 + 10 * i, 0.002, 1.2 + 0.01 * (i % 50), 2.4 * i, 0.3 * i, 1.7 * i).ToState(Start, Frame.Gcrf),
            new SurfaceCoefficients(0.02, 0.01), diameterM)),
    ];

    public static SimulatedObject Geostationary(double longitudeOfStartRad = 0)
        => new("90000", new KeplerianElements(42_164, 0.0003, 0.01, 0, 0, longitudeOfStartRad).ToState(Start, Frame.Gcrf), new SurfaceCoefficients(0.02, 0.01), 3);

    public static SimulatedSensor Radar(string name, PartnerId? owner = null, double latitudeDegrees = 45, TrackingFigures? bias = null) => new(
        new TrackingSensor(new SensorKey(owner ?? Alpha, SensorId.Parse(name)), new SensorSite(new Geodetic(latitudeDegrees * Testing.RadPerDegree, 0.2, 0.1)),
            new TrackingFigures(0.02, 3e-4, 3e-4, 5e-5), bias ?? TrackingFigures.None),
        new SensorReach.Radar(5_000, 6_000), new SensorRhythm(600, 4, 8, 5, 600, Tasking.Own), WholeSky) { DetectionProbability = 1 };

    public static SimulatedSensor Telescope(string name, double longitudeRad = 0, double magnitudeLimit = 17) => new(
        new TrackingSensor(new SensorKey(Alpha, SensorId.Parse(name)), new SensorSite(new Geodetic(0.3, longitudeRad, 2)),
            new TrackingFigures(RightAscensionRad: 5e-6, DeclinationRad: 5e-6), TrackingFigures.None) { Conventions = SignalConventions.Telescope(Aberration.None) },
        new SensorReach.Telescope(magnitudeLimit), new SensorRhythm(120, 5, 5, 10, 300, Tasking.Own), WholeSky) { DetectionProbability = 1 };

    public static SimulatedNetwork Network(params SimulatedSensor[] sensors) => new([new SimulatedPartner(Alpha, sensors), new SimulatedPartner(Bravo, [])]);

    public static ObservationSimulation Simulate(IReadOnlyList<SimulatedObject> objects, SimulatedNetwork network, double hours, ulong seed = 1, int threads = 2)
        => new(objects, network, TruePropagator, Start, Start.PlusSeconds(3_600 * hours), new SimulationOptions(seed) { Threads = threads });
}
