using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What an uncertain epoch does to predicted measurements.</summary>
internal static class EpochSpread
{
    private static readonly double Root3 = Math.Sqrt(3);

    /// <summary>How far from the stated epoch the model is asked, s.</summary>
    public static double ReachSeconds(AddedNoise? added) => added is { EpochSigmaS: > 0 and var sigma } ? Root3 * sigma : 0;

    /// <summary>Variance of each kind of measurement, azimuth and right ascension across the line of sight: km², rad², rad², km²/s², rad², rad².</summary>
    /// <param name="model">Predicts the measurements.</param>
    /// <param name="sensor">Who measures.</param>
    /// <param name="epoch">As stated.</param>
    /// <param name="position">Of the object then, GCRF.</param>
    /// <param name="velocity">Likewise.</param>
    /// <param name="sigmaS">Of the epoch, s.</param>
    /// <param name="variances">One for each kind.</param>
    /// <remarks>
    /// Unscented transform with points at ±√3 sigma (Julier and Uhlmann, Proc. IEEE 92, 2004), so that the bend of the path counts as well as its rate.
    /// In between the object follows <see cref="FreeFall"/>.
    /// </remarks>
    public static void Fill(MeasurementModel model, TrackingSensor sensor, Epoch epoch, Vector3d position, Vector3d velocity, double sigmaS, Span<double> variances)
    {
        double dt = Root3 * sigmaS;
        var fall = new FreeFall(position, velocity);
        var now = model.Predict(sensor, epoch, position, velocity, []);
        var later = At(model, sensor, epoch, fall, dt);
        var earlier = At(model, sensor, epoch, fall, -dt);
        for (int k = 0; k < MeasurementFigureAccess.KindCount; k++)
            variances[k] = (Square(now, later, (MeasurementKind)k) + Square(now, earlier, (MeasurementKind)k)) / 6;
    }

    /// <inheritdoc cref="Fill(MeasurementModel, TrackingSensor, Epoch, Vector3d, Vector3d, double, Span{double})"/>
    public static void Fill(MeasurementModel model, TrackingSensor sensor, PropagatedState state, double sigmaS, Span<double> variances)
        => Fill(model, sensor, state.Epoch, state.PositionKm, state.VelocityKmPerS, sigmaS, variances);

    private static PredictedFigures At(MeasurementModel model, TrackingSensor sensor, Epoch epoch, in FreeFall fall, double dt)
        => model.Predict(sensor, epoch.PlusSeconds(dt), fall.Position(dt), fall.Velocity(dt), []);

    private static double Square(PredictedFigures now, PredictedFigures then, MeasurementKind kind)
    {
        double difference = now.Residual(kind, then.Of(kind));
        return difference * difference;
    }
}
