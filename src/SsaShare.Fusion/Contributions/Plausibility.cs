using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>Keeps figures out of the catalog that no ground sensor can have measured; a peer's software may have let them through.</summary>
internal static class Plausibility
{
    private const double FurthestKm = 1_500_000, FastestKmPerS = 20, LongestEpochSigmaS = 60;

    public static bool Holds(ContributedObservation contribution)
    {
        var (o, site) = (contribution.Observation, contribution.Sensor.Site);
        return Inside(o.RangeKm, 50, FurthestKm) && Inside(o.AzimuthRad, -Math.PI, Math.Tau) && Inside(o.ElevationRad, -Math.PI / 2, Math.PI / 2)
            && Inside(o.RangeRateKmPerS, -FastestKmPerS, FastestKmPerS)
            && Inside(site.LatitudeRad, -Math.PI / 2, Math.PI / 2) && Inside(site.LongitudeRad, -Math.Tau, Math.Tau) && Inside(site.HeightKm, -1, 10)
            && AreNoises(contribution.Sensor.Sigma) && AreFinite(contribution.Sensor.Bias)
            && (contribution.Mark is not { Added: var added } || (Inside(added.RangeKm, 0, 1_000) && Inside(added.AzimuthRad, 0, Math.PI) && Inside(added.ElevationRad, 0, 1)
                && Inside(added.RangeRateKmPerS, 0, FastestKmPerS) && Inside(added.EpochS, 0, LongestEpochSigmaS)));
    }

    // Written so that NaN fails.
    private static bool Inside(double? value, double low, double high) => value is not { } v || (v >= low && v <= high);

    private static bool AreNoises(MeasurementFigures f)
        => Inside(f.RangeKm, 0, 1_000) && Inside(f.AzimuthRad, 0, 1) && Inside(f.ElevationRad, 0, 1) && Inside(f.RangeRateKmPerS, 0, FastestKmPerS);

    private static bool AreFinite(MeasurementFigures f)
        => Inside(f.RangeKm, -1_000, 1_000) && Inside(f.AzimuthRad, -1, 1) && Inside(f.ElevationRad, -1, 1) && Inside(f.RangeRateKmPerS, -1, 1);
}
