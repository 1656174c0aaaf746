using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Ten invented partners on real continents: radars for low orbits, telescopes for high ones, fields that overlap, relays.</summary>
/// <remarks>Places are rounded to degrees, figures of performance are of the size that open literature gives for such kinds of sensor; none stands for a certain sensor.</remarks>
public static class ExampleNetwork
{
    private const double RadPerDegree = Math.PI / 180, RadPerArcsecond = RadPerDegree / 3_600;
    private const double TracksPerHourOfTracker = 265, TracksPerHourOfSurvey = 120, TracksPerHourOfTelescope = 200;

    /// <summary>The network.</summary>
    /// <param name="load">Times as many tracks as make half a million observations a day of 27,000 objects.</param>
    /// <param name="platform">Carries a telescope of the last partner; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The load is not above zero.</exception>
    public static SimulatedNetwork TenPartners(double load = 1, OrbitingPlatform? platform = null)
    {
        if (!(load > 0)) throw new ArgumentOutOfRangeException(nameof(load), load, "Expected above zero.");
        return new SimulatedNetwork(
        [
            Partner("alpha", [Tracker("alpha", "radar-north", 51, 7, 1.0, load), Survey("alpha", "survey-south", 47, 5, 1.2, load), Telescope("alpha", "scope-isles", 28, -17, 1, load)]),
            Partner("bravo", [Tracker("bravo", "radar-coast", 42, -71, 0.8, load), Tracker("bravo", "radar-ocean", 9, 167, 0.7, load), Telescope("bravo", "scope-peak", 20, -156, 0.8, load)],
                new SimulatedRelay(PartnerId.Parse("alpha"), 0.2, 30, 600)),
            Partner("charlie", [Survey("charlie", "fence-plain", 38, -4, 1.5, load), Telescope("charlie", "scope-sierra", 37, -3, 1.2, load)],
                new SimulatedRelay(PartnerId.Parse("bravo"), 0.15, 60, 900) { RenamesSensors = true }),
            Partner("delta", [Tracker("delta", "radar-fjord", 70, 31, 1.0, load), Survey("delta", "survey-ice", 65, -19, 1.4, load)]),
            Partner("echo", [Tracker("echo", "radar-cape", -25, 114, 0.9, load), Telescope("echo", "scope-desert", -31, 149, 0.9, load)],
                new SimulatedRelay(PartnerId.Parse("echo"), 0.05, 3_600, 7_200)),
            Partner("foxtrot", [Tracker("foxtrot", "radar-isle", -8, -14, 1.0, load), Telescope("foxtrot", "scope-andes", -30, -71, 0.8, load)]),
            Partner("golf", [Tracker("golf", "radar-bay", 14, 80, 1.1, load), Telescope("golf", "scope-ladakh", 33, 79, 1, load)]),
            Partner("hotel", [Tracker("hotel", "radar-island", 35, 134, 0.9, load), Telescope("hotel", "scope-ridge", 35, 139, 1.1, load)]),
            Partner("india", [Survey("india", "survey-veld", -26, 28, 1.3, load), Telescope("india", "scope-karoo", -32, 21, 0.9, load)],
                new SimulatedRelay(PartnerId.Parse("foxtrot"), 0.2, 20, 300), new SimulatedRelay(PartnerId.Parse("charlie"), 0.1, 20, 300)),
            Partner("juliet", [Tracker("juliet", "radar-tundra", 64, -149, 0.8, load), Tracker("juliet", "radar-equator", 2, -52, 1.0, load), .. Orbiting("juliet", "scope-orbit", platform, load)]),
        ]);
    }

    private static SimulatedPartner Partner(string name, IReadOnlyList<SimulatedSensor> sensors, params SimulatedRelay[] relays) => new(PartnerId.Parse(name), sensors) { Relays = relays };

    /// <summary>A phased array that is told what to track: 10 m, 0.02°, 30 mm/s times a quality.</summary>
    private static SimulatedSensor Tracker(string owner, string name, double latitude, double longitude, double quality, double load)
        => Radar(owner, name, latitude, longitude, new TrackingFigures(0.010 * quality, 0.02 * quality * RadPerDegree, 0.02 * quality * RadPerDegree, 3e-5 * quality),
            new FieldOfRegard(5 * RadPerDegree, 85 * RadPerDegree), new SensorReach.Radar(5_500, 6_000),
            new SensorRhythm(TracksPerHourOfTracker * load, 5, 8, 10, 3_600, Tasking.Network));

    /// <summary>A radar that stares and takes what comes: 40 m, 0.1°, 200 mm/s times a quality.</summary>
    private static SimulatedSensor Survey(string owner, string name, double latitude, double longitude, double quality, double load)
        => Radar(owner, name, latitude, longitude, new TrackingFigures(0.040 * quality, 0.1 * quality * RadPerDegree, 0.1 * quality * RadPerDegree, 2e-4 * quality),
            new FieldOfRegard(20 * RadPerDegree, 80 * RadPerDegree, 110 * RadPerDegree, 140 * RadPerDegree), new SensorReach.Radar(4_000, 4_000),
            new SensorRhythm(TracksPerHourOfSurvey * load, 3, 8, 5, 3_600, Tasking.Own)) with { DetectionProbability = 0.9, FalseTracksPerHour = 0.5 };

    private static SimulatedSensor Radar(string owner, string name, double latitude, double longitude, TrackingFigures sigma, FieldOfRegard field, SensorReach reach, SensorRhythm rhythm)
        => new(new TrackingSensor(Key(owner, name), Site(latitude, longitude, 0.1), sigma, TrackingFigures.None), reach, rhythm, field) { OutageShare = 0.05 };

    /// <summary>A telescope with a wide field between the stars, which has several objects on one image, to magnitude 17.5: 1" times a quality; clouds for three nights of ten.</summary>
    private static SimulatedSensor Telescope(string owner, string name, double latitude, double longitude, double quality, double load)
        => new(BetweenStars(owner, name, Site(latitude, longitude, 2), quality), new SensorReach.Telescope(17.5, RangeMinKm: 6_000), new SensorRhythm(TracksPerHourOfTelescope * load, 4, 7, 20, 3_600, Tasking.Network),
            new FieldOfRegard(15 * RadPerDegree)) { OutageShare = 0.3 };

    /// <summary>A telescope in orbit, which no cloud hides: 2", to magnitude 16.5.</summary>
    private static IEnumerable<SimulatedSensor> Orbiting(string owner, string name, OrbitingPlatform? platform, double load) => platform is null ? []
        : [new SimulatedSensor(BetweenStars(owner, name, platform, 2), new SensorReach.Telescope(16.5, RangeMinKm: 6_000), new SensorRhythm(TracksPerHourOfTelescope * load, 4, 7, 20, 3_600, Tasking.Network), null)];

    private static TrackingSensor BetweenStars(string owner, string name, IObserver place, double quality)
        => new(Key(owner, name), place, new TrackingFigures(RightAscensionRad: quality * RadPerArcsecond, DeclinationRad: quality * RadPerArcsecond), TrackingFigures.None)
        {
            Conventions = SignalConventions.Telescope(Aberration.None),
        };

    private static SensorKey Key(string owner, string name) => new(PartnerId.Parse(owner), SensorId.Parse(name));

    private static SensorSite Site(double latitudeDegrees, double longitudeDegrees, double heightKm) => new(new Geodetic(latitudeDegrees * RadPerDegree, longitudeDegrees * RadPerDegree, heightKm));
}
