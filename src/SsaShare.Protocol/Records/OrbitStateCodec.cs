using Google.Protobuf;
using SsaShare.Agreements;
using SsaShare.Domain;
using V1 = SsaShare.Protocol.Orbit.V1;

namespace SsaShare.Protocol;

/// <summary>Payload of the record class orbit state.</summary>
public static class OrbitStateCodec
{
    private const int CovarianceEntries = 21;

    /// <summary>Farthest from the Earth's centre, km, and fastest, km/s: beyond what files may hold, by more than noise adds.</summary>
    private const double FarthestKm = 610_000, FastestKmPerS = 110;

    /// <param name="mark">Of a degraded state; null for an original.</param>
    public static byte[] Encode(OrbitState orbit, DegradationMark? mark = null)
    {
        var wire = new V1.OrbitState { ObjectTag = orbit.ObjectTag ?? "", State = orbit.State.ToWire(), Degradation = DegradationCodec.ToWire(mark) };
        if (orbit.Covariance is { } covariance) wire.Covariance.AddRange(covariance.Lower.ToArray());
        return wire.ToByteArray();
    }

    /// <param name="mark">Null when it is an original.</param>
    /// <returns>
    /// Null when the bytes are not a state with epoch, frame and finite components between the Earth's centre and beyond the Moon, the covariance is no
    /// covariance, or the mark is malformed or names as removed what is there.
    /// </returns>
    public static OrbitState? TryDecode(ReadOnlySpan<byte> payload, out DegradationMark? mark)
    {
        mark = null;
        try
        {
            var wire = V1.OrbitState.Parser.ParseFrom(payload);
            if (!WireText.IsShort(wire.ObjectTag, ObservationCodec.LongestTag) || SpaceMapper.TryRead(wire.State) is not { } state) return null;
            if (state.PositionKm.Norm is not (> 0 and <= FarthestKm) || !(state.VelocityKmPerS.Norm <= FastestKmPerS)) return null;
            if (!TryRead(wire.Covariance, out var covariance) || !DegradationCodec.TryRead(wire.Degradation, out mark)) return null;
            if (mark is not null && mark.Removed.Contains(RemovedField.ObjectTag) && wire.ObjectTag.Length > 0) return null;
            return new OrbitState(wire.ObjectTag.Length == 0 ? null : wire.ObjectTag, state, covariance);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static bool TryRead(Google.Protobuf.Collections.RepeatedField<double> wire, out Covariance6? covariance)
    {
        covariance = null;
        if (wire.Count == 0) return true;
        if (wire.Count != CovarianceEntries || !wire.All(double.IsFinite)) return false;
        double[] lower = [.. wire];
        for (int row = 0; row < 6; row++)
            if (lower[row * (row + 1) / 2 + row] < 0) return false;
        covariance = new Covariance6(lower);
        return true;
    }
}
