using Google.Protobuf;
using SsaShare.Agreements;
using SsaShare.Domain;
using V1 = SsaShare.Protocol.Observation.V1;

namespace SsaShare.Protocol;

/// <summary>Payload of the record class observation.</summary>
public static class ObservationCodec
{
    /// <summary>Longest object tag, characters.</summary>
    public const int LongestTag = 64;

    /// <param name="mark">Of a degraded observation; null for an original.</param>
    public static byte[] Encode(Domain.Observation observation, DegradationMark? mark = null)
    {
        var wire = new V1.Observation
        {
            SensorId = observation.Sensor.Value,
            Epoch = observation.Epoch.ToWire(),
            ObjectTag = observation.ObjectTag ?? "",
            Degradation = DegradationCodec.ToWire(mark),
        };
        if (observation.RangeKm is { } range) wire.RangeKm = range;
        if (observation.AzimuthRad is { } azimuth) wire.AzimuthRad = azimuth;
        if (observation.ElevationRad is { } elevation) wire.ElevationRad = elevation;
        if (observation.RangeRateKmPerS is { } rate) wire.RangeRateKmPerS = rate;
        return wire.ToByteArray();
    }

    /// <summary>Reads an original.</summary>
    /// <returns>Null also when it is degraded: who uses its figures must know.</returns>
    public static Domain.Observation? TryDecode(ReadOnlySpan<byte> payload) => TryDecode(payload, out var mark) is { } observation && mark is null ? observation : null;

    /// <param name="mark">Null when it is an original.</param>
    /// <returns>Null when the bytes are not an observation with a sensor, an epoch and at least one figure, all of them finite and within what an angle or a range can be, or when its mark is malformed or names as removed what is there.</returns>
    public static Domain.Observation? TryDecode(ReadOnlySpan<byte> payload, out DegradationMark? mark)
    {
        mark = null;
        try
        {
            var wire = V1.Observation.Parser.ParseFrom(payload);
            if (!SensorId.TryParse(wire.SensorId, out var sensor) || !SpaceMapper.TryRead(wire.Epoch, out var epoch) || !WireText.IsShort(wire.ObjectTag, LongestTag)) return null;
            bool any = wire.HasRangeKm || wire.HasAzimuthRad || wire.HasElevationRad || wire.HasRangeRateKmPerS;
            bool finite = double.IsFinite(wire.RangeKm) && double.IsFinite(wire.AzimuthRad) && double.IsFinite(wire.ElevationRad) && double.IsFinite(wire.RangeRateKmPerS);
            bool plausible = (!wire.HasRangeKm || wire.RangeKm > 0) && wire.AzimuthRad is >= 0 and <= Math.Tau && Math.Abs(wire.ElevationRad) <= Math.PI / 2;
            if (!any || !finite || !plausible || !DegradationCodec.TryRead(wire.Degradation, out mark)) return null;
            if (mark is not null && ((mark.Removed.Contains(RemovedField.ObjectTag) && wire.ObjectTag.Length > 0) || (mark.Removed.Contains(RemovedField.RangeRate) && wire.HasRangeRateKmPerS))) return null;
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
