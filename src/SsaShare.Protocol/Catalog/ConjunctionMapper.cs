using Google.Protobuf;
using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Orbits;
using V1 = SsaShare.Protocol.Catalog.V1;

namespace SsaShare.Protocol;

/// <summary>What the conjunction board tells a reader, to the wire.</summary>
public static class ConjunctionMapper
{
    /// <param name="conjunction">As the reader is told of it.</param>
    /// <param name="originators">Who published a record that one of its orbits rests on; null for one that has just been taken away.</param>
    /// <param name="announced">Manoeuvres that its orbits do not hold.</param>
    public static V1.Conjunction ToWire(this BoardConjunction conjunction, Func<RecordId, PartnerId?> originators, IEnumerable<V1.AnnouncedManeuver> announced)
    {
        var wire = new V1.Conjunction
        {
            ConjunctionId = conjunction.Id.ToString(),
            First = ToWire(conjunction.First, originators),
            Second = ToWire(conjunction.Second, originators),
            Assessment = ToWire(conjunction.Approach, conjunction.Probability, conjunction.History is [.., var last] ? last.When : null),
            IsPast = !conjunction.IsCurrent,
            IsSameOrbit = conjunction.IsSameOrbit,
            StayCount = conjunction.Stays,
        };
        wire.AnnouncedManeuvers.AddRange(announced);
        return wire;
    }

    /// <summary>A manoeuvre that the orbits of an approach do not hold.</summary>
    /// <param name="tag">Of the object.</param>
    /// <param name="originator">Who announced it.</param>
    /// <param name="record">That holds the notice.</param>
    /// <param name="start">Of the thrust.</param>
    public static V1.AnnouncedManeuver ToWire(string tag, PartnerId originator, RecordId record, Epoch start)
        => new() { Object = tag, PartnerId = originator.Value, RecordId = ByteString.CopyFrom(record.ToArray()), Start = start.ToWire() };

    /// <summary>An earlier assessment, in short.</summary>
    public static V1.ConjunctionAssessment ToWire(this BoardHistoryEntry entry)
    {
        var wire = new V1.ConjunctionAssessment
        {
            TimeOfClosestApproach = entry.Tca.ToWire(),
            MissDistanceKm = entry.MissKm,
            RelativeSpeedKmPerS = entry.RelativeSpeedKmPerS,
            CollisionProbabilityMethod = entry.Probability is null ? "" : entry.Method.ToString(),
            FirstSigma = ToWire(entry.FirstSigma),
            SecondSigma = ToWire(entry.SecondSigma),
            Since = entry.When.ToWire(),
        };
        if (entry.Probability is { } figure) wire.CollisionProbability = figure;
        return wire;
    }

    /// <summary>What an object is called for people: its number, or the name that its owner gave it.</summary>
    public static string NameOf(ObjectDesignation designation)
        => designation.CatalogNumber is { } number ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : designation.CosparId ?? designation.Own!.Value.Name;

    private static V1.ConjunctionOrbit ToWire(OrbitSource source, Func<RecordId, PartnerId?> originators)
    {
        var wire = new V1.ConjunctionOrbit
        {
            Object = NameOf(source.Designation),
            Kind = source.Kind switch
            {
                OrbitSourceKind.ElementSet => V1.ConjunctionOrbitKind.ElementSet,
                OrbitSourceKind.OrbitState => V1.ConjunctionOrbitKind.OrbitState,
                OrbitSourceKind.Ephemeris => V1.ConjunctionOrbitKind.Ephemeris,
                OrbitSourceKind.Fused => V1.ConjunctionOrbitKind.Fused,
                _ => throw new ArgumentOutOfRangeException(nameof(source), source.Kind, "No such kind of orbit."),
            },
            AsOf = source.AsOf.ToWire(),
            IsPlanned = !source.Plan.IsEmpty,
        };
        foreach (var part in source.Basis.GroupBy(record => originators(record)?.Value ?? "").Where(part => part.Key.Length > 0).OrderBy(part => part.Key, StringComparer.Ordinal))
        {
            var contribution = new V1.ConjunctionContribution { PartnerId = part.Key, RecordCount = part.Count() };
            if (source.Kind != OrbitSourceKind.Fused) contribution.RecordIds.AddRange(part.Select(record => ByteString.CopyFrom(record.ToArray())));
            wire.Contributions.Add(contribution);
        }
        return wire;
    }

    private static V1.ConjunctionAssessment ToWire(CloseApproach approach, BoardProbability probability, Epoch? since)
    {
        var wire = new V1.ConjunctionAssessment
        {
            TimeOfClosestApproach = approach.Tca.ToWire(),
            MissDistanceKm = approach.MissKm,
            RelativeSpeedKmPerS = approach.RelativeSpeedKmPerS,
            CollisionProbabilityMethod = probability.Recommended.Probability is null ? "" : probability.Recommended.Method.ToString(),
            Reason = probability.Recommended.Reason,
            HardBodyRadiusKm = probability.HardBodyRadiusKm,
            IsRadiusAssumed = probability.IsRadiusAssumed,
            FirstSigma = ToWire(probability.First),
            SecondSigma = ToWire(probability.Second),
            IsCoMoving = approach.IsCoMoving,
            IsAtEdge = approach.Traits.HasFlag(CloseApproachTraits.AtEdge),
            IsStale = approach.Traits.HasFlag(CloseApproachTraits.StaleElements),
            Since = since?.ToWire(),
        };
        if (probability.Recommended.Probability is { } figure) wire.CollisionProbability = figure;
        if (probability.Maximum is { } maximum) wire.MaximumProbability = maximum;
        if (probability.Mahalanobis is { } distance) wire.MahalanobisDistance = distance;
        return wire;
    }

    private static V1.PositionSigma? ToWire(SourceSigma? sigma) => sigma is { } known
        ? new V1.PositionSigma { RadialKm = known.Rtn.RadialKm, TransverseKm = known.Rtn.TransverseKm, NormalKm = known.Rtn.NormalKm, IsAssumed = known.Origin == CovarianceOrigin.Default }
        : null;
}
