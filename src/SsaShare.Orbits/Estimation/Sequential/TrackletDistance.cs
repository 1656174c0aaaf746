namespace SsaShare.Orbits;

/// <summary>How far a tracklet is from a predicted orbit.</summary>
/// <param name="Squared">Mahalanobis distance squared over all figures of the tracklet together: chi-square with <paramref name="Figures"/> degrees of freedom where it is this object.</param>
/// <param name="Figures">That could be weighed.</param>
/// <param name="LogSpread">ln(det S / det R): how much wider than the sensor's noise the expected figures are spread by the orbit, biases and the rest; 0 or more, no unit.</param>
public readonly record struct TrackletDistance(double Squared, int Figures, double LogSpread)
{
    /// <summary>Chance that the right object is as far away or further.</summary>
    public double Chance => ChiSquare.Above(Squared, Figures);

    /// <summary>Minus the logarithm of the likelihood, against that of figures that are exactly what is expected of a perfectly known orbit: what assignments add up.</summary>
    public double Cost => 0.5 * (Squared + LogSpread);
}
