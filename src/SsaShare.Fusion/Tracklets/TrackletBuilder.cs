using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>Sorts measurements into tracklets as they come, in any order.</summary>
internal sealed class TrackletBuilder(FusionOptions options)
{
    // Faster than anything in Earth orbit moves against the ground, with room for the noise of two positions.
    private const double FastestKmPerS = 12;
    private const double PositionNoiseKm = 10, AddedSigmas = 3;

    private readonly Dictionary<SensorKey, List<Tracklet>> _bySensor = [];

    /// <summary>Adds to the tracklet it continues, or begins a new one.</summary>
    /// <returns>The tracklet, and whether it is new.</returns>
    public (Tracklet Tracklet, bool IsNew) Place(Measured measured)
    {
        var key = SensorKey.Of(measured.First.Sensor);
        if (!_bySensor.TryGetValue(key, out var tracklets)) _bySensor.Add(key, tracklets = []);
        Tracklet? best = null;
        double bestKm = double.PositiveInfinity;
        foreach (var tracklet in tracklets)
        {
            if (measured.Epoch.SecondsSince(tracklet.End) > options.TrackletGapSeconds || tracklet.Start.SecondsSince(measured.Epoch) > options.TrackletGapSeconds) continue;
            var (nearest, seconds) = tracklet.NearestTo(measured.Epoch);
            if (seconds > options.TrackletGapSeconds) continue;
            double apartKm = SeparationKm(nearest.First, measured.First);
            double noiseKm = PositionNoiseKm + AddedSigmas * (nearest.First.AddedPositionKm + measured.First.AddedPositionKm);
            if (apartKm > FastestKmPerS * seconds + noiseKm || apartKm >= bestKm) continue;
            (best, bestKm) = (tracklet, apartKm);
        }
        if (best is not null)
        {
            best.Insert(measured);
            return (best, false);
        }
        best = new Tracklet(key, measured);
        tracklets.Add(best);
        return (best, true);
    }

    /// <summary>Takes a measurement out, and the tracklet with it when it was the last.</summary>
    public void Remove(Tracklet tracklet, Measured measured)
    {
        tracklet.Remove(measured);
        if (tracklet.InTime.Count == 0) _bySensor[tracklet.Sensor].Remove(tracklet);
    }

    /// <summary>Distance between two measured places; where a figure is missing, across the sky at the range that is there.</summary>
    private static double SeparationKm(ContributedObservation a, ContributedObservation b)
    {
        var (oa, ob) = (a.Observation, b.Observation);
        double? range = oa.RangeKm ?? ob.RangeKm;
        if (oa is not { AzimuthRad: { } azimuthA, ElevationRad: { } elevationA } || ob is not { AzimuthRad: { } azimuthB, ElevationRad: { } elevationB })
            return oa.RangeKm is { } ra && ob.RangeKm is { } rb ? Math.Abs(ra - rb) : 0;
        // Angles alone: a narrow bound on the sky stands in for the distance.
        double scale = range ?? 1_000;
        var site = new SensorSite(a.Sensor.Site);
        return site.Locate(oa.RangeKm ?? scale, azimuthA, elevationA).DistanceTo(site.Locate(ob.RangeKm ?? scale, azimuthB, elevationB));
    }
}
