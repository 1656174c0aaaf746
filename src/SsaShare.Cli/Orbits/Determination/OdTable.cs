using System.Globalization;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>A fit for people.</summary>
internal static class OdTable
{
    private const int EditsShown = 20, DistancesToSuggest = 10;
    private const double DegPerRad = 180 / Math.PI;

    public static IEnumerable<string> Lines(OdResult result)
    {
        var fit = result.Fit;
        var (r, v) = (fit.State.PositionKm, fit.State.VelocityKmPerS);
        var sigmas = result.PositionSigmasM;
        yield return $"Orbit of {result.Id} at {fit.State.Epoch}, GCRF";
        yield return Text($"  position (km)       {r.X,16:F6} {r.Y,16:F6} {r.Z,16:F6}");
        yield return Text($"  velocity (km/s)     {v.X,16:F9} {v.Y,16:F9} {v.Z,16:F9}");
        yield return Text($"  sigma (m)           radial {sigmas.Radial:F2}, transverse {sigmas.Transverse:F2}, normal {sigmas.Normal:F2}");
        if (KeplerianElements.TryFromState(fit.State, out var elements))
            yield return Text($"  elements            a {elements.SemiMajorAxisKm:F3} km, e {elements.Eccentricity:F7}, i {elements.InclinationRad * DegPerRad:F5}°, node {elements.AscendingNodeRad * DegPerRad:F5}°, perigee {elements.ArgumentOfPerigeeRad * DegPerRad:F5}°, M {elements.MeanAnomalyRad * DegPerRad:F5}°; {elements.PerigeeHeightKm:F0} by {elements.ApogeeHeightKm:F0} km");
        if (result.Propagator.Forces.HasSurfaceForces)
            yield return Text($"  surface (m2/kg)     ballistic {fit.Surface.BallisticM2PerKg:G4} ± {fit.SurfaceSigma.BallisticM2PerKg:G2}, radiation {fit.Surface.RadiationM2PerKg:G4} ± {fit.SurfaceSigma.RadiationM2PerKg:G2}");
        yield return Text($"  observations        {fit.ObservationsUsed:N0} used, {result.Observations.Count - fit.ObservationsUsed:N0} left out; {fit.Span.First} to {fit.Span.Last}");
        yield return Text($"  fit                 reduced chi-square {fit.ReducedChiSquare:F3}, {fit.Iterations} corrections, condition {fit.ConditionNumber:G2}");
        yield return $"  begun from          {result.Begin}";
        yield return $"  forces              {result.Problem.Forces.Set}; Sun and Moon by {result.Problem.Forces.Bodies}{(result.Propagator.Forces.HasSurfaceForces ? $"; air {result.Problem.Forces.Atmosphere}" : "")}";
        string[] considered = [.. OdParameters.Of(result, ParameterTreatment.Considered)];
        if (considered.Length > 0) yield return $"  considered          {string.Join(", ", considered)}";
        yield return "";
        foreach (string line in Columns.Lines("", ["SENSOR", "TYPE", "USED", "EDITED", "MEAN", "RMS", "MEDIAN", "SIGMA", "BIAS", "+-", "UNIT"], [.. fit.Statistics.Select(one => Row(fit, one))], 2, 3, 4, 5, 6, 7, 8, 9)) yield return line;
        foreach (string line in Realism(fit)) yield return line;
        foreach (var clock in fit.Clocks) yield return Text($"{clock.Sensor.Sensor}: clock {clock.Seconds * 1e3:F3} ± {clock.Sigma * 1e3:F3} ms");
        foreach (string line in Edits(result)) yield return line;
    }

    /// <summary>Whether the covariance tells the truth: residuals over their own standard deviations.</summary>
    private static IEnumerable<string> Realism(OrbitFit fit)
    {
        string Figure(double value, string format) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : "-";
        var realism = fit.Realism;
        yield return "";
        yield return Text($"Realism: {realism.Passes:N0} passes; {realism.Distances.Count:N0} independent observations, Mahalanobis distances {Figure(realism.Distances.MeanRatio, "F2")} of what they should be, Cramer-von Mises p {Figure(realism.Distances.PValue, "G2")}");
        // A few observations suggest nothing.
        if (double.IsFinite(realism.SuggestedScale) && (realism.PassScale is not null || realism.Distances.Count >= DistancesToSuggest)) yield return Text($"  the residuals suggest {Math.Sqrt(realism.SuggestedScale):G3} times the formal sigmas ({(realism.PassScale is null ? "distances" : "passes")}); the sigmas above are {Math.Sqrt(fit.Covariance[0, 0] / fit.FormalCovariance[0, 0]):G3} times");
        yield return "";
        foreach (string line in Columns.Lines("", ["SENSOR", "TYPE", "INDEPENDENT", "CHI-SQUARE", "P", "MEAN-SQUARE", "DURBIN-WATSON", "CORRELATED(S)"],
            [.. realism.Residuals.Select(one => (string[])[one.Sensor.Sensor.Value, OdWords.Name(one.Kind), one.Independent.ToString("N0", CultureInfo.InvariantCulture), Figure(one.ChiSquare, "F1"), Figure(one.PValue, "G2"), Figure(one.MeanSquare, "F2"), Figure(one.DurbinWatson, "F2"), Figure(one.CorrelationSeconds, "F0")])],
            2, 3, 4, 5, 6, 7)) yield return line;
    }

    /// <summary>Residuals one by one, other reasons by sensor.</summary>
    private static IEnumerable<string> Edits(OdResult result)
    {
        SensorKey Sensor(EditedObservation edit) => result.Observations[edit.ObservationIndex].Sensor.Key;
        var others = result.Fit.Edited.Where(edit => edit.Reason != EditReason.Residual).GroupBy(edit => (Sensor(edit).Sensor.Value, Text: edit.ToString())).ToList();
        var residuals = result.Fit.Edited.Where(edit => edit.Reason == EditReason.Residual).ToList();
        if (others.Count + residuals.Count > 0) yield return "";
        foreach (var group in others) yield return $"Not used of {group.Key.Value}: {group.Count():N0} ({group.Key.Text})";
        if (residuals.Count > 0) yield return $"Edited ({residuals.Count:N0}):";
        foreach (var edit in residuals.Take(EditsShown)) yield return $"  {result.Observations[edit.ObservationIndex].Epoch}  {Sensor(edit).Sensor}  {edit}";
        if (residuals.Count > EditsShown) yield return $"  and {residuals.Count - EditsShown:N0} more; --to json has them all";
    }

    private static string[] Row(OrbitFit fit, ResidualStatistics one)
    {
        string Figure(double value) => (value * OdWords.Scale(one.Kind)).ToString($"F{OdWords.Decimals(one.Kind)}", CultureInfo.InvariantCulture);
        var bias = fit.Biases.FirstOrDefault(bias => bias.Sensor == one.Sensor && bias.Kind == one.Kind);
        return
        [
            one.Sensor.Sensor.Value, OdWords.Name(one.Kind), one.Used.ToString("N0", CultureInfo.InvariantCulture), one.Rejected.ToString("N0", CultureInfo.InvariantCulture), Figure(one.Mean), Figure(one.RootMeanSquare),
            Figure(one.MedianAbsolute), Figure(one.Sigma), bias is null ? "-" : Figure(bias.Value), bias is { Sigma: > 0 } ? Figure(bias.Sigma) : "fixed", OdWords.Unit(one.Kind),
        ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
