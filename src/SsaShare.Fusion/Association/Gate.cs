using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>How a tracklet stands to a predicted orbit.</summary>
internal enum GateAnswer
{
    /// <summary>It is elsewhere, or the prediction says nothing.</summary>
    No,
    /// <summary>It fits a good prediction.</summary>
    Yes,
    /// <summary>It fits a prediction too vague to decide; a trial fit must.</summary>
    Perhaps,
}

/// <summary>Compares a tracklet with an orbit by normalised residuals.</summary>
internal sealed class Gate(FusionOptions options, ArcFitter fitter)
{
    private const double SecondsPerDay = 86_400;
    private const int MostSamples = 7;
    private const double AcceptedReducedChiSquare = 4;
    private const double AcceptedRejections = 0.3;

    public GateAnswer Ask(OrbitFit orbit, Tracklet tracklet)
    {
        double furthestSeconds = Math.Max(orbit.Span.First.SecondsSince(tracklet.End), tracklet.Start.SecondsSince(orbit.Span.Last));
        if (furthestSeconds > options.CompareWithinDays * SecondsPerDay) return GateAnswer.No;
        var samples = Samples(tracklet);
        if (!OrbitPrediction.TryCompare(orbit, samples, fitter.Propagator, fitter.Model, out var residuals, options.ModelError) || residuals.Count == 0) return GateAnswer.No;
        // The median: some bad echoes must not lose a pass, nor some lucky ones win it.
        var bySize = residuals.OrderBy(r => r.ChiSquare).ToList();
        var median = bySize[bySize.Count / 2];
        if (median.PositionSigmaKm > options.HopelessBeyondKm) return GateAnswer.No;
        bool inside = median.ChiSquare <= options.GateChiSquare;
        if (median.PositionSigmaKm > options.CertainWithinKm) return inside ? GateAnswer.Perhaps : GateAnswer.No;
        return inside ? GateAnswer.Yes : GateAnswer.No;
    }

    /// <summary>Whether one orbit explains the passes of an object and one more.</summary>
    public OrbitFit? TryTogether(OrbitFit orbit, IEnumerable<Tracklet> known, Tracklet candidate)
    {
        SensorObservation[] before = [.. known.SelectMany(t => t.ForFit())], added = [.. candidate.ForFit()];
        if (fitter.Try([.. before, .. added], orbit.State) is not OrbitFitOutcome.Fitted { Fit: var fit }) return null;
        if (fit.ReducedChiSquare > AcceptedReducedChiSquare) return null;
        int rejectedAdded = fit.Residuals.Where(r => r.IsRejected && r.ObservationIndex >= before.Length).Select(r => r.ObservationIndex).Distinct().Count();
        return rejectedAdded <= AcceptedRejections * added.Length && fit.ObservationsRejected - rejectedAdded <= AcceptedRejections * before.Length ? fit : null;
    }

    private static SensorObservation[] Samples(Tracklet tracklet)
    {
        int count = Math.Min(MostSamples, tracklet.InTime.Count);
        return [.. Enumerable.Range(0, count).Select(i => tracklet.InTime[count == 1 ? 0 : i * (tracklet.InTime.Count - 1) / (count - 1)].First.ForFit)];
    }
}
