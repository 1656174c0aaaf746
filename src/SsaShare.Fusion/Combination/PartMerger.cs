namespace SsaShare.Fusion;

/// <summary>What the weights of a covariance intersection make small.</summary>
public enum WeightCriterion
{
    /// <summary>The determinant of the covariance: needs no choice of units.</summary>
    Determinant = 0,
    /// <summary>The trace of its position block.</summary>
    PositionTrace = 1,
}

/// <summary>Merges parts of tracks: intersection of what may be correlated, sum of information of what is not.</summary>
/// <remarks>
/// Julier and Uhlmann, ACC 1997 (covariance intersection), and in Handbook of Multisensor Data Fusion, 2001 (split): part i counts with P₁ᵢ/ωᵢ + P₂ᵢ, the weights ω being at least zero and of sum one.
/// log det and minus the trace are concave in ω, so that the best weights are found from anywhere: each is multiplied by its own gradient (Silvey, Titterington and Torsney 1978, Comm. Stat. A7, 1379).
/// Any weights give a covariance that is not too small; better ones only make it smaller.
/// </remarks>
internal static class PartMerger
{
    private const int MostSteps = 200;
    private const double Settled = 1e-5, LeastWeight = 1e-9;

    /// <summary>Where nothing is known of how the correlated parts are shared.</summary>
    /// <param name="parts">At least one, in an order that depends on content alone.</param>
    public static TrackPart? Intersect(IReadOnlyList<TrackPart> parts, WeightCriterion criterion)
    {
        if (parts.Count == 1) return parts[0];
        double[] weights = new double[parts.Count], pull = new double[parts.Count];
        Array.Fill(weights, 1.0 / parts.Count);
        double[][] information = [.. parts.Select(_ => new double[Matrix6.Entries])], whole = [.. parts.Select(Inverse)];
        double[] covariance = new double[Matrix6.Entries], sum = new double[Matrix6.Entries], measure = new double[Matrix6.Entries];
        for (int step = 0; ; step++)
        {
            if (!TryWeigh(parts, whole, weights, information, sum) || !Matrix6.TryInvert(sum, covariance)) return null;
            if (step == MostSteps) break;
            FillMeasure(covariance, criterion, measure);
            double total = 0, largest = 0;
            for (int i = 0; i < parts.Count; i++)
            {
                pull[i] = weights[i] <= 0 ? 0 : whole[i].Length > 0 ? Math.Max(0, Matrix6.TraceOfProduct(measure, information[i])) : Pull(parts[i].Correlated, weights[i], information[i], measure);
                total += pull[i];
                if (weights[i] > 0) largest = Math.Max(largest, pull[i] / weights[i]);
            }
            // At the best weights no part pulls more than the mean; where all errors are independent nothing pulls.
            if (!(total > 0) || largest <= total * (1 + Settled)) break;
            Turn(weights, pull, criterion == WeightCriterion.Determinant && Array.TrueForAll(whole, inverse => inverse.Length > 0) ? 1 : 0.5);
        }
        return Merged(parts, information, covariance);
    }

    /// <summary>Where the parts are known to err independently but for the density.</summary>
    /// <param name="parts">At least one, in an order that depends on content alone.</param>
    public static TrackPart? Add(IReadOnlyList<TrackPart> parts)
    {
        if (parts.Count == 1) return parts[0];
        double[] ones = new double[parts.Count], covariance = new double[Matrix6.Entries], sum = new double[Matrix6.Entries];
        Array.Fill(ones, 1);
        double[][] information = [.. parts.Select(_ => new double[Matrix6.Entries])];
        return TryWeigh(parts, [.. parts.Select(Inverse)], ones, information, sum) && Matrix6.TryInvert(sum, covariance) ? Merged(parts, information, covariance) : null;
    }

    /// <summary>Of a part that may be correlated whole: its information is in proportion to its weight. Empty for others.</summary>
    private static double[] Inverse(TrackPart part)
    {
        double[] inverse = new double[Matrix6.Entries];
        return part.IsAllCorrelated && Matrix6.TryInvert(part.Correlated, inverse) ? inverse : [];
    }

