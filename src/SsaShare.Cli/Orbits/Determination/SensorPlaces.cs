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
        if (sensor.PlatformEphemeris is { } file) return PlatformFile.Read(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, file), rotation);
        bool isLaser = sensor.Refraction == SensorRefraction.Laser;
        if (sensor.PositionKm is not { } position) return new SensorSite(sensor.Site!.Value, isLaser ? Tides : null);
        var motion = sensor.VelocityKmPerYear is { } velocity && sensor.PositionEpoch is { } epoch ? Tides with { VelocityKmPerYear = velocity, ReferenceEpoch = epoch } : Tides;
        return new SensorSite(position, isLaser || sensor.VelocityKmPerYear is not null ? motion : null);
    }

    private static StationMotion Tides { get; } = new() { SolidTide = true, PoleTide = true };

}
