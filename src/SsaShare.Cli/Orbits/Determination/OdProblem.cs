using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>What `ssa od` has to solve.</summary>
/// <param name="Observations">Of one object, ascending in time; at least one.</param>
/// <param name="Prior">State, in any frame, and covariance; null for an orbit from the observations alone.</param>
/// <param name="Epoch">Of the result; null for that of the prior, or of the last observation.</param>
internal sealed record OdProblem(IReadOnlyList<TrackingObservation> Observations, OrbitState? Prior, Epoch? Epoch, Propagator Propagator, MeasurementModel Model, OrbitFitOptions Options)
{
    /// <summary>Time between observations that belong to different passes.</summary>
    private const double PassGapSeconds = 600;

    /// <summary>An orbit is first fitted to what lies near its beginning, then farther and farther: hours about the pass.</summary>
    private static readonly double[] WindowsHours = [3, 12, 30, 80];

    private const int PassesTried = 8;

    /// <summary>Builds and solves the fit. The only place that knows how the estimator is called.</summary>
    /// <param name="say">Gets what is being done.</param>
    public OrbitFitOutcome Solve(Action<string> say)
    {
        var rotation = Propagator.Forces.Rotation;
        if (Prior is { } prior)
        {
            var start = rotation.To(prior.State, Frame.Gcrf);
            var covariance = prior.Covariance is { } given ? CovarianceFrames.ToGcrf(given, prior.State, rotation) : null;
            return SolveFrom(start, covariance, Epoch ?? start.Epoch, say);
        }
        say("looking for a first orbit");
        OrbitFitOutcome outcome = new OrbitFitOutcome.Failed(OrbitFitFailure.TooFewObservations, "No pass has ranges, azimuths and elevations over ten seconds; give --prior with elements or a state.");
        var light = new OrbitFitter(new Propagator(new ForceModel(ForceModelOptions.Light, rotation: rotation)), Model);
        foreach (var pass in Passes().Take(PassesTried))
        {
            var first = InitialOrbit.FromPass(pass, light);
            if (first is not OrbitFitOutcome.Fitted(var found))
            {
                outcome = first;
                continue;
            }
            say($"a first orbit from the pass of {pass[0].Epoch}, {pass.Count:N0} observations");
            if (Widen(found.State, say) is not { } near) continue;
            outcome = SolveFrom(near, null, Epoch ?? Observations[^1].Epoch, say);
            if (outcome is OrbitFitOutcome.Fitted) return outcome;
        }
        return outcome;
    }

    private OrbitFitOutcome SolveFrom(CartesianState start, Covariance6? covariance, Epoch epoch, Action<string> say)
    {
        if (!Propagator.TryPropagate(start, Options.Surface, epoch, withPartials: covariance is not null, out var at))
            return new OrbitFitOutcome.Failed(OrbitFitFailure.NotAnOrbit, $"The first orbit cannot be followed to {epoch}.");
        say($"fitting {Observations.Count:N0} observations");
        var known = covariance is null ? null : new OrbitPrior(at.ToState(), at.Carry(covariance));
        return new OrbitFitter(Propagator, Model).Fit(Observations, at.ToState(), Options with { Prior = known });
    }

    /// <summary>From the orbit of one pass to one that fits its neighbourhood.</summary>
    /// <returns>Null when the neighbours do not fit it.</returns>
    private CartesianState? Widen(CartesianState state, Action<string> say)
    {
        var fitter = new OrbitFitter(Propagator, Model);
        int before = 0;
        foreach (double hours in WindowsHours)
        {
            List<TrackingObservation> near = [.. Observations.Where(one => Math.Abs(one.Epoch.SecondsSince(state.Epoch)) <= hours * 3_600)];
            if (near.Count == before) continue;
            before = near.Count;
            say($"{near.Count:N0} observations within {hours} h");
            // Drag and radiation do not show within hours.
            var options = Options with { BallisticTreatment = ParameterTreatment.Fixed, RadiationTreatment = ParameterTreatment.Fixed };
            if (fitter.Fit(near, state, options) is not OrbitFitOutcome.Fitted(var fit) || fit.ObservationsRejected > fit.ObservationsUsed) return null;
            state = fit.State;
            if (near.Count == Observations.Count) break;
        }
        return state;
    }

    /// <summary>Those with positions, the longest first.</summary>
    private IEnumerable<List<TrackingObservation>> Passes()
    {
        var passes = new List<List<TrackingObservation>>();
        foreach (var one in Observations)
        {
            if (one.Measured is not { RangeKm: not null, AzimuthRad: not null, ElevationRad: not null }) continue;
            if (passes.Count == 0 || one.Epoch.SecondsSince(passes[^1][^1].Epoch) > PassGapSeconds) passes.Add([]);
            passes[^1].Add(one);
        }
        return passes.Where(pass => pass.Count >= 3).OrderByDescending(pass => pass[^1].Epoch.SecondsSince(pass[0].Epoch) * Math.Sqrt(pass.Count));
    }
}