    private static bool TryWeigh(IReadOnlyList<TrackPart> parts, double[][] whole, double[] weights, double[][] information, double[] sum)
    {
        Span<double> inflated = stackalloc double[Matrix6.Entries];
        Array.Clear(sum);
        for (int i = 0; i < parts.Count; i++)
        {
            if (weights[i] <= 0)
            {
                Array.Clear(information[i]);
                continue;
            }
            if (whole[i].Length > 0)
            {
                for (int k = 0; k < Matrix6.Entries; k++) sum[k] += information[i][k] = weights[i] * whole[i][k];
                continue;
            }
            for (int k = 0; k < Matrix6.Entries; k++) inflated[k] = parts[i].Correlated[k] / weights[i] + parts[i].Independent[k];
            if (!Matrix6.TryInvert(inflated, information[i])) return false;
            for (int k = 0; k < Matrix6.Entries; k++) sum[k] += information[i][k];
        }
        return true;
    }

    /// <summary>P, or P·CᵀC·P with C the position.</summary>
    private static void FillMeasure(double[] covariance, WeightCriterion criterion, double[] measure)
    {
        if (criterion == WeightCriterion.Determinant)
        {
            covariance.CopyTo(measure, 0);
            return;
        }
        for (int i = 0; i < Matrix6.Size; i++)
        for (int j = 0; j < Matrix6.Size; j++)
            measure[i * Matrix6.Size + j] = covariance[i * Matrix6.Size] * covariance[j * Matrix6.Size] + covariance[i * Matrix6.Size + 1] * covariance[j * Matrix6.Size + 1]
                + covariance[i * Matrix6.Size + 2] * covariance[j * Matrix6.Size + 2];
    }

    /// <summary>Weight times gradient by the weight: tr(M·I·P₁/ω·I).</summary>
    private static double Pull(double[] correlated, double weight, double[] information, double[] measure)
    {
        Span<double> spread = stackalloc double[Matrix6.Entries];
        Matrix6.Congruence(information, correlated, spread);
        return Math.Max(0, Matrix6.TraceOfProduct(measure, spread)) / weight;
    }

    /// <summary>ω times a power of the gradient: the first for a determinant of weighted informations, the half otherwise, so that it never overshoots.</summary>
    private static void Turn(double[] weights, double[] pull, double power)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++) sum += weights[i] = power == 1 ? pull[i] : Math.Sqrt(weights[i] * pull[i]);
        double kept = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] /= sum;
            if (weights[i] < LeastWeight) weights[i] = 0;
            kept += weights[i];
        }
        for (int i = 0; i < weights.Length; i++) weights[i] /= kept;
    }

    private static TrackPart Merged(IReadOnlyList<TrackPart> parts, double[][] information, double[] covariance)
    {
        double[] state = [.. parts[0].State], density = new double[Matrix6.Size];
        Span<double> apart = stackalloc double[Matrix6.Size], moved = stackalloc double[Matrix6.Size], gain = stackalloc double[Matrix6.Entries];
        var gains = new List<(ReadyTrack, double[])>();
        for (int i = 0; i < parts.Count; i++)
        {
            Matrix6.Product(covariance, information[i], gain);
            for (int k = 0; k < Matrix6.Size; k++) apart[k] = parts[i].State[k] - parts[0].State[k];
            Matrix6.Times(gain, apart, moved);
            for (int k = 0; k < Matrix6.Size; k++) state[k] += moved[k];
            Matrix6.Times(gain, parts[i].Density, moved);
            for (int k = 0; k < Matrix6.Size; k++) density[k] += moved[k];
            foreach (var (track, inner) in parts[i].Gains)
            {
                double[] whole = new double[Matrix6.Entries];
                Matrix6.Product(gain, inner, whole);
                gains.Add((track, whole));
            }
        }
        return new TrackPart(state, covariance, density, gains);
    }
}
