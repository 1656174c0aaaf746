using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How fast the figures of an observation change, which errors of clocks turn into errors of figures.</summary>
internal static class FigureRates
{
    /// <summary>How far from its tag an observation is predicted for them.</summary>
    public const double StepSeconds = 0.1;

    /// <param name="model">Predicts the figures.</param>
    /// <param name="observed">Whose sensor, tag and weather count.</param>
    /// <param name="position">Of the object at the tag, GCRF; it falls freely both ways.</param>
    /// <param name="velocity">Likewise.</param>
    /// <param name="now">The figures at the tag.</param>
    /// <param name="rates">One for each kind, azimuth and right ascension across the line of sight: km/s, rad/s, km/s².</param>
    public static void Fill(MeasurementModel model, TrackingObservation observed, Vector3d position, Vector3d velocity, in PredictedFigures now, Span<double> rates)
    {
        var path = new FreeFall(position, velocity);
        var (later, earlier) = (At(model, observed, path, StepSeconds), At(model, observed, path, -StepSeconds));
        for (int k = 0; k < rates.Length; k++)
            rates[k] = (now.Residual((MeasurementKind)k, later.Of((MeasurementKind)k)) - now.Residual((MeasurementKind)k, earlier.Of((MeasurementKind)k))) / (2 * StepSeconds);
    }

    private static PredictedFigures At(MeasurementModel model, TrackingObservation observed, in FreeFall path, double seconds)
        => model.Predict(observed.Sensor, observed.Epoch.PlusSeconds(seconds), path.Position(seconds), path.Velocity(seconds), [], default, observed.Weather);
}
