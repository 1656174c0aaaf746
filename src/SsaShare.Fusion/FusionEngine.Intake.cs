using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>What becomes of a contribution on its way in. Everything here runs under the engine's lock.</summary>
public sealed partial class FusionEngine
{
    private Intake TakeIn(IReadOnlyList<ContributedObservation> batch)
    {
        int accepted = 0, duplicates = 0;
        var refused = new List<RefusedContribution>();
        HashSet<CatalogObject> touched = [], changed = [];
        foreach (var contribution in batch.OrderBy(c => c.Epoch).ThenBy(c => c.Record.ToString(), StringComparer.Ordinal))
        {
            if (_records.ContainsKey(contribution.Record)) continue;
            if (RefusalOf(contribution) is { } reason)
            {
                refused.Add(new RefusedContribution(contribution.Record, reason));
                continue;
            }
            var content = MeasurementContent.Of(contribution);
            if (_measured.TryGetValue(content, out var measured))
            {
                measured.Add(contribution);
                _records.Add(contribution.Record, (measured, _records[measured.First.Record].Tracklet));
                if (_objectOf.TryGetValue(_records[contribution.Record].Tracklet, out var repeated)) changed.Add(repeated);
                duplicates++;
                continue;
            }
            _measured.Add(content, measured = new Measured(contribution));
            var (tracklet, isNew) = _tracklets.Place(measured);
            _records.Add(contribution.Record, (measured, tracklet));
            if (isNew) _pending.Add(tracklet);
            else if (_objectOf.TryGetValue(tracklet, out var target)) touched.Add(target);
            accepted++;
        }
        changed.UnionWith(touched);
        return new Intake(accepted, duplicates, refused, touched, changed);
    }

    /// <param name="Accepted">New measurements.</param>
    /// <param name="Duplicates">Further records of known ones.</param>
    /// <param name="Refused">With reasons.</param>
    /// <param name="ToRefit">Objects that got new measurements into a tracklet of theirs.</param>
    /// <param name="Changed">Those, and objects whose measurements got another record.</param>
    private sealed record Intake(int Accepted, int Duplicates, List<RefusedContribution> Refused, HashSet<CatalogObject> ToRefit, HashSet<CatalogObject> Changed);

    private ContributionRefusal? RefusalOf(ContributedObservation contribution)
    {
        if (contribution.Mode != DataMode.Real) return ContributionRefusal.NotReal;
        if (!Plausibility.Holds(contribution)) return ContributionRefusal.NotPlausible;
        if (!_fitter.Propagator.Forces.Rotation.Orientation.Covers(contribution.Epoch)) return ContributionRefusal.NoEarthOrientation;
        var (o, sigma) = (contribution.Observation, contribution.Sensor.Sigma);
        bool weighs(double? figure, double? noise) => figure is not null && noise is > 0;
        return weighs(o.RangeKm, sigma.RangeKm) || weighs(o.AzimuthRad, sigma.AzimuthRad) || weighs(o.ElevationRad, sigma.ElevationRad) || weighs(o.RangeRateKmPerS, sigma.RangeRateKmPerS)
            ? null
            : ContributionRefusal.NothingToWeigh;
    }
}
