using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>Composes estimates from visible contributions and keeps them for readers that see the same. Safe for concurrent use.</summary>
/// <remarks>
/// Every estimate is a complete least squares fit that begins with the visible passes: no orbit, bias or editing decision made with
/// other data takes part. What remains shared is the association of a tracklet with an object.
/// </remarks>
internal sealed class Composer(FusionOptions options, ArcFitter fitter)
{
    private const int PassesOfAnObject = 2;

    private readonly ConcurrentDictionary<string, Lazy<Composition>> _cache = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<PredictionCheck?>> _predictions = new(StringComparer.Ordinal);

    public Composition Compose(VisibleObject visible)
    {
        if (_cache.Count >= options.CachedCompositions) _cache.Clear();
        var (id, epoch, passes) = (visible.Id, EpochOf(visible.Passes), visible.Passes);
        return _cache.GetOrAdd(Fingerprint(id, epoch, passes), _ => new Lazy<Composition>(() => ComposeNow(id, epoch, passes))).Value;
    }

    /// <summary>A composition that is there already.</summary>
    public bool TryFind(VisibleObject visible, [NotNullWhen(true)] out Composition? composition)
    {
        composition = _cache.TryGetValue(Fingerprint(visible.Id, EpochOf(visible.Passes), visible.Passes), out var kept) && kept.IsValueCreated ? kept.Value : null;
        return composition is not null;
    }

    /// <summary>Fits the visible observations before an instant and compares those after it.</summary>
    public PredictionCheck? Predict(VisibleObject visible, Epoch split)
    {
        if (_predictions.Count >= options.CachedCompositions) _predictions.Clear();
        return _predictions.GetOrAdd(Fingerprint(visible.Id, split, visible.Passes), _ => new Lazy<PredictionCheck?>(() => PredictNow(visible.Passes, split))).Value;
    }

    /// <summary>A check that is there already.</summary>
    public bool TryFindPrediction(VisibleObject visible, Epoch split, out PredictionCheck? check)
    {
        bool found = _predictions.TryGetValue(Fingerprint(visible.Id, split, visible.Passes), out var kept) && kept.IsValueCreated;
        check = found ? kept!.Value : null;
        return found;
    }

    private PredictionCheck? PredictNow(IReadOnlyList<IReadOnlyList<ContributedObservation>> visible, Epoch split)
    {
        var before = visible.Select(pass => pass.Where(c => c.Epoch < split).ToList()).Where(pass => pass.Count > 0).ToList();
        SensorObservation[] after = [.. visible.SelectMany(pass => pass).Where(c => c.Epoch >= split).Select(c => c.ForFit)];
        if (before.Count == 0 || after.Length == 0) return null;
        return fitter.Fit(ForFit(before), EpochOf(before)) is OrbitFitOutcome.Fitted { Fit: var fit }
            && OrbitPrediction.TryCompare(fit, after, fitter.Propagator, fitter.Model, out var residuals, options.ModelError)
            ? PredictionCheck.From(split, fit, after, residuals)
            : null;
    }

    private static Epoch EpochOf(IReadOnlyList<IReadOnlyList<ContributedObservation>> passes) => passes.Max(pass => pass[^1].Epoch);

