using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a filter's state lets expect, and how it changes with the state.</summary>
internal sealed partial class MeasurementUpdate
{
    /// <summary>Residuals of the rows at the state, and their partials.</summary>
    private void Linearise(FilterState state, IReadOnlyList<TrackingObservation> observations, Span<double> partials, Span<double> residuals)
    {
        int n = state.Count, observation = -1;
        Span<double> byState = stackalloc double[Kinds * 6], byPlatform = stackalloc double[Kinds * PlatformErrors];
        PredictedFigures predicted = default;
        partials.Clear();
        for (int i = 0; i < _rows.Count; i++)
        {
            var row = _rows[i];
            if (row.Observation != observation)
            {
                observation = row.Observation;
                predicted = Predict(state, observations[observation], byState, row.Platform >= 0 ? byPlatform : []);
            }
            Fill(state, row, predicted, byState, byPlatform, partials.Slice(i * n, n), out residuals[i]);
        }
    }

    /// <summary>What the state lets expect of an observation.</summary>
    /// <param name="state">At its instant.</param>
    /// <param name="observed">The observation.</param>
    /// <param name="byState">6×6: by position and velocity of the object.</param>
    /// <param name="byPlatform">6×6: by the standard errors of the platform; empty where it counts as known.</param>
    private PredictedFigures Predict(FilterState state, TrackingObservation observed, Span<double> byState, Span<double> byPlatform)
    {
        var now = state.Cartesian;
        if (byPlatform.IsEmpty) return model.Predict(observed, now.PositionKm, now.VelocityKmPerS, byState);
        Span<double> byObserver = stackalloc double[Kinds * 6], errors = stackalloc double[6 * PlatformErrors];
        var predicted = model.Predict(observed, now.PositionKm, now.VelocityKmPerS, byState, byObserver);
        PlatformError.Fill(observed.Sensor.Place, observed.Epoch, rotation, AnalyticSolarSystem.Instance, errors);
        for (int k = 0; k < Kinds; k++)
        for (int j = 0; j < PlatformErrors; j++)
        {
            double sum = 0;
            for (int i = 0; i < 6; i++) sum += byObserver[k * 6 + i] * errors[i * PlatformErrors + j];
            byPlatform[k * PlatformErrors + j] = sum;
        }
        return predicted;
    }

    private static void Fill(FilterState state, Row row, PredictedFigures predicted, ReadOnlySpan<double> byState, ReadOnlySpan<double> byPlatform, Span<double> partials, out double residual)
    {
        double across = predicted.Across(row.Kind);
        residual = predicted.Residual(row.Kind, row.Measured - (row.Bias >= 0 ? state.X[row.Bias] : 0));
        for (int j = 0; j < 6; j++) partials[j] = across * byState[(int)row.Kind * 6 + j];
        if (row.Bias >= 0) partials[row.Bias] = across;
        if (row.Platform < 0) return;
        for (int j = 0; j < PlatformErrors; j++)
        {
            double slope = partials[row.Platform + j] = across * byPlatform[(int)row.Kind * PlatformErrors + j];
            residual -= slope * state.X[row.Platform + j];
        }
    }

    /// <summary>A row of H·L.</summary>
    private static void Project(ReadOnlySpan<double> partials, ReadOnlySpan<double> factor, int n, Span<double> target)
    {
        target.Clear();
        for (int k = 0; k < n; k++)
        {
            double weight = partials[k];
            if (weight == 0) continue;
            for (int j = 0; j <= k; j++) target[j] += weight * factor[k * n + j];
        }
    }
}
