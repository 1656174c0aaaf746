using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// Batch weighted least squares: state, surface coefficients and sensor biases from all observations at once. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Differential correction with a priori figures, solved in square-root form (Bierman, Factorization Methods for Discrete Sequential Estimation, 1977; Montenbruck
/// and Gill, section 8.1) in three stages. The first two count every observation, large residuals with Huber's weights, so that no part of the
/// data is thrown out for an orbit that is still wrong; surface coefficients and biases are free from the second on, when the orbit is near.
/// The third leaves out what does not fit the orbit found, and takes it back when it does. Levenberg's damping when a correction makes
/// the fit worse.
/// </remarks>
public sealed class OrbitFitter(Propagator propagator, MeasurementModel model)
{
    // Corrections below these, in formal sigmas, end the robust stages and the edited one.
    private const double SettledRobust = 0.3, Settled = 0.02;
    // An undamped correction below this that lowers the cost no more, damped or not, is within the error of the partial derivatives.
    private const double Indistinct = 0.1;
    private const double LeastDamping = 1e-6, MostDamping = 1e4;
    private const int MostEditions = 8;

    public Propagator Propagator => propagator;
    public MeasurementModel Model => model;

    /// <summary>The same with the domain's sensors, read by the conventions of <see cref="Model"/>.</summary>
    /// <inheritdoc cref="Fit(IReadOnlyList{TrackingObservation}, CartesianState, OrbitFitOptions)"/>
    public OrbitFitOutcome Fit(IReadOnlyList<SensorObservation> observations, CartesianState start, OrbitFitOptions options)
        => Fit(SensorObservation.ToTracking(observations, model.Conventions), start, options);

    /// <summary>Fits one orbit.</summary>
    /// <param name="observations">At least as many measurements as components of the state, or one beside a prior; in any order.</param>
    /// <param name="start">A state close enough to begin from, GCRF; its epoch is that of the result.</param>
    /// <param name="options">How to fit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation does not cover an instant.</exception>
    public OrbitFitOutcome Fit(IReadOnlyList<TrackingObservation> observations, CartesianState start, OrbitFitOptions options)
    {
        var problem = FitProblem.Create(observations, options);
        // What is known beforehand needs no least number of measurements beside it.
        int leastMeasurements = options.Prior is null ? 6 : 1, leastObservations = options.Prior is null ? 2 : 1;
        if (problem.Measurements.Length < leastMeasurements) return Failed(OrbitFitFailure.TooFewObservations, $"{problem.Measurements.Length} measurements.");
        if (options.Prior is { } prior && (prior.State.Epoch, prior.State.Frame) != (start.Epoch, start.Frame))
            throw new ArgumentException($"Expected a prior at {start.Epoch} {start.Frame}, got {prior.State.Epoch} {prior.State.Frame}.", nameof(options));
        var work = new FitIteration(problem, propagator, model, options, start);
        bool[]? rejected = null;
        if (!work.TryEvaluate(work.Initial(), rejected, null, out var current))
            return Failed(OrbitFitFailure.NotAnOrbit, "The starting state does not stay in orbit.");
        double damping = 0, stuck = double.PositiveInfinity;
        int editions = 0;
        for (int iteration = 1; iteration <= options.MaxIterations; iteration++)
        {
            if (!work.TryCorrection(current, damping, out double[] correction, out double sigmas, out string open))
                return Failed(OrbitFitFailure.IllConditioned, open);
            double small = rejected is null ? SettledRobust : Settled;
            double[] next = [.. current.Parameters.Zip(correction, (a, b) => a + b)];
            bool isOrbit = work.TryEvaluate(next, rejected, current, out var candidate);
            if (isOrbit && candidate.Cost <= current.Cost * (1 + 1e-6) + 1e-9)
            {
                work.Release(current);
                current = work.Relimit(candidate, rejected);
                stuck = double.PositiveInfinity;
            }
            else
            {
                if (isOrbit) work.Release(candidate);
                if (damping == 0) stuck = sigmas;
                if (sigmas >= small)
                {
                    damping = damping == 0 ? LeastDamping : damping * 10;
                    if (damping > MostDamping) break;
                    continue;
                }
            }
            bool settled = sigmas < small && (damping == 0 || stuck < Indistinct);
            damping = damping <= LeastDamping ? 0 : damping / 10;
            if (!settled) continue;
            if (work.FreeNuisances())
            {
                current = work.Relimit(current, rejected);
                continue;
            }
            bool[] edited = work.Edit(current);
            if (edited.Count(isRejected => !isRejected) < leastObservations) return Failed(OrbitFitFailure.TooFewObservations, "The observations do not agree with each other.");
            // An observation on the verge may go in and out for ever; after some editions the last one stands.
            if (rejected is not null && (editions >= MostEditions || edited.AsSpan().SequenceEqual(rejected))) return work.Finish(current, iteration);
            rejected = edited;
            editions++;
            current = work.Relimit(current, rejected);
        }
        return Failed(OrbitFitFailure.NotConverged, $"After {options.MaxIterations} corrections.");
    }

    private static OrbitFitOutcome.Failed Failed(OrbitFitFailure reason, string detail) => new(reason, detail);
}
