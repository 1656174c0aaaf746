using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Compares tracklets with predicted orbits: all figures of a tracklet together, with the uncertainty of the orbit, noise, biases and what was added. For one thread; allocates nothing once warm.</summary>
/// <remarks>
/// The figures are z = H·(Φ·L·ξ) + B·b + noise with ξ and b standard normal: the least |ξ|² + |b|² + |noise|² that explains them, found by orthogonal transformations, is their Mahalanobis distance
/// in the full covariance S = H·P·Hᵀ + B·Bᵀ + R, which is never formed; its triangle gives det S as well (Bierman, Factorization Methods for Discrete Sequential Estimation, 1977, chapter IV).
/// </remarks>
/// <param name="model">Predicts measurements.</param>
/// <param name="biasSigmaInNoise">What is unknown of a sensor's bias, in shares of its noise: one for each kind, the same for the whole tracklet.</param>
public sealed class TrackletGate(MeasurementModel model, double biasSigmaInNoise)
{
    private const int Kinds = MeasurementFigureAccess.KindCount, Orbit = 6, Unknowns = Orbit + Kinds;

    private readonly SquareRootArray _array = new(Unknowns, Unknowns + 1);

    /// <summary>The distance of a tracklet of one sensor.</summary>
    /// <param name="tracklet">Ascending in time.</param>
    /// <param name="states">Six entries for each observation: the predicted position (km) and velocity (km/s) at its time tag, GCRF.</param>
    /// <param name="known">Where the orbit and its covariance are known: some minutes from the tracklet at most.</param>
    /// <param name="factor">21 entries by rows: lower triangular square root of the covariance there, GCRF, as <see cref="FilterCheckpoint.FillFactor"/> gives it.</param>
    /// <param name="placeSigmaKm">What <paramref name="states"/> themselves may be off by interpolation and rounding.</param>
    /// <param name="distance">Where the answer is true.</param>
    /// <returns>False where no figure can be weighed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation or the observer does not cover an instant.</exception>
    public bool TryCompare(IReadOnlyList<TrackingObservation> tracklet, ReadOnlySpan<double> states, CartesianState known, ReadOnlySpan<double> factor, double placeSigmaKm, out TrackletDistance distance)
    {
        distance = default;
        double extent = 0;
        for (int i = 0; i < 6; i++) extent += factor[i] * factor[i];
        _array.Clear();
        for (int i = 0; i < Unknowns; i++) _array.NextRow()[i] = 1;
        int figures = 0;
        for (int i = 0; i < tracklet.Count; i++) figures += Add(tracklet[i], tracklet.Count, states.Slice(6 * i, 6), known, factor, extent, placeSigmaKm);
        if (figures == 0) return false;
        double logSpread = 0;
        for (int i = 0; i < Unknowns; i++) logSpread += 2 * Math.Log(Math.Abs(_array.Row(i)[i]));
        distance = new TrackletDistance(_array.UnexplainedSquares, figures, logSpread);
        return double.IsFinite(distance.Squared);
    }

    private int Add(TrackingObservation observed, int count, ReadOnlySpan<double> state, CartesianState known, ReadOnlySpan<double> factor, double extent, double placeSigmaKm)
    {
        var sensor = observed.Sensor;
        if (!observed.ObserverIsKnown(0)) return 0;
        Vector3d position = new(state[0], state[1], state[2]), velocity = new(state[3], state[4], state[5]);
        Span<double> partials = stackalloc double[Kinds * 6], phi = stackalloc double[36], spread = stackalloc double[Kinds], platform = stackalloc double[Kinds * Kinds];
        var predicted = model.Predict(observed, position, velocity, partials);
        ShortArcTransition.Fill(known.PositionKm, known.VelocityKmPerS, observed.Epoch.SecondsSince(known.Epoch), phi);
        spread.Clear();
        if (observed.Added is { EpochSigmaS: > 0 and var seconds }) EpochSpread.Fill(model, sensor, observed.Epoch, position, velocity, seconds, spread);
        model.FillObserverCovariance(observed, position, velocity, platform);
        // An uncertainty along the track bends with the orbit; the linear covariance lacks that.
        double bow = extent / position.Norm, slack2 = bow * bow + placeSigmaKm * placeSigmaKm;
        int added = 0;
        for (int k = 0; k < Kinds; k++)
        {
            var kind = (MeasurementKind)k;
            if (observed.Measured.Of(kind) is not { } measured || sensor.Sigma.Of(kind) is not (> 0 and < double.PositiveInfinity and var sigma)) continue;
            double across = predicted.Across(kind), residual = predicted.Residual(kind, measured - (sensor.Bias.Of(kind) ?? 0));
            var by = partials.Slice(k * 6, 6);
            double slope2 = across * across * (by[0] * by[0] + by[1] * by[1] + by[2] * by[2]);
            // The observer's own error is the same for the whole tracklet: as noise it has to be so much larger that their mean still has it.
            double variance = sigma * sigma + observed.AddedVariance(kind) + spread[k] + slope2 * slack2 + count * platform[k * Kinds + k];
            double weight = 1 / Math.Sqrt(variance);
            if (!double.IsFinite(residual) || !double.IsFinite(weight)) continue;
            var row = _array.NextRow();
            for (int j = 0; j < Orbit; j++)
            {
                double slope = 0;
                for (int m = 0; m < Orbit; m++) slope += by[m] * phi[m * Orbit + j];
                slope *= across * weight;
                for (int c = 0; c <= j; c++) row[c] += slope * factor[j * (j + 1) / 2 + c];
            }
            row[Orbit + k] = across * weight * biasSigmaInNoise * sigma;
            row[Unknowns] = residual * weight;
            added++;
        }
        return added;
    }
}
