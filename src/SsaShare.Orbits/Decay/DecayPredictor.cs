using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Predicts when drag brings an object down, with the spread of that time. Immutable and safe for concurrent use.</summary>
/// <remarks>
/// The orbit is averaged over a revolution with NRLMSISE-00 in the integral, and integrated when a revolution takes more than a kilometre off the perigee. The spread comes
/// of computed falls (a Latin hypercube over the state's covariance, the ballistic coefficient with the density model's own error, solar flux and geomagnetic activity; the
/// errors of activity as <see cref="ActivityUncertainty"/> states them, of one sign over the whole fall, which is on the cautious side). Left out: Sun and Moon, radiation
/// pressure, changes of attitude, lift, and manoeuvres. The field's measure of such predictions is an error of 20 % of the remaining life.
/// </remarks>
public sealed class DecayPredictor
{
    /// <summary>Above this the orbit answers to Sun and Moon more than to drag.</summary>
    private const double HighestApogeeKm = 10_000;

    private const double SecondsPerYear = 365.25 * 86_400;
    private const int StateDimensions = 6, Dimensions = StateDimensions + 3;

    private readonly SpaceWeather _weather;
    private readonly DecayOptions _options;
    private readonly ActivityUncertainty _uncertainty;

    /// <param name="weather">Measured and predicted activity; where it ends, predictions end.</param>
    /// <param name="options">Default where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public DecayPredictor(SpaceWeather weather, DecayOptions? options = null)
    {
        (_weather, _options, _uncertainty) = (weather, options ?? new DecayOptions(), ActivityUncertainty.Of(weather));
        _options.Check();
    }

    /// <summary>From mean elements as catalogs publish them; their own error is small against that of drag and left out.</summary>
    /// <param name="elements">For SGP4.</param>
    /// <param name="ballisticM2PerKg">Drag coefficient times area over mass, m²/kg; <see cref="BallisticEstimate"/> finds it from the elements themselves.</param>
    /// <param name="ballisticSigma">Relative, one sigma.</param>
    public DecayOutcome Predict(ElementSet elements, double ballisticM2PerKg, double ballisticSigma)
        => new Sgp4Propagator(elements).TryPropagate(elements.Epoch, out var state, out var error)
            ? Predict(state, null, ballisticM2PerKg, ballisticSigma)
            : new DecayOutcome.NotPredicted(NoDecayReason.NotInOrbit, $"SGP4 cannot use the elements: {error}.");

    /// <param name="state">GCRF or TEME.</param>
    /// <param name="covariance">Of the state, in its frame; null where it is known well.</param>
    /// <param name="ballisticM2PerKg">Drag coefficient times area over mass, m²/kg.</param>
    /// <param name="ballisticSigma">Relative, one sigma.</param>
    /// <exception cref="ArgumentException">Another frame, a covariance that is not positive definite, or a coefficient or sigma that is negative or not finite.</exception>
    public DecayOutcome Predict(CartesianState state, Covariance6? covariance, double ballisticM2PerKg, double ballisticSigma)
    {
        if (state.Frame is not (Frame.Gcrf or Frame.Teme)) throw new ArgumentException($"Expected GCRF or TEME, got {state.Frame}.", nameof(state));
        if (!(ballisticM2PerKg >= 0) || !double.IsFinite(ballisticM2PerKg)) throw new ArgumentOutOfRangeException(nameof(ballisticM2PerKg), ballisticM2PerKg, "Expected m²/kg.");
        if (ballisticSigma is not (>= 0 and < 2)) throw new ArgumentOutOfRangeException(nameof(ballisticSigma), ballisticSigma, "Expected a share below 2.");
        double[]? root = covariance is null ? null : Root(covariance);
        if (Refusal(state, ballisticM2PerKg) is { } refusal) return refusal;
        if (Fall(state, ballisticM2PerKg, null) is not { } nominal) return Unfinished(state.Epoch);

        double sigma = double.Hypot(ballisticSigma, _options.DensitySigma);
        double[,] deviations = LatinHypercube.Normal(_options.Samples, Dimensions, _options.Seed);
        var falls = new Epoch?[_options.Samples];
        Parallel.For(0, falls.Length, i =>
        {
            double deviation(int dimension) => deviations[i, dimension];
            falls[i] = Fall(root is null ? state : Moved(state, root, deviation), ballisticM2PerKg * Math.Exp(sigma * deviation(StateDimensions)),
                new ActivityShift(_uncertainty, deviation(StateDimensions + 1), deviation(StateDimensions + 2)));
        });
        Epoch[] found = [.. falls.OfType<Epoch>().Order()];
        var latest = found.Length == falls.Length ? Day(found[^1]) : LastDay(state.Epoch);
        return new DecayOutcome.Predicted(new DecayPrediction(nominal, Quantile(found, 0.05), Quantile(found, 0.5), Quantile(found, 0.95), GreatestLatitude(state), found,
            _weather.Warning(Day(state.Epoch), latest > Day(nominal) ? latest : Day(nominal))));
    }

