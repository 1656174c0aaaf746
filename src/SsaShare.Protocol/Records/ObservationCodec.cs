using Google.Protobuf;
using SsaShare.Domain;
using V1 = SsaShare.Protocol.Observation.V1;

namespace SsaShare.Protocol;

/// <summary>Payload of the record class observation.</summary>
public static class ObservationCodec
{
    /// <summary>Longest object tag, characters.</summary>
    public const int LongestTag = 64;

    public static byte[] Encode(Domain.Observation observation)
    {
        var wire = new V1.Observation
        {
            SensorId = observation.Sensor.Value,
            Epoch = observation.Epoch.ToWire(),
            ObjectTag = observation.ObjectTag ?? "",
        };
        if (observation.RangeKm is { } range) wire.RangeKm = range;
        if (observation.AzimuthRad is { } azimuth) wire.AzimuthRad = azimuth;
        if (observation.ElevationRad is { } elevation) wire.ElevationRad = elevation;
        if (observation.RangeRateKmPerS is { } rate) wire.RangeRateKmPerS = rate;
        return wire.ToByteArray();
    }

    /// <returns>Null when the bytes are not an observation with a sensor, an epoch and at least one figure, all of them finite and within what an angle or a range can be.</returns>
    public static Domain.Observation? TryDecode(ReadOnlySpan<byte> payload)
    {
        try
        {
            var wire = V1.Observation.Parser.ParseFrom(payload);
            if (!SensorId.TryParse(wire.SensorId, out var sensor) || !SpaceMapper.TryRead(wire.Epoch, out var epoch) || !WireText.IsShort(wire.ObjectTag, LongestTag)) return null;
            bool any = wire.HasRangeKm || wire.HasAzimuthRad || wire.HasElevationRad || wire.HasRangeRateKmPerS;
            bool finite = double.IsFinite(wire.RangeKm) && double.IsFinite(wire.AzimuthRad) && double.IsFinite(wire.ElevationRad) && double.IsFinite(wire.RangeRateKmPerS);
            bool plausible = (!wire.HasRangeKm || wire.RangeKm > 0) && wire.AzimuthRad is >= 0 and <= Math.Tau && Math.Abs(wire.ElevationRad) <= Math.PI / 2;
            if (!any || !finite || !plausible) return null;
            return new Domain.Observation(sensor, epoch,
                wire.HasRangeKm ? wire.RangeKm : null,
                wire.HasAzimuthRad ? wire.AzimuthRad : null,
                wire.HasElevationRad ? wire.ElevationRad : null,
                wire.HasRangeRateKmPerS ? wire.RangeRateKmPerS : null,
                wire.ObjectTag.Length == 0 ? null : wire.ObjectTag);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
