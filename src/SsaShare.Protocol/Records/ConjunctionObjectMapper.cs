using SsaShare.Domain;
using V1 = SsaShare.Protocol.Conjunction.V1;

namespace SsaShare.Protocol;

/// <summary>The objects of a conjunction message.</summary>
internal static class ConjunctionObjectMapper
{
    private const int RemarksMax = 50;

    /// <summary>Farthest from the Earth's centre, km, and fastest, km/s: a little beyond what files may hold.</summary>
    private const double FarthestKm = 610_000, FastestKmPerS = 110;

    public static V1.ConjunctionObject ToWire(ConjunctionObject body)
    {
        var wire = new V1.ConjunctionObject
        {
            Designator = body.Designator,
            Catalog = body.Catalog,
            Name = body.Name,
            InternationalDesignator = body.InternationalDesignator,
            Frame = WireEnums.Write(body.State.Frame),
            PositionKm = body.State.PositionKm.ToWire(),
            VelocityKmPerS = body.State.VelocityKmPerS.ToWire(),
            Ephemeris = body.Ephemeris,
            CovarianceMethod = body.CovarianceMethod,
            Maneuverable = body.Maneuverable,
            Determination = body.Determination is { } determination ? ToWire(determination) : null,
            Body = body.Body is { } figures ? ToWire(figures) : null,
        };
        wire.CovarianceRtn.AddRange(body.Covariance.Lower.ToArray());
        wire.Remarks.AddRange(body.Remarks.Select(remark => new V1.Remark { Keyword = remark.Key, Text = remark.Value }));
        wire.Comments.AddRange(body.Comments);
        return wire;
    }

    /// <param name="time">Of closest approach, for which the state holds.</param>
    /// <returns>Null when it is absent, or something in it is none that can be.</returns>
    public static ConjunctionObject? TryRead(V1.ConjunctionObject? wire, Epoch time)
    {
        if (wire?.PositionKm is null || wire.VelocityKmPerS is null || !WireEnums.TryRead(wire.Frame, out var frame)) return null;
        if (!NoticeText.AreWords(wire.Designator, wire.Name) || !NoticeText.AreShort(wire.Catalog, wire.InternationalDesignator, wire.Ephemeris, wire.CovarianceMethod, wire.Maneuverable)) return null;
        if (wire.Remarks.Count > RemarksMax || wire.Remarks.Any(remark => !NoticeText.AreWords(remark.Keyword, remark.Text)) || !NoticeText.AreComments(wire.Comments)) return null;
        var (position, velocity) = (wire.PositionKm.FromWire(), wire.VelocityKmPerS.FromWire());
        if (position.Norm is not (> 0 and <= FarthestKm) || !(velocity.Norm <= FastestKmPerS)) return null;
        double[] covariance = [.. wire.CovarianceRtn];
        if (!RtnCovariance.AreValid(covariance) || !TryRead(wire.Determination, out var determination) || !TryRead(wire.Body, out var body)) return null;
        return new ConjunctionObject(wire.Designator, wire.Catalog, wire.Name, wire.InternationalDesignator, new CartesianState(time, frame, position, velocity), new RtnCovariance(covariance),
            wire.Ephemeris, wire.CovarianceMethod, wire.Maneuverable, [.. wire.Remarks.Select(remark => KeyValuePair.Create(remark.Keyword, remark.Text))], determination, body, [.. wire.Comments]);
    }

    private static V1.Determination ToWire(ConjunctionDetermination from)
    {
        var wire = new V1.Determination { FirstObservation = from.FirstObservation?.ToWire(), LastObservation = from.LastObservation?.ToWire() };
        if (from.RecommendedSpanS is { } recommended) wire.RecommendedSpanS = recommended;
        if (from.ActualSpanS is { } actual) wire.ActualSpanS = actual;
        if (from.ObservationsAvailable is { } available) wire.ObservationsAvailable = available;
        if (from.ObservationsUsed is { } used) wire.ObservationsUsed = used;
        if (from.TracksAvailable is { } tracks) wire.TracksAvailable = tracks;
        if (from.TracksUsed is { } tracksUsed) wire.TracksUsed = tracksUsed;
        if (from.ResidualsAcceptedPercent is { } accepted) wire.ResidualsAcceptedPercent = accepted;
        if (from.WeightedRms is { } rms) wire.WeightedRms = rms;
        return wire;
    }

