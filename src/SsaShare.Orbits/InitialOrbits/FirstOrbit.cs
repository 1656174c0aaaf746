using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How a first orbit was found.</summary>
public enum FirstOrbitMethod
{
    /// <summary>Three positions of a radar pass (Gibbs, Herrick and Gibbs) and a fit of the pass.</summary>
    RadarPass = 0,
    /// <summary>Two positions, joined by Lambert's orbit.</summary>
    TwoPositions = 1,
    /// <summary>Three lines of sight (Gauss, Gooding).</summary>
    LinesOfSight = 2,
}

/// <summary>A first orbit, or why there is none.</summary>
public abstract record FirstOrbitOutcome
{
    private FirstOrbitOutcome() { }

    /// <param name="State">GCRF, near enough to begin a fit from.</param>
    /// <param name="Method">How.</param>
    /// <param name="Detail">For people: which observations, how well they agree.</param>
    public sealed record Found(CartesianState State, FirstOrbitMethod Method, string Detail) : FirstOrbitOutcome;

    public sealed record None(string Detail) : FirstOrbitOutcome;
}

/// <summary>A first orbit from whatever observations there are: by the surest method that they admit.</summary>
/// <remarks>
/// A radar pass gives an orbit by itself. Two positions far apart give one by Lambert's, where less than half a revolution lies between them. Three lines of sight give several, of which the observations
/// themselves choose: each is fitted to all within the span, and the one that leaves least is taken.
/// </remarks>
public static class FirstOrbit
{
    private const int MostPasses = 6, MostPositions = 200, MostPairs = 20;
    private const double PassGapSeconds = 300, LeastApartSeconds = 30, MostApartSeconds = 2_400, AnglesSpanSeconds = 86_400;
    private static readonly OrbitFitOptions Short = new() { EstimateSurface = false, EstimateBiases = false, Surface = default };

    /// <summary>Finds a first orbit.</summary>
    /// <param name="observations">Of one object, in any order.</param>
    /// <param name="fitter">With forces good enough for some hours.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation does not cover an instant.</exception>
    public static FirstOrbitOutcome Find(IReadOnlyList<TrackingObservation> observations, OrbitFitter fitter)
    {
        TrackingObservation[] inTime = [.. observations.Where(o => o.Sensor.Place.Covers(o.Epoch)).OrderBy(o => o.Epoch)];
        FirstOrbitOutcome? found = FromPasses(inTime, fitter) ?? FromTwoPositions(inTime, fitter) ?? FromLinesOfSight(inTime, fitter);
        return found ?? new FirstOrbitOutcome.None($"Of {observations.Count} observations no pass, no two positions and no three lines of sight lead to an orbit.");
    }

    private static FirstOrbitOutcome.Found? FromPasses(TrackingObservation[] inTime, OrbitFitter fitter)
    {
        foreach (var pass in Passes(inTime).Where(pass => pass.Count(InitialOrbit.HasPosition) >= 3).OrderByDescending(Seconds).Take(MostPasses))
            if (InitialOrbit.FromPass(pass, fitter) is OrbitFitOutcome.Fitted { Fit: var fit } && IsAboveGround(fit.State))
                return new FirstOrbitOutcome.Found(fit.State, FirstOrbitMethod.RadarPass, $"Pass of {pass.Count} observations over {Seconds(pass):F0} s by {pass[0].Sensor.Key}, reduced chi-square {fit.ReducedChiSquare:F2}.");
        return null;
    }

