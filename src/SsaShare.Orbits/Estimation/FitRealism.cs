namespace SsaShare.Orbits;

/// <summary>What the residuals of a fit say of the covariance it states.</summary>
/// <param name="Residuals">By sensor and kind.</param>
/// <param name="Distances">
/// Mahalanobis distances of the residuals of single observations, their covariance with the fit's own adaptation to them taken off. Only observations of a sensor
/// that lie further apart than the time within which the fit takes errors as one.
/// </param>
/// <param name="PassScale">
/// Factor on the formal covariance of the orbit that follows from how far the passes pull it apart, whatever the errors within a pass have in common
/// (White's and Liang and Zeger's estimate with passes as clusters); null with fewer than three passes for each parameter.
/// </param>
/// <param name="Passes">Runs of observations of one sensor without a gap of five minutes.</param>
public sealed record FitRealism(IReadOnlyList<ResidualRealism> Residuals, MahalanobisTest Distances, double? PassScale, int Passes)
{
    /// <summary>Factor that the formal covariance should be multiplied by: that of the passes, else that of the distances; NaN where there is neither.</summary>
    public double SuggestedScale => PassScale ?? Distances.MeanRatio;
}

/// <summary>Residuals of one sensor and kind, each over its own standard deviation with the fit's adaptation taken off.</summary>
/// <param name="Sensor">Whose.</param>
/// <param name="Kind">Of which measurement.</param>
/// <param name="Count">Residuals that entered the fit.</param>
/// <param name="MeanSquare">Of all of them: 1 is honest, below 1 the stated noise is too large.</param>
/// <param name="Independent">Those further apart than the time within which the fit takes errors as one.</param>
/// <param name="ChiSquare">Sum of squares of the independent ones.</param>
/// <param name="PValue">Chance of a larger chi-square with as many degrees of freedom; NaN without independent ones.</param>
/// <param name="DurbinWatson">Over neighbours in a pass: 2 for independent errors, towards 0 for errors that last; NaN without neighbours.</param>
/// <param name="LagOneCorrelation">Of neighbours in a pass; NaN without them.</param>
/// <param name="CorrelationSeconds">
/// Twice the time in which the correlation falls to 1/e if it falls exponentially: errors within this time count as one. 0 where neighbours are not correlated; NaN without them.
/// </param>
public sealed record ResidualRealism(
    SensorKey Sensor, MeasurementKind Kind, int Count, double MeanSquare, int Independent, double ChiSquare, double PValue,
    double DurbinWatson, double LagOneCorrelation, double CorrelationSeconds);
