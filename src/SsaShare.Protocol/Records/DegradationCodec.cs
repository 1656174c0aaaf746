using System.Collections.Immutable;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using V1 = SsaShare.Protocol.Degradation.V1;

namespace SsaShare.Protocol;

/// <summary>The mark that a degraded payload carries.</summary>
internal static class DegradationCodec
{
    public static V1.Degradation? ToWire(DegradationMark? mark)
    {
        if (mark is null) return null;
        var wire = new V1.Degradation
        {
            ProfileId = mark.Profile.Value,
            DegradedBy = mark.DegradedBy.Value,
            AgreementId = mark.Agreement.Value.ToWire(),
            OriginalLeaf = mark.Original.ToWire(),
            Added = ToWire(mark.Added),
        };
        wire.Removed.AddRange(mark.Removed.Select(field => (V1.RemovedField)(int)field));
        return wire;
    }

    /// <param name="mark">Null when the payload is an original's.</param>
    /// <returns>False when there is a mark that cannot be read: a name or hash is malformed, a sigma is no positive number, a removed field is unknown or out of order.</returns>
    public static bool TryRead(V1.Degradation? wire, out DegradationMark? mark)
    {
        mark = null;
        if (wire is null) return true;
        if (!ProfileId.TryParse(wire.ProfileId, out var profile) || !PartnerId.TryParse(wire.DegradedBy, out var degradedBy)
            || !Hash256.TryCreate(wire.AgreementId.Span, out var agreement) || !Hash256.TryCreate(wire.OriginalLeaf.Span, out var original)
            || wire.Added is null || !TryRead(wire.Added, out var added)) return false;
        var removed = wire.Removed.Select(field => (RemovedField)(int)field).ToImmutableArray();
        for (int i = 0; i < removed.Length; i++)
            if (!Enum.IsDefined(removed[i]) || (i > 0 && removed[i - 1] >= removed[i])) return false;
        mark = new DegradationMark(profile, degradedBy, new AgreementId(agreement), original, added, removed);
        return true;
    }

    private static V1.AddedSigma ToWire(AddedSigma added)
    {
        var wire = new V1.AddedSigma();
        if (added.RangeKm is { } range) wire.RangeKm = range;
        if (added.AzimuthRad is { } azimuth) wire.AzimuthRad = azimuth;
        if (added.ElevationRad is { } elevation) wire.ElevationRad = elevation;
        if (added.RangeRateKmPerS is { } rate) wire.RangeRateKmPerS = rate;
        if (added.PositionKm is { } position) wire.PositionKm = position;
        if (added.VelocityKmPerS is { } velocity) wire.VelocityKmPerS = velocity;
        if (added.EpochS is { } epoch) wire.EpochS = epoch;
        if (added.ElementAngleRad is { } angle) wire.ElementAngleRad = angle;
        if (added.Eccentricity is { } eccentricity) wire.Eccentricity = eccentricity;
        if (added.MeanMotionRevPerDay is { } motion) wire.MeanMotionRevPerDay = motion;
        return wire;
    }

    private static bool TryRead(V1.AddedSigma wire, out AddedSigma added)
    {
        added = new AddedSigma
        {
            RangeKm = wire.HasRangeKm ? wire.RangeKm : null,
            AzimuthRad = wire.HasAzimuthRad ? wire.AzimuthRad : null,
            ElevationRad = wire.HasElevationRad ? wire.ElevationRad : null,
            RangeRateKmPerS = wire.HasRangeRateKmPerS ? wire.RangeRateKmPerS : null,
            PositionKm = wire.HasPositionKm ? wire.PositionKm : null,
            VelocityKmPerS = wire.HasVelocityKmPerS ? wire.VelocityKmPerS : null,
            EpochS = wire.HasEpochS ? wire.EpochS : null,
            ElementAngleRad = wire.HasElementAngleRad ? wire.ElementAngleRad : null,
            Eccentricity = wire.HasEccentricity ? wire.Eccentricity : null,
            MeanMotionRevPerDay = wire.HasMeanMotionRevPerDay ? wire.MeanMotionRevPerDay : null,
        };
        return IsSigma(added.RangeKm) && IsSigma(added.AzimuthRad) && IsSigma(added.ElevationRad) && IsSigma(added.RangeRateKmPerS) && IsSigma(added.PositionKm)
            && IsSigma(added.VelocityKmPerS) && IsSigma(added.EpochS) && IsSigma(added.ElementAngleRad) && IsSigma(added.Eccentricity) && IsSigma(added.MeanMotionRevPerDay);
    }

    private static bool IsSigma(double? value) => value is null or (> 0 and < double.PositiveInfinity);
}
