using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Orbits;
using V1 = SsaShare.Protocol.Catalog.V1;

namespace SsaShare.Protocol;

/// <summary>What the fusion engine composes, to the wire.</summary>
public static class CatalogMapper
{
    public static V1.CheckPredictionResponse ToWire(this PredictionCheck check)
    {
        var wire = new V1.CheckPredictionResponse
        {
            FittedCount = check.FittedObservations,
            PredictedCount = check.PredictedObservations,
            FitEnd = check.Split.ToWire(),
            PositionSigmaAtEndKm = check.PositionSigmaAtEndKm,
        };
        foreach (var sensor in check.Statistics.GroupBy(one => one.Sensor))
        {
            PredictionStatistics? Of(MeasurementKind kind) => sensor.FirstOrDefault(one => one.Kind == kind);
            var (range, azimuth, elevation) = (Of(MeasurementKind.Range), Of(MeasurementKind.Azimuth), Of(MeasurementKind.Elevation));
            wire.Residuals.Add(new V1.PredictionResiduals
            {
                SensorId = sensor.Key.Sensor.Value,
                ObservationCount = sensor.Max(one => one.Count),
                RangeRmsKm = range?.RootMeanSquare ?? 0,
                RangeMedianKm = range?.MedianAbsolute ?? 0,
                AzimuthRmsRad = azimuth?.RootMeanSquare ?? 0,
                AzimuthMedianRad = azimuth?.MedianAbsolute ?? 0,
                ElevationRmsRad = elevation?.RootMeanSquare ?? 0,
                ElevationMedianRad = elevation?.MedianAbsolute ?? 0,
            });
        }
        return wire;
    }

    public static V1.CatalogObject ToWire(this ObjectEstimate estimate)
    {
        var fit = estimate.Fit;
        var wire = new V1.CatalogObject
        {
            ObjectId = estimate.Id.ToString(),
            DataMode = WireEnums.Write(estimate.Mode),
            Estimate = new V1.OrbitEstimate
            {
                State = fit.State.ToWire(),
                PositionSigmaKm = fit.Covariance.PositionSigmaKm,
                ReducedChiSquare = fit.ReducedChiSquare,
                Elements = ToWire(estimate.Elements),
                FirstObservation = fit.Span.First.ToWire(),
                LastObservation = fit.Span.Last.ToWire(),
            },
            ObservationCount = fit.ObservationsUsed + fit.ObservationsRejected,
            RejectedCount = fit.ObservationsRejected,
        };
        wire.Tags.AddRange(estimate.Tags.OrderByDescending(tag => tag.Value).ThenBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => tag.Key));
        wire.Estimate.Covariance.AddRange(fit.Covariance.Lower.ToArray());
        wire.Contributions.AddRange(estimate.Contributions.Select(ToWire));
        wire.Residuals.AddRange(fit.Statistics.GroupBy(one => one.Sensor).Select(sensor => ToWire(sensor.Key, [.. sensor], fit)));
        return wire;
    }

    private static V1.OrbitalElements ToWire(KeplerianElements elements) => new()
    {
        SemiMajorAxisKm = elements.SemiMajorAxisKm,
        Eccentricity = elements.Eccentricity,
        InclinationRad = elements.InclinationRad,
        RightAscensionOfAscendingNodeRad = elements.AscendingNodeRad,
        ArgumentOfPerigeeRad = elements.ArgumentOfPerigeeRad,
        MeanAnomalyRad = elements.MeanAnomalyRad,
    };

    private static V1.Contribution ToWire(PartnerContribution contribution)
    {
        var wire = new V1.Contribution
        {
            PartnerId = contribution.Partner.Value,
            ObservationCount = contribution.ObservationsUsed + contribution.ObservationsRejected,
            Weight = contribution.Weight,
        };
        if (contribution.AlonePositionSigmaKm is { } alone) wire.PositionSigmaAloneKm = alone;
        return wire;
    }

    private static V1.SensorResiduals ToWire(SensorKey key, ResidualStatistics[] statistics, OrbitFit fit)
    {
        ResidualStatistics? Of(MeasurementKind kind) => statistics.FirstOrDefault(one => one.Kind == kind);
        SensorBias? Bias(MeasurementKind kind) => fit.Biases.FirstOrDefault(bias => bias.Sensor == key && bias.Kind == kind);
        return new V1.SensorResiduals
        {
            PartnerId = key.Owner.Value,
            SensorId = key.Sensor.Value,
            ObservationCount = statistics.Max(one => one.Used),
            RejectedCount = statistics.Max(one => one.Rejected),
            RangeRmsKm = Of(MeasurementKind.Range)?.RootMeanSquare ?? 0,
            RangeMedianKm = Of(MeasurementKind.Range)?.MedianAbsolute ?? 0,
            AzimuthRmsRad = Of(MeasurementKind.Azimuth)?.RootMeanSquare ?? 0,
            ElevationRmsRad = Of(MeasurementKind.Elevation)?.RootMeanSquare ?? 0,
            RangeBiasKm = Bias(MeasurementKind.Range)?.Value ?? 0,
            RangeBiasSigmaKm = Bias(MeasurementKind.Range)?.Sigma ?? 0,
            AzimuthBiasRad = Bias(MeasurementKind.Azimuth)?.Value ?? 0,
            ElevationBiasRad = Bias(MeasurementKind.Elevation)?.Value ?? 0,
        };
    }
}
