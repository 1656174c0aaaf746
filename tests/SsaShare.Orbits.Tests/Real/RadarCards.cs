using SsaShare.Domain;
using SsaShare.Reference;

namespace SsaShare.Orbits.Tests;

/// <summary>The real radar observations of the reference data as the domain has them.</summary>
internal static class RadarCards
{
    /// <summary>Range and both angles with the sensors of SENSOR.DAT that made them, ascending in time; what <see cref="RadarFile"/> reads.</summary>
    public static List<SensorObservation> Read(string file)
    {
        var sensors = RadarFile.Sensors(ReferenceData.Lines("obs/ssn-b3/SENSOR.DAT"), "354", "363", "932");
        var ofDomain = sensors.Values.ToDictionary(s => s.Key, s => new Sensor(s.Key.Sensor, s.Key.Owner, s.Key.Owner.Value, ((SensorSite)s.Place).Place, Figures(s.Sigma), Figures(s.Bias)));
        return [.. RadarFile.Read(ReferenceData.Lines(file), sensors).Select(o => new SensorObservation(ofDomain[o.Sensor.Key],
            new Observation(o.Sensor.Key.Sensor, o.Epoch, o.Measured.RangeKm, o.Measured.AzimuthRad, o.Measured.ElevationRad, null, null)))];
    }

    private static MeasurementFigures Figures(TrackingFigures figures) => new(figures.RangeKm, figures.AzimuthRad, figures.ElevationRad, null);
}
