using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>Asks for each object when it comes down, with the ballistic coefficient that was given or that its elements tell.</summary>
/// <param name="weather">Activity, measured and forecast.</param>
/// <param name="options">What ends an orbit, and how far it is followed.</param>
/// <param name="ballistic">Of every object, m²/kg; null to take it from the elements.</param>
/// <param name="ballisticSigma">Of the coefficient, relative.</param>
internal sealed class DecayWork(SpaceWeather weather, DecayOptions options, double? ballistic, double ballisticSigma)
{
    private readonly DecayPredictor _predictor = new(weather, options);
    private readonly EarthRotation _rotation = new(EarthOrientation.Default.Extended());

    public DecayAnswer Ask(OrbitStart start)
    {
        if (start.State is { } state) return Ask(start, state);
        var elements = start.Elements!;
        double known = ballistic ?? 0;
        if (ballistic is not null || BallisticEstimate.TryFrom(elements, weather, out known)) return DecayAnswer.Of(start, known, _predictor.Predict(elements, known, ballisticSigma));
        // Without drag the orbit itself may still say why.
        var outcome = _predictor.Predict(elements, 0, ballisticSigma);
        return outcome is DecayOutcome.NotPredicted(not NoDecayReason.NoDrag, _)
            ? DecayAnswer.Of(start, 0, outcome) with { BallisticM2PerKg = null }
            : new DecayAnswer(start, null, null, "no_drag", "Its elements do not shrink by drag (BSTAR is zero or negative, or the orbit is above the air); --ballistic gives it a coefficient.");
    }

    private DecayAnswer Ask(OrbitStart start, OrbitState state)
    {
        if (ballistic is not { } known) return new DecayAnswer(start, null, null, "coefficient_unknown", "A state does not tell its drag; give --ballistic.", IsFailure: true);
        // What is turned into GCRF is the state alone: nothing here asks for the Earth's orientation to metres.
        var covariance = state.Covariance is { } given && IsPositiveDefinite(given) ? CovarianceFrames.ToGcrf(given, state.State, _rotation) : null;
        return DecayAnswer.Of(start, known, _predictor.Predict(_rotation.To(state.State, Frame.Gcrf), covariance, known, ballisticSigma));
    }

    /// <summary>Whether Cholesky's factor exists, with room for what turning it rounds.</summary>
    private static bool IsPositiveDefinite(Covariance6 covariance)
    {
        const int Size = 6;
        const double Rounding = 1e-12;
        double[,] root = new double[Size, Size];
        for (int i = 0; i < Size; i++)
        for (int j = 0; j <= i; j++)
        {
            double sum = covariance[i, j];
            for (int k = 0; k < j; k++) sum -= root[i, k] * root[j, k];
            if (i == j && !(sum > Rounding * covariance[i, i])) return false;
            root[i, j] = i == j ? Math.Sqrt(sum) : sum / root[j, j];
        }
        return true;
    }
}
