using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>Sensors of a file with their places: on ground that the tides move where they range with lasers, or on platforms along an ephemeris.</summary>
internal static class SensorPlaces
{
    /// <param name="path">File of sensors.</param>
    /// <param name="rotation">Of the Earth: platforms' ephemerides may be Earth-fixed.</param>
    /// <exception cref="InvalidDataException">A file has faults.</exception>
    public static Dictionary<string, SensorPlace> Read(string path, EarthRotation rotation)
    {
        var all = new Dictionary<string, SensorPlace>();
        foreach (var sensor in SensorFiles.Read(path))
        {
            string id = TrackingInput.Plain(sensor.Id);
            if (!all.TryAdd(id, new SensorPlace(sensor, Observer(sensor, path, rotation)))) throw new InvalidDataException($"{path}:{sensor.Line}: id: {sensor.Id}: described before; describe each sensor once");
        }
        return all;
    }

    private static IObserver Observer(SensorDescription sensor, string path, EarthRotation rotation)
    {
        if (sensor.PlatformEphemeris is { } file) return Platform(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, file), rotation);
        bool isLaser = sensor.Refraction == SensorRefraction.Laser;
        if (sensor.PositionKm is not { } position) return new SensorSite(sensor.Site!.Value, isLaser ? Tides : null);
        var motion = sensor.VelocityKmPerYear is { } velocity && sensor.PositionEpoch is { } epoch ? Tides with { VelocityKmPerYear = velocity, ReferenceEpoch = epoch } : Tides;
        return new SensorSite(position, isLaser || sensor.VelocityKmPerYear is not null ? motion : null);
    }

    private static StationMotion Tides { get; } = new() { SolidTide = true, PoleTide = true };

    private static OrbitingPlatform Platform(string path, EarthRotation rotation)
    {
        var states = new List<CartesianState>();
        using var stream = File.OpenRead(path);
        using var source = FormatSource.Open(stream);
        var format = FormatCatalog.Default.Recognise(source, path, out var unknown) ?? throw new InvalidDataException(FormatText.Line(unknown!));
        var opened = new FormatInputFile(path, stream, source, format, new FormatReadOptions { FileName = path, Now = Utc.FromDateTime(TimeProvider.System.GetUtcNow()), Mode = ReadMode.Lenient }, stream.Length);
        foreach (var found in OrbitInput.Read(opened, allStates: true))
        {
            if (found.Issue is { Severity: IssueSeverity.Refused } issue) throw new InvalidDataException(FormatText.Line(issue));
            if (found.Start is { State.State: { } state } && (states.Count == 0 || state.Epoch > states[^1].Epoch)) states.Add(rotation.To(state, Frame.Gcrf));
        }
        return states.Count >= 4 ? new OrbitingPlatform(states) : throw new InvalidDataException($"{path}: file: has {states.Count} states; an ephemeris of a platform needs at least 4");
    }
}
