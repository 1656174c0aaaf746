using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>How a fit ended, and what it began from.</summary>
/// <param name="Begin">For people.</param>
/// <param name="Method">Of the first orbit; null where one was given.</param>
internal sealed record OdSolution(OrbitFitOutcome Outcome, string Begin, FirstOrbitMethod? Method);

/// <summary>What moves the object, for people and messages.</summary>
/// <param name="Set">Of which forces.</param>
/// <param name="Atmosphere">Where there is drag.</param>
/// <param name="Bodies">Where Sun and Moon are.</param>
internal sealed record OdForces(string Set, string Atmosphere, string Bodies);

/// <summary>What `ssa od` has to solve.</summary>
/// <param name="Observations">Of one object, ascending in time; at least one.</param>
/// <param name="Prior">State, in any frame, and covariance; null for an orbit from the observations alone.</param>
/// <param name="Epoch">Of the result; null for that of the prior, or of the last observation.</param>
internal sealed record OdProblem(IReadOnlyList<TrackingObservation> Observations, OrbitState? Prior, Epoch? Epoch, Propagator Propagator, MeasurementModel Model, OrbitFitOptions Options, OdForces Forces)
{
    /// <summary>An orbit is first fitted to what lies near its beginning, then farther and farther: hours about it.</summary>
    private static readonly double[] WindowsHours = [0.5, 3, 12, 30, 80];

    /// <summary>Corrections that do not settle over more than this are mostly too much for one arc.</summary>
    private const double LongArcDays = 5, SecondsPerDay = 86_400;

    /// <summary>Builds and solves the fit. The only place that knows how the estimator is called.</summary>
    /// <param name="say">Gets what is being done.</param>
    public OdSolution Solve(Action<string> say)
    {
        var rotation = Propagator.Forces.Rotation;
        if (Prior is { } prior)
        {
            var start = rotation.To(prior.State, Frame.Gcrf);
            var covariance = prior.Covariance is { } given ? CovarianceFrames.ToGcrf(given, prior.State, rotation) : null;
            return new OdSolution(SolveFrom(start, covariance, Epoch ?? start.Epoch, say), "--prior", null);
        }
        say("looking for a first orbit");
        // The longest way that led to nothing says most about why.
        OrbitFitOutcome.Failed failed = new(OrbitFitFailure.TooFewObservations, "No pass, no two positions and no three lines of sight lead to an orbit.");
        bool isFitted = false;
        var light = new OrbitFitter(new Propagator(new ForceModel(ForceModelOptions.Light, rotation: rotation)), Model);
        foreach (var first in FirstOrbits.Of(Observations, light, _ => { }))
        {
            say($"a first orbit: {first.Detail}");
            if (Widen(first.State, say) is not { } near) continue;
            var outcome = SolveFrom(near, null, Epoch ?? Observations[^1].Epoch, say);
            if (outcome is OrbitFitOutcome.Fitted) return new OdSolution(outcome, first.Detail, first.Method);
            if (!isFitted) failed = (OrbitFitOutcome.Failed)outcome;
            isFitted = true;
            // An orbit that fits days about it is right; another to begin from would not bring the rest together.
            if (Days > LongArcDays) break;
        }
        return new OdSolution(isFitted ? failed : failed with { Detail = $"{failed.Detail} Give --prior with elements or a state." }, "", null);
    }

    private OrbitFitOutcome SolveFrom(CartesianState start, Covariance6? covariance, Epoch epoch, Action<string> say)
    {
        if (!Propagator.TryPropagate(start, Options.Surface, epoch, withPartials: covariance is not null, out var at))
            return new OrbitFitOutcome.Failed(OrbitFitFailure.NotAnOrbit, $"The first orbit cannot be followed to {epoch}.");
        say($"fitting {Observations.Count:N0} observations");
        var known = covariance is null ? null : new OrbitPrior(at.ToState(), at.Carry(covariance));
        var outcome = new OrbitFitter(Propagator, Model).Fit(Observations, at.ToState(), Options with { Prior = known });
        return outcome switch
        {
            OrbitFitOutcome.Fitted(var fit) when fit.ObservationsRejected > fit.ObservationsUsed
                => new OrbitFitOutcome.Failed(OrbitFitFailure.NotConverged, $"The best orbit leaves out {fit.ObservationsRejected:N0} of {Observations.Count:N0} observations: they are of several objects, or of an object that manoeuvred.{Shorter()}"),
            OrbitFitOutcome.Failed({ } reason, var detail) when reason != OrbitFitFailure.TooFewObservations => new OrbitFitOutcome.Failed(reason, $"{detail}{Shorter()}"),
            _ => outcome,
        };
    }

    private double Days => Observations[^1].Epoch.SecondsSince(Observations[0].Epoch) / SecondsPerDay;

    private string Shorter() => Days > LongArcDays ? FormattableString.Invariant($" One arc hardly holds {Days:F0} days of drag that changes: try --start and --stop of a few days.") : "";

    /// <summary>From a first orbit to one that fits its neighbourhood.</summary>
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
            if (fitter.Fit(near, state, options) is not OrbitFitOutcome.Fitted(var fit))
            {
                // Too little of it is no objection: more may come.
                if (hours == WindowsHours[0]) continue;
                return null;
            }
            if (fit.ObservationsRejected > fit.ObservationsUsed) return null;
            state = fit.State;
            if (near.Count == Observations.Count) break;
        }
        return state;
    }
}
