using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>How well an orbit predicts one sensor's later measurements of one kind: km, rad (azimuth times cosine of elevation), rad, km/s.</summary>
/// <param name="Sensor">Whose measurements.</param>
/// <param name="Kind">Of which kind.</param>
/// <param name="Count">How many.</param>
/// <param name="RootMeanSquare">Of all, bad echoes included.</param>
/// <param name="MedianAbsolute">Robust against bad echoes.</param>
/// <param name="NinetiethPercentile">Of the absolute values.</param>
public sealed record PredictionStatistics(SensorKey Sensor, MeasurementKind Kind, int Count, double RootMeanSquare, double MedianAbsolute, double NinetiethPercentile);

/// <summary>An orbit fitted to what was seen before an instant, held against what was seen after it.</summary>
/// <param name="Split">The instant.</param>
/// <param name="FittedObservations">Before it, used in the fit.</param>
/// <param name="PredictedObservations">After it.</param>
/// <param name="Statistics">By sensor and kind.</param>
/// <param name="PositionSigmaAtEndKm">Uncertainty that the fit itself states for the last observation.</param>
public sealed record PredictionCheck(Epoch Split, int FittedObservations, int PredictedObservations, IReadOnlyList<PredictionStatistics> Statistics, double PositionSigmaAtEndKm)
{
    internal static PredictionCheck From(Epoch split, OrbitFit fit, IReadOnlyList<SensorObservation> observations, IReadOnlyList<PredictionResidual> residuals)
    {
        var groups = from residual in residuals
                     from kind in Enum.GetValues<MeasurementKind>()
                     let value = residual.Of(kind)
                     where value is not null
                     group Math.Abs(value.Value) by (Sensor: SensorKey.Of(observations[residual.ObservationIndex].Sensor), Kind: kind) into g
                     orderby g.Key.Sensor.ToString(), g.Key.Kind
                     select (g.Key, Sizes: g.Order().ToArray());
        return new PredictionCheck(split, fit.ObservationsUsed, observations.Count,
            [.. groups.Select(g => new PredictionStatistics(g.Key.Sensor, g.Key.Kind, g.Sizes.Length,
                Math.Sqrt(g.Sizes.Average(size => size * size)), g.Sizes[g.Sizes.Length / 2], g.Sizes[g.Sizes.Length * 9 / 10]))],
            residuals.Count == 0 ? 0 : residuals.MaxBy(r => observations[r.ObservationIndex].Epoch)!.PositionSigmaKm);
    }
}