    private Epoch? Fall(CartesianState state, double ballisticM2PerKg, ActivityShift? shift)
    {
        var teme = Teme(state);
        var drag = new UnitDrag(new NrlmsiseAtmosphere(_weather, shift));
        return new DecayTrajectory(drag, ballisticM2PerKg).Fall(teme.Epoch, teme.PositionKm, teme.VelocityKmPerS, _options.EndHeightKm, Limit(state.Epoch));
    }

    private DecayOutcome.NotPredicted? Refusal(CartesianState state, double ballisticM2PerKg)
    {
        var teme = Teme(state);
        if (!MeanOrbit.TryOsculating(teme.PositionKm, teme.VelocityKmPerS, out var orbit) || UnitDrag.HeightKm(teme.PositionKm) < _options.EndHeightKm)
            return new(NoDecayReason.NotInOrbit, "The state is below the height of decay or on a path that is not closed.");
        double apogeeKm = orbit.ApogeeRadiusKm - ZonalField.RadiusKm;
        if (apogeeKm > HighestApogeeKm)
            return new(NoDecayReason.ThirdBodies, string.Create(CultureInfo.InvariantCulture, $"The apogee is {apogeeKm:F0} km high, and up to {HighestApogeeKm:F0} km drag decides alone."));
        if (ballisticM2PerKg == 0) return new(NoDecayReason.NoDrag, "The object has no drag.");
        if (orbit.PerigeeRadiusKm - ZonalField.RadiusKm > NrlmsiseAtmosphere.TopKm) return new(NoDecayReason.NoDrag, "The whole orbit is above the air.");
        return _weather.TryInputs(state.Epoch, out _) ? null : new(NoDecayReason.ActivityUnknown, SpaceWeather.WarningWithoutFile(Day(state.Epoch)));
    }

    private DecayOutcome.NotPredicted Unfinished(Epoch start)
        => Day(Limit(start)) > _weather.Last
            ? new(NoDecayReason.ActivityUnknown, string.Create(CultureInfo.InvariantCulture, $"The object is still in orbit where the table of solar activity ends, on {_weather.Last:yyyy-MM-dd}."))
            : new(NoDecayReason.TooLong, string.Create(CultureInfo.InvariantCulture, $"The object stays in orbit for more than {_options.LongestYears:G4} years."));

    private Epoch Limit(Epoch start) => start.PlusSeconds(_options.LongestYears * SecondsPerYear);

    /// <summary>Of what is followed.</summary>
    private DateOnly LastDay(Epoch start) => Day(Limit(start)) < _weather.Last ? Day(Limit(start)) : _weather.Last;

    private static DateOnly Day(Epoch epoch) => Utc.TrySplit(epoch, out var day, out _) ? day : DateOnly.MinValue;

    private static CartesianState Teme(CartesianState state) => state.Frame == Frame.Teme ? state : Fk5.GcrfToTeme(state);

    private static double GreatestLatitude(CartesianState state)
    {
        var teme = Teme(state);
        var h = teme.PositionKm.Cross(teme.VelocityKmPerS);
        return Math.Atan2(double.Hypot(h.X, h.Y), Math.Abs(h.Z));
    }

    /// <summary>Of all samples, those without an end counted as last.</summary>
    private Epoch? Quantile(Epoch[] found, double probability)
    {
        double at = probability * _options.Samples - 0.5;
        int below = Math.Max(0, (int)at);
        if (below + 1 >= found.Length) return below < found.Length && found.Length == _options.Samples ? found[below] : null;
        return found[below].PlusSeconds((at - below) * found[below + 1].SecondsSince(found[below]));
    }

    private static CartesianState Moved(CartesianState state, double[] root, Func<int, double> deviation)
    {
        Span<double> d = stackalloc double[StateDimensions];
        for (int i = 0; i < StateDimensions; i++)
        {
            d[i] = 0;
            for (int j = 0; j <= i; j++) d[i] += root[i * StateDimensions + j] * deviation(j);
        }
        return new CartesianState(state.Epoch, state.Frame, state.PositionKm + new Vector3d(d[0], d[1], d[2]), state.VelocityKmPerS + new Vector3d(d[3], d[4], d[5]));
    }

    /// <summary>Lower triangular square root (Cholesky).</summary>
    private static double[] Root(Covariance6 covariance)
    {
        double[] root = new double[StateDimensions * StateDimensions];
        for (int i = 0; i < StateDimensions; i++)
        for (int j = 0; j <= i; j++)
        {
            double sum = covariance[i, j];
            for (int k = 0; k < j; k++) sum -= root[i * StateDimensions + k] * root[j * StateDimensions + k];
            if (i == j && !(sum > 0)) throw new ArgumentException("The covariance is not positive definite.", nameof(covariance));
            root[i * StateDimensions + j] = i == j ? Math.Sqrt(sum) : sum / root[j * StateDimensions + j];
        }
        return root;
    }
}
