namespace SsaShare.Orbits;

/// <summary>Whether the innovations of a filter are what its own covariance says: normal with its sigmas, and independent of each other.</summary>
/// <param name="Observations">Used ones.</param>
/// <param name="Refused">Beyond the gate.</param>
/// <param name="MeanNisPerFigure">Mean of the normalised innovation squared over the number of figures, of used ones: 1 is honest, below cautious, above misleading. The gate has cut off its tail.</param>
/// <param name="MeanNisPerFigureWithRefused">The same with those beyond the gate: bad echoes and all. Where it is far larger, ask what was refused before the other is believed.</param>
/// <param name="MedianNisPerFigureWithRefused">Median of each observation's over its number of figures, refused ones included; 0.79 for three figures, 0.45 for one.</param>
/// <param name="CramerVonMisesPValue">Chance of a worse agreement of the NIS with their chi-square distributions; small for a filter whose covariance has the wrong size or shape.</param>
/// <param name="LagOneCorrelation">Of successive whitened innovations of one sensor and kind, -1 to 1, over pairs that are at most <see cref="PairWithinS"/> apart; NaN where there are none.</param>
/// <param name="LagOneScore">The same in sigmas of what independent innovations would give.</param>
/// <remarks>
/// The figures are those of a filter that takes every observation as independent (<see cref="SequentialFilterOptions.CorrelationSeconds"/> = 0). Otherwise it has taken less from each than white noise
/// would allow: on white noise the NIS then falls below 1, and where errors do last, the NIS of a pass are nearly one figure seen many times, so that p-value and score state too much.
/// Bar-Shalom, Li and Kirubarajan, Estimation with Applications to Tracking and Navigation (2001), section 5.4: consistency tests with the innovations.
/// </remarks>
public sealed record InnovationStatistics(int Observations, int Refused, double MeanNisPerFigure, double MeanNisPerFigureWithRefused, double MedianNisPerFigureWithRefused, double CramerVonMisesPValue, double LagOneCorrelation, double LagOneScore)
{
    /// <summary>Innovations further apart are not a pair, s.</summary>
    public const double PairWithinS = 600;

    /// <param name="observations">Of a run, in the order in which they were processed.</param>
    /// <exception cref="ArgumentException">None was used.</exception>
    public static InnovationStatistics Of(IEnumerable<FilteredObservation> observations)
    {
        var shares = new List<double>();
        var before = new Dictionary<(SensorKey, MeasurementKind), (Domain.Epoch At, double Value)>();
        var each = new List<double>();
        double nis = 0, cross = 0, squares = 0, allNis = 0;
        int figures = 0, allFigures = 0, refused = 0, pairs = 0;
        foreach (var one in observations)
        {
            if (one.Edit == FilterEdit.BeyondGate) refused++;
            if (one.Edit is not (FilterEdit.Used or FilterEdit.BeyondGate)) continue;
            each.Add(one.Nis / one.Innovations.Count);
            allNis += one.Nis;
            allFigures += one.Innovations.Count;
            if (one.Edit != FilterEdit.Used) continue;
            shares.Add(ChiSquare.Below(one.Nis, one.Innovations.Count));
            nis += one.Nis;
            figures += one.Innovations.Count;
            foreach (var innovation in one.Innovations)
            {
                var key = (one.Sensor, innovation.Kind);
                if (before.TryGetValue(key, out var last) && one.Epoch.SecondsSince(last.At) <= PairWithinS)
                {
                    cross += last.Value * innovation.Whitened;
                    squares += 0.5 * (last.Value * last.Value + innovation.Whitened * innovation.Whitened);
                    pairs++;
                }
                before[key] = (one.Epoch, innovation.Whitened);
            }
        }
        if (shares.Count == 0) throw new ArgumentException("No observation was used.", nameof(observations));
        double correlation = pairs > 0 ? cross / squares : double.NaN;
        each.Sort();
        return new InnovationStatistics(shares.Count, refused, nis / figures, allNis / allFigures, each[each.Count / 2], CramerVonMises.PValue(CramerVonMises.Statistic(shares), shares.Count), correlation, correlation * Math.Sqrt(pairs));
    }
}