    private static bool TryRead(V1.Determination? wire, out ConjunctionDetermination? determination)
    {
        determination = null;
        if (wire is null) return true;
        if (!NoticeText.TryRead(wire.FirstObservation, out var first) || !NoticeText.TryRead(wire.LastObservation, out var last)) return false;
        // What is absent reads as 0.
        if (!AreFigures(wire.RecommendedSpanS, wire.ActualSpanS, wire.ResidualsAcceptedPercent, wire.WeightedRms) || wire.ResidualsAcceptedPercent > 100) return false;
        if (wire.ObservationsAvailable < 0 || wire.ObservationsUsed < 0 || wire.TracksAvailable < 0 || wire.TracksUsed < 0) return false;
        determination = new ConjunctionDetermination(first, last, wire.HasRecommendedSpanS ? wire.RecommendedSpanS : null, wire.HasActualSpanS ? wire.ActualSpanS : null,
            wire.HasObservationsAvailable ? wire.ObservationsAvailable : null, wire.HasObservationsUsed ? wire.ObservationsUsed : null, wire.HasTracksAvailable ? wire.TracksAvailable : null,
            wire.HasTracksUsed ? wire.TracksUsed : null, wire.HasResidualsAcceptedPercent ? wire.ResidualsAcceptedPercent : null, wire.HasWeightedRms ? wire.WeightedRms : null);
        return true;
    }

    private static V1.Body ToWire(ConjunctionBody from)
    {
        var wire = new V1.Body();
        if (from.AreaM2 is { } area) wire.AreaM2 = area;
        if (from.MassKg is { } mass) wire.MassKg = mass;
        if (from.DragAreaOverMassM2PerKg is { } drag) wire.DragAreaOverMassM2PerKg = drag;
        if (from.RadiationAreaOverMassM2PerKg is { } radiation) wire.RadiationAreaOverMassM2PerKg = radiation;
        if (from.ThrustAccelerationKmPerS2 is { } thrust) wire.ThrustAccelerationKmPerS2 = thrust;
        if (from.EnergyDissipationWPerKg is { } dissipation) wire.EnergyDissipationWPerKg = dissipation;
        if (from.DragAreaM2 is { } dragArea) wire.DragAreaM2 = dragArea;
        if (from.RadiationAreaM2 is { } radiationArea) wire.RadiationAreaM2 = radiationArea;
        return wire;
    }

    private static bool TryRead(V1.Body? wire, out ConjunctionBody? body)
    {
        body = null;
        if (wire is null) return true;
        if (!AreFigures(wire.AreaM2, wire.MassKg, wire.DragAreaM2, wire.RadiationAreaM2)) return false;
        // The others may come out below zero in an estimate.
        if (!double.IsFinite(wire.DragAreaOverMassM2PerKg) || !double.IsFinite(wire.RadiationAreaOverMassM2PerKg) || !double.IsFinite(wire.ThrustAccelerationKmPerS2) || !double.IsFinite(wire.EnergyDissipationWPerKg)) return false;
        body = new ConjunctionBody(wire.HasAreaM2 ? wire.AreaM2 : null, wire.HasMassKg ? wire.MassKg : null, wire.HasDragAreaOverMassM2PerKg ? wire.DragAreaOverMassM2PerKg : null,
            wire.HasRadiationAreaOverMassM2PerKg ? wire.RadiationAreaOverMassM2PerKg : null, wire.HasThrustAccelerationKmPerS2 ? wire.ThrustAccelerationKmPerS2 : null,
            wire.HasEnergyDissipationWPerKg ? wire.EnergyDissipationWPerKg : null)
        {
            DragAreaM2 = wire.HasDragAreaM2 ? wire.DragAreaM2 : null,
            RadiationAreaM2 = wire.HasRadiationAreaM2 ? wire.RadiationAreaM2 : null,
        };
        return true;
    }

    private static bool AreFigures(params ReadOnlySpan<double> figures)
    {
        foreach (double figure in figures)
            if (!(figure >= 0) || double.IsInfinity(figure)) return false;
        return true;
    }
}
