using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// Batch weighted least squares: state, surface coefficients and sensor biases from all observations at once. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Differential correction with a priori figures (Tapley, Schutz and Born, Statistical Orbit Determination, section 4.6; Vallado,
/// section 10.4), robust editing by the median scatter of each sensor, and Levenberg damping when a correction makes the fit worse.
/// </remarks>
public sealed class OrbitFitter(Propagator propagator, MeasurementModel model)
{
    private const double ConvergedSigmas = 0.02;

    public Propagator Propagator => propagator;
    public MeasurementModel Model => model;

    /// <param name="observations">At least as many measurements as unknowns; in any order.</param>
    /// <param name="start">A state close enough to begin from, GCRF; its epoch is that of the result.</param>
    /// <param name="options">How to fit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation does not cover an instant.</exception>
    public OrbitFitOutcome Fit(IReadOnlyList<SensorObservation> observations, CartesianState start, OrbitFitOptions options)
    {
        var problem = FitProblem.Create(observations);
        if (problem.Measurements.Length < 6)
            return new OrbitFitOutcome.Failed(OrbitFitFailure.TooFewObservations, $"{problem.Measurements.Length} measurements.");
        var work = new FitIteration(problem, propagator, model, options, start);
        if (!work.TryEvaluate(work.Initial(), out var current))
            return new OrbitFitOutcome.Failed(OrbitFitFailure.NotAnOrbit, "The starting state does not stay in orbit.");
        double damping = 0;
        for (int iteration = 1; iteration <= options.MaxIterations; iteration++)
        {
            if (current.ObservationsUsed < 2)
                return new OrbitFitOutcome.Failed(OrbitFitFailure.TooFewObservations, "The observations do not agree with each other.");
            if (!work.TryCorrection(current, damping, out double[] correction, out double sigmas))
                return new OrbitFitOutcome.Failed(OrbitFitFailure.IllConditioned, "The normal matrix is singular.");
            double[] next = [.. current.Parameters.Zip(correction, (a, b) => a + b)];
            if (work.TryEvaluate(next, out var candidate) && candidate.Cost <= current.Cost * (1 + 1e-6) + 1e-9)
            {
                bool settled = sigmas < ConvergedSigmas && damping == 0 && candidate.SameEditing(current);
                // Without further gain the corrections are rounding, however large against a very small sigma.
                settled |= damping == 0 && candidate.SameEditing(current) && current.Cost - candidate.Cost < 1e-7 * current.Cost && sigmas < 1;
                (current, damping) = (candidate, damping < 1e-4 ? 0 : damping / 10);
                if (settled) return work.Finish(current, iteration);
                continue;
            }
            // The linear step went too far, or the step is already rounding.
            if (sigmas < ConvergedSigmas) return work.Finish(current, iteration);
            damping = damping == 0 ? 1e-3 : damping * 10;
            if (damping > 1e6) break;
        }
        return new OrbitFitOutcome.Failed(OrbitFitFailure.NotConverged, $"After {options.MaxIterations} corrections.");
    }
}
