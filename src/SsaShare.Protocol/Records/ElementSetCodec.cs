using Google.Protobuf;
using SsaShare.Agreements;
using SsaShare.Domain;
using V1 = SsaShare.Protocol.Orbit.V1;

namespace SsaShare.Protocol;

/// <summary>Payload of the record class element set.</summary>
public static class ElementSetCodec
{
    /// <summary>Fastest mean motion, rev/day: below it no orbit stays above ground.</summary>
    private const double FastestRevPerDay = 20;

    /// <param name="mark">Of a degraded set; null for an original.</param>
    public static byte[] Encode(ElementSet elements, DegradationMark? mark = null) => new V1.ElementSet
    {
        ObjectTag = elements.ObjectTag ?? "",
        Epoch = elements.Epoch.ToWire(),
        MeanMotionRevPerDay = elements.MeanMotionRevPerDay,
        Eccentricity = elements.Eccentricity,
        InclinationRad = elements.InclinationRad,
        RightAscensionOfNodeRad = elements.RightAscensionOfNodeRad,
        ArgumentOfPericenterRad = elements.ArgumentOfPericenterRad,
        MeanAnomalyRad = elements.MeanAnomalyRad,
        BstarPerEarthRadii = elements.BStarPerEarthRadii,
        MeanMotionDotRevPerDay2 = elements.MeanMotionDotRevPerDay2,
        MeanMotionDdotRevPerDay3 = elements.MeanMotionDDotRevPerDay3,
        Degradation = DegradationCodec.ToWire(mark),
    }.ToByteArray();

    /// <param name="mark">Null when it is an original.</param>
    /// <returns>Null when the bytes are not elements of an ellipse with an epoch and angles within one turn, or the mark is malformed or names as removed what is there.</returns>
    public static ElementSet? TryDecode(ReadOnlySpan<byte> payload, out DegradationMark? mark)
    {
        mark = null;
        try
        {
            var wire = V1.ElementSet.Parser.ParseFrom(payload);
            if (!WireText.IsShort(wire.ObjectTag, ObservationCodec.LongestTag) || !SpaceMapper.TryRead(wire.Epoch, out var epoch)) return null;
            bool ellipse = wire.MeanMotionRevPerDay is > 0 and <= FastestRevPerDay && wire.Eccentricity is >= 0 and < 1 && wire.InclinationRad is >= 0 and <= Math.PI;
            bool turns = IsTurn(wire.RightAscensionOfNodeRad) && IsTurn(wire.ArgumentOfPericenterRad) && IsTurn(wire.MeanAnomalyRad);
            bool drag = double.IsFinite(wire.BstarPerEarthRadii) && double.IsFinite(wire.MeanMotionDotRevPerDay2) && double.IsFinite(wire.MeanMotionDdotRevPerDay3);
            if (!ellipse || !turns || !drag || !DegradationCodec.TryRead(wire.Degradation, out mark)) return null;
            if (mark is not null && mark.Removed.Contains(RemovedField.ObjectTag) && wire.ObjectTag.Length > 0) return null;
            return new ElementSet(wire.ObjectTag.Length == 0 ? null : wire.ObjectTag, epoch, wire.MeanMotionRevPerDay, wire.Eccentricity, wire.InclinationRad, wire.RightAscensionOfNodeRad,
                wire.ArgumentOfPericenterRad, wire.MeanAnomalyRad, wire.BstarPerEarthRadii, wire.MeanMotionDotRevPerDay2, wire.MeanMotionDdotRevPerDay3);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static bool IsTurn(double rad) => rad is >= 0 and <= Math.Tau;
}
