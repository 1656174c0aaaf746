using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>
/// Fits one orbit to the passes of one object with nothing given but the passes: from the orbit of one pass, outwards in time.
/// Safe for concurrent use.
/// </summary>
internal sealed class ArcFitter
{
    // Within an uncertainty of this size along the orbit the correction is close to linear.
    private const double LinearWithinKm = 100;
    private const double LightArcSeconds = 14 * 3_600;
    private const int MostStarts = 4;

    private static readonly OrbitFitOptions Growing = new() { EstimateSurface = false, EstimateBiases = false };

    private readonly OrbitFitter _light, _precise;

    public ArcFitter(FusionOptions options)
    {
        var model = new MeasurementModel(options.Rotation, options.Conventions);
        _light = new OrbitFitter(new Propagator(new ForceModel(ForceModelOptions.Light, rotation: options.Rotation)), model);
        _precise = new OrbitFitter(new Propagator(new ForceModel(options.Forces, rotation: options.Rotation)), model);
    }

    public Propagator Propagator => _precise.Propagator;
    public MeasurementModel Model => _precise.Model;

    /// <summary>The orbit of one pass alone, at its middle.</summary>
    public OrbitFitOutcome FitPass(IReadOnlyList<SensorObservation> pass) => InitialOrbit.FromPass(pass, _light);

    /// <summary>A fit of everything, surface coefficients and biases included, from a state near the orbit.</summary>
    /// <param name="observations">All of them.</param>
    /// <param name="near">Any epoch; GCRF.</param>
    /// <param name="epoch">Of the result.</param>
    public OrbitFitOutcome Refine(IReadOnlyList<SensorObservation> observations, CartesianState near, Epoch epoch)
        => Propagator.TryPropagate(near, Growing.Surface, epoch, withPartials: false, out var start)
            ? _precise.Fit(observations, start.ToState(), new OrbitFitOptions())
            : new OrbitFitOutcome.Failed(OrbitFitFailure.NotAnOrbit, "The starting state does not stay in orbit.");

    /// <summary>A fit without surface coefficients and biases, for trials.</summary>
    public OrbitFitOutcome Try(IReadOnlyList<SensorObservation> observations, CartesianState near)
        => FitterFor(observations).Fit(observations, near, Growing);

    /// <summary>An orbit from the passes of one object, at <paramref name="epoch"/>.</summary>
    public OrbitFitOutcome Fit(IReadOnlyList<IReadOnlyList<SensorObservation>> passes, Epoch epoch)
    {
        OrbitFitOutcome last = new OrbitFitOutcome.Failed(OrbitFitFailure.TooFewObservations, "No pass determines an orbit by itself.");
        var byLength = passes.Where(pass => pass.Count >= 3)
            .OrderByDescending(pass => pass[^1].Epoch.SecondsSince(pass[0].Epoch) * Math.Min(pass.Count, 20)).ThenBy(pass => pass[0].Epoch);
        foreach (var pass in byLength.Take(MostStarts))
        {
            if (FitPass(pass) is not OrbitFitOutcome.Fitted { Fit: var first }) continue;
            if (Grow(passes, pass, first) is not { } grown) continue;
            last = Refine([.. passes.SelectMany(p => p)], grown.State, epoch);
            if (last is OrbitFitOutcome.Fitted) return last;
        }
        return last;
    }

    private OrbitFit? Grow(IReadOnlyList<IReadOnlyList<SensorObservation>> passes, IReadOnlyList<SensorObservation> from, OrbitFit fit)
    {
        var inside = new List<IReadOnlyList<SensorObservation>> { from };
        var outside = passes.Where(pass => !ReferenceEquals(pass, from)).OrderBy(pass => Math.Abs(pass[0].Epoch.SecondsSince(from[0].Epoch))).ToList();
        while (outside.Count > 0)
        {
            Epoch[] epochs = [.. outside.Select(pass => pass[pass.Count / 2].Epoch)];
            if (!Propagator.TrySample(fit.State, fit.Surface, epochs, withPartials: true, out var states)) return null;
            // The nearest always, and as many after it as the orbit so far predicts well enough.
            int count = 1;
            while (count < outside.Count && states[count].Carry(fit.Covariance).PositionSigmaKm < LinearWithinKm) count++;
            inside.AddRange(outside[..count]);
            outside.RemoveRange(0, count);
            // The light model errs by some kilometres over days: enough to begin the final fit from.
            if (_light.Fit([.. inside.SelectMany(pass => pass)], fit.State, Growing) is not OrbitFitOutcome.Fitted { Fit: var wider }) return null;
            fit = wider;
        }
        return fit;
    }

    private OrbitFitter FitterFor(IReadOnlyList<SensorObservation> observations)
    {
        Epoch first = observations.Min(o => o.Epoch), last = observations.Max(o => o.Epoch);
        return last.SecondsSince(first) <= LightArcSeconds ? _light : _precise;
    }
}