    private static FirstOrbitOutcome.Found? FromTwoPositions(TrackingObservation[] inTime, OrbitFitter fitter)
    {
        TrackingObservation[] positions = [.. inTime.Where(InitialOrbit.HasPosition).Take(MostPositions)];
        var pairs = from i in Enumerable.Range(0, positions.Length)
                    from j in Enumerable.Range(i + 1, positions.Length - i - 1)
                    let apart = positions[j].Epoch.SecondsSince(positions[i].Epoch)
                    where apart is >= LeastApartSeconds and <= MostApartSeconds
                    orderby apart descending
                    select (From: positions[i], To: positions[j], Seconds: apart);
        foreach (var (from, to, seconds) in pairs.Take(MostPairs))
        {
            var (a, b) = (InitialOrbit.Position(from, fitter).PositionKm, InitialOrbit.Position(to, fitter).PositionKm);
            if (LambertSolver.Solve(a, b, seconds) is not LambertOutcome.Solved solved) continue;
            foreach (var way in solved.Solutions.Where(s => s.Way == LambertWay.ShortWay))
            {
                var state = new CartesianState(from.Epoch, Frame.Gcrf, a, way.DepartureKmPerS);
                if (IsAboveGround(state)) return new FirstOrbitOutcome.Found(state, FirstOrbitMethod.TwoPositions, $"Two positions {seconds:F0} s apart, the short way.");
            }
        }
        return null;
    }

    private static FirstOrbitOutcome.Found? FromLinesOfSight(TrackingObservation[] inTime, OrbitFitter fitter)
    {
        TrackingObservation[] seen = [.. inTime.Where(HasDirection)];
        if (seen.Length < 3) return null;
        TrackingObservation[] within = [.. seen.TakeWhile(o => o.Epoch.SecondsSince(seen[0].Epoch) <= AnglesSpanSeconds)];
        if (within.Length < 3) return null;
        double half = within[^1].Epoch.SecondsSince(within[0].Epoch) / 2;
        var middle = within[1..^1].MinBy(o => Math.Abs(o.Epoch.SecondsSince(within[0].Epoch) - half))!;
        LineOfSight[] lines = [.. new[] { within[0], middle, within[^1] }.Select(o => fitter.Model.LineOfSight(o))];
        var candidates = new[] { GaussMethod.Solve(lines[0], lines[1], lines[2]), GoodingMethod.Solve(lines[0], lines[1], lines[2]) }
            .OfType<AnglesOnlyOutcome.Found>().SelectMany(found => found.Orbits).Where(orbit => IsAboveGround(orbit.State)).ToList();
        // Three lines fit every candidate: only further ones can tell, and without them the first that stays above the ground is as good as any.
        var fitted = candidates.Select(orbit => fitter.Fit(within, orbit.State, Short)).OfType<OrbitFitOutcome.Fitted>()
            .Where(outcome => IsAboveGround(outcome.Fit.State)).OrderByDescending(outcome => outcome.Fit.ObservationsUsed).ThenBy(outcome => outcome.Fit.ReducedChiSquare).FirstOrDefault();
        if (fitted is not null)
            return new FirstOrbitOutcome.Found(fitted.Fit.State, FirstOrbitMethod.LinesOfSight, $"Three lines of sight over {2 * half:F0} s, {candidates.Count} candidates; {fitted.Fit.ObservationsUsed} of {within.Length} observations agree, reduced chi-square {fitted.Fit.ReducedChiSquare:F2}.");
        return candidates.Count == 0 ? null
            : new FirstOrbitOutcome.Found(candidates[0].State, FirstOrbitMethod.LinesOfSight, $"Three lines of sight over {2 * half:F0} s, the nearest of {candidates.Count} candidates; no other observation chose among them.");
    }

    private static bool HasDirection(TrackingObservation o)
        => o.Measured is { RightAscensionRad: not null, DeclinationRad: not null } || (o.Measured is { AzimuthRad: not null, ElevationRad: not null } && o.Sensor.Place.HasHorizon);

    private static bool IsAboveGround(CartesianState state) => KeplerianElements.TryFromState(state, out var elements) && elements.PerigeeHeightKm > 0;

    private static double Seconds(List<TrackingObservation> pass) => pass[^1].Epoch.SecondsSince(pass[0].Epoch);

    private static List<List<TrackingObservation>> Passes(TrackingObservation[] inTime)
    {
        var passes = new List<List<TrackingObservation>>();
        foreach (var ofSensor in inTime.GroupBy(o => o.Sensor.Key))
        {
            List<TrackingObservation>? pass = null;
            foreach (var o in ofSensor)
            {
                if (pass is null || o.Epoch.SecondsSince(pass[^1].Epoch) > PassGapSeconds) passes.Add(pass = []);
                pass.Add(o);
            }
        }
        return passes;
    }
}