    private Composition ComposeNow(ObjectId id, Epoch epoch, IReadOnlyList<IReadOnlyList<ContributedObservation>> visible)
    {
        ContributedObservation[] all = [.. visible.SelectMany(pass => pass)];
        // An object is found by linking two passes. One that is visible alone shows that hidden ones were linked to it, whatever orbit it gives.
        if (visible.Count < PassesOfAnObject) return new Composition.NotDetermined(all.Length, OrbitFitFailure.TooFewObservations, "One pass is no object.");
        var outcome = fitter.Fit(ForFit(visible), epoch);
        if (outcome is OrbitFitOutcome.Failed failed) return new Composition.NotDetermined(all.Length, failed.Reason, failed.Detail);
        var fit = ((OrbitFitOutcome.Fitted)outcome).Fit;
        if (!KeplerianElements.TryFromState(fit.State, out var elements))
            return new Composition.NotDetermined(all.Length, OrbitFitFailure.NotAnOrbit, "The fitted state is not on an ellipse.");
        // A fit keeps the order of the observations it was given.
        var contributions = Contributions(id, epoch, visible, all, fit, out double priorWeight);
        var tags = all.Where(c => c.Observation.ObjectTag is not null).GroupBy(c => c.Observation.ObjectTag!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return new Composition.Estimated(new ObjectEstimate(id, DataMode.Real, fit, elements, OrbitalRegimes.Of(elements), contributions, priorWeight, [.. Rejected(all, fit)], tags));
    }

    private List<PartnerContribution> Contributions(ObjectId id, Epoch epoch, IReadOnlyList<IReadOnlyList<ContributedObservation>> visible, ContributedObservation[] all, OrbitFit fit, out double priorWeight)
    {
        var rejected = fit.Residuals.Where(r => r.IsRejected).Select(r => r.ObservationIndex).ToHashSet();
        var weights = PartnerWeights.Of(all, fit);
        priorWeight = 1 - weights.Values.Sum();
        PartnerId[] partners = [.. all.Select(c => c.Originator).Distinct().OrderBy(p => p.Value, StringComparer.Ordinal)];
        return [.. partners.Select(partner =>
        {
            int[] own = [.. Enumerable.Range(0, all.Length).Where(i => all[i].Originator == partner)];
            int left = own.Count(rejected.Contains);
            double? alone = partners.Length == 1 ? fit.Covariance.PositionSigmaKm : AloneSigmaKm(id, epoch, partner, visible);
            return new PartnerContribution(partner, own.Length - left, left, weights[partner], alone);
        })];
    }

    private double? AloneSigmaKm(ObjectId id, Epoch epoch, PartnerId partner, IReadOnlyList<IReadOnlyList<ContributedObservation>> visible)
    {
        var own = visible.Select(pass => pass.Where(c => c.Originator == partner).ToList()).Where(pass => pass.Count > 0).ToList();
        // The same partner's part is asked for by every reader who sees it all: kept like whole answers.
        string key = "alone " + Fingerprint(id, epoch, own);
        var composition = _cache.GetOrAdd(key, _ => new Lazy<Composition>(() => Alone(id, epoch, own))).Value;
        return composition is Composition.Estimated { Estimate.Fit: var fit } ? fit.Covariance.PositionSigmaKm : null;
    }

    private Composition Alone(ObjectId id, Epoch epoch, IReadOnlyList<IReadOnlyList<ContributedObservation>> own) => fitter.Fit(ForFit(own), epoch) switch
    {
        OrbitFitOutcome.Fitted { Fit: var fit } when KeplerianElements.TryFromState(fit.State, out var elements)
            => new Composition.Estimated(new ObjectEstimate(id, DataMode.Real, fit, elements, OrbitalRegimes.Of(elements), [], 0, [], new Dictionary<string, int>())),
        OrbitFitOutcome.Failed failed => new Composition.NotDetermined(own.Sum(pass => pass.Count), failed.Reason, failed.Detail),
        _ => new Composition.NotDetermined(own.Sum(pass => pass.Count), OrbitFitFailure.NotAnOrbit, "The fitted state is not on an ellipse."),
    };

    private static IEnumerable<RejectedObservation> Rejected(ContributedObservation[] all, OrbitFit fit)
        => from residual in fit.Residuals
           where residual.IsRejected
           group residual by residual.ObservationIndex into ofOne
           let worst = ofOne.MaxBy(r => Math.Abs(r.Normalised))
           let c = all[ofOne.Key]
           orderby c.Epoch
           select new RejectedObservation(c.Record, c.Originator, c.Sensor.Id, c.Epoch, worst.Kind, worst.Value, worst.Normalised);

    private static IReadOnlyList<IReadOnlyList<SensorObservation>> ForFit(IReadOnlyList<IReadOnlyList<ContributedObservation>> passes)
        => [.. passes.Select(pass => (IReadOnlyList<SensorObservation>)[.. pass.Select(c => c.ForFit)])];

    /// <summary>Of everything that an estimate is made from: which records, and how the sensors are described.</summary>
    private static string Fingerprint(ObjectId id, Epoch epoch, IReadOnlyList<IReadOnlyList<ContributedObservation>> passes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> buffer = stackalloc byte[RecordId.Size];
        hash.AppendData(id.Value.ToByteArray());
        hash.AppendData(BitConverter.GetBytes(epoch.NanosecondsSinceJ2000));
        foreach (var pass in passes)
        {
            hash.AppendData(BitConverter.GetBytes(pass.Count));
            Sensor? sensor = null;
            foreach (var contribution in pass)
            {
                contribution.Record.CopyTo(buffer);
                hash.AppendData(buffer);
                if (contribution.Sensor != sensor) Append(hash, sensor = contribution.Sensor);
            }
        }
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, Sensor sensor)
    {
        hash.AppendData(Encoding.UTF8.GetBytes($"{SensorKey.Of(sensor)}\n"));
        var (site, sigma, bias) = (sensor.Site, sensor.Sigma, sensor.Bias);
        double?[] figures =
        [
            site.LatitudeRad, site.LongitudeRad, site.HeightKm,
            sigma.RangeKm, sigma.AzimuthRad, sigma.ElevationRad, sigma.RangeRateKmPerS,
            bias.RangeKm, bias.AzimuthRad, bias.ElevationRad, bias.RangeRateKmPerS,
        ];
        foreach (double? figure in figures) hash.AppendData(BitConverter.GetBytes(figure ?? double.NaN));
    }
}
