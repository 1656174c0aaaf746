namespace SsaShare.Fusion;

/// <summary>Compares two orbits of different epochs in <see cref="MeanOrbitElements"/>, the one moved to the other with its covariance.</summary>
internal static class OrbitGate
{
    private const double SecondsPerDay = 86_400;
    private const int MostTurns = 2_000;

    /// <param name="from">Elements and covariance of one.</param>
    /// <param name="to">Of the other.</param>
    /// <param name="seconds">From the one's epoch to the other's.</param>
    /// <param name="pull">What the other does to the one: times the covariance of the one's elements it is their correction; 6 entries.</param>
    /// <param name="turns">How many whole numbers of revolutions between them pass the gate; where more than one does, the nearest counts.</param>
    /// <returns>Squared Mahalanobis distance, six degrees of freedom; infinity where there is none.</returns>
    public static double SquareDistance(ReadOnlySpan<double> from, ReadOnlySpan<double> fromCovariance, ReadOnlySpan<double> to, ReadOnlySpan<double> toCovariance, double seconds, double gate, Span<double> pull, out int turns)
    {
        Span<double> moved = stackalloc double[6], partials = stackalloc double[36], sum = stackalloc double[36], inverse = stackalloc double[36], apart = stackalloc double[6];
        MeanOrbitElements.Move(from, seconds, moved, partials);
        Matrix6.Congruence(partials, fromCovariance, sum);
        for (int k = 0; k < 36; k++) sum[k] += toCovariance[k];
        AddModelError(seconds, sum);
        turns = 0;
        if (!Matrix6.TryInvert(sum, inverse)) return double.PositiveInfinity;
        for (int k = 0; k < 6; k++) apart[k] = to[k] - moved[k];
        double nearest = Math.IEEERemainder(apart[5], Math.Tau), sigma = Math.Sqrt(sum[35]), best = double.PositiveInfinity, bestLongitude = nearest;
        int reach = (int)Math.Min(MostTurns, Math.Ceiling((Math.Sqrt(gate) * sigma + Math.PI) / Math.Tau));
        for (int k = -reach; k <= reach; k++)
        {
            apart[5] = nearest + k * Math.Tau;
            double square = Matrix6.Quadratic(inverse, apart);
            if (square <= gate) turns++;
            if (square < best) (best, bestLongitude) = (square, apart[5]);
        }
        apart[5] = bestLongitude;
        Span<double> weighed = stackalloc double[6];
        Matrix6.Times(inverse, apart, weighed);
        pull.Clear();
        for (int i = 0; i < 6; i++)
        for (int k = 0; k < 6; k++) pull[i] += partials[k * 6 + i] * weighed[k];
        return best;
    }

    /// <summary>Short periodic changes that the elements contain, and what drag, Sun and Moon do in the meantime.</summary>
    private static void AddModelError(double seconds, Span<double> covariance)
    {
        double days = Math.Abs(seconds) / SecondsPerDay;
        ReadOnlySpan<double> sigma = [3e-5 + 1e-4 * days, 1.5e-3 + 3e-4 * days, 1.5e-3 + 3e-4 * days, 5e-4 + 3e-4 * days, 5e-4 + 3e-4 * days, 2e-3 + 6e-3 * days * days];
        for (int i = 0; i < 6; i++) covariance[i * 7] += sigma[i] * sigma[i];
    }
}
