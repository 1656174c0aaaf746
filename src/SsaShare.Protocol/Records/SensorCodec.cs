using Google.Protobuf;
using SsaShare.Domain;
using V1 = SsaShare.Protocol.Observation.V1;

namespace SsaShare.Protocol;

/// <summary>Payload of the record class sensor. The owner is the record's originator and is not repeated in it.</summary>
public static class SensorCodec
{
    /// <summary>Longest name, characters.</summary>
    public const int LongestName = 200;

    public static byte[] Encode(Sensor sensor) => new V1.Sensor
    {
        SensorId = sensor.Id.Value,
        Name = sensor.Name,
        LatitudeRad = sensor.Site.LatitudeRad,
        LongitudeRad = sensor.Site.LongitudeRad,
        HeightKm = sensor.Site.HeightKm,
        Sigma = ToWire(sensor.Sigma),
        Bias = ToWire(sensor.Bias),
    }.ToByteArray();

    /// <returns>Null when the bytes are not a sensor with a name, a place on Earth, finite figures and positive sigmas.</returns>
    public static Sensor? TryDecode(ReadOnlySpan<byte> payload, PartnerId owner)
    {
        try
        {
            var wire = V1.Sensor.Parser.ParseFrom(payload);
            if (!SensorId.TryParse(wire.SensorId, out var id) || !WireText.IsShort(wire.Name, LongestName)) return null;
            bool onEarth = Math.Abs(wire.LatitudeRad) <= Math.PI / 2 && Math.Abs(wire.LongitudeRad) <= 2 * Math.PI && Math.Abs(wire.HeightKm) <= 100;
            if (!onEarth || TryRead(wire.Sigma) is not { } sigma || !ArePositive(sigma) || TryRead(wire.Bias) is not { } bias) return null;
            return new Sensor(id, owner, wire.Name, new Geodetic(wire.LatitudeRad, wire.LongitudeRad, wire.HeightKm), sigma, bias);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static bool ArePositive(MeasurementFigures sigma)
        => sigma.RangeKm is not <= 0 && sigma.AzimuthRad is not <= 0 && sigma.ElevationRad is not <= 0 && sigma.RangeRateKmPerS is not <= 0;

    private static V1.MeasurementFigures ToWire(MeasurementFigures figures)
    {
        var wire = new V1.MeasurementFigures();
        if (figures.RangeKm is { } range) wire.RangeKm = range;
        if (figures.AzimuthRad is { } azimuth) wire.AzimuthRad = azimuth;
        if (figures.ElevationRad is { } elevation) wire.ElevationRad = elevation;
        if (figures.RangeRateKmPerS is { } rate) wire.RangeRateKmPerS = rate;
        return wire;
    }

    private static MeasurementFigures? TryRead(V1.MeasurementFigures? wire)
    {
        wire ??= new V1.MeasurementFigures();
        if (!double.IsFinite(wire.RangeKm) || !double.IsFinite(wire.AzimuthRad) || !double.IsFinite(wire.ElevationRad) || !double.IsFinite(wire.RangeRateKmPerS)) return null;
        return new MeasurementFigures(
            wire.HasRangeKm ? wire.RangeKm : null,
            wire.HasAzimuthRad ? wire.AzimuthRad : null,
            wire.HasElevationRad ? wire.ElevationRad : null,
            wire.HasRangeRateKmPerS ? wire.RangeRateKmPerS : null);
    }
}
