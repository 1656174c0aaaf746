using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A sensor within the federation.</summary>
public readonly record struct SensorKey(PartnerId Owner, SensorId Sensor)
{
    public static SensorKey Of(Sensor sensor) => new(sensor.Owner, sensor.Id);
    public override string ToString() => $"{Owner}/{Sensor}";
}

/// <summary>A constant bias, measured minus true.</summary>
/// <param name="Sensor">Whose.</param>
/// <param name="Kind">Of which measurement.</param>
/// <param name="Value">km, rad or km/s.</param>
/// <param name="Sigma">One sigma of the value; zero when the published bias was kept as known.</param>
public sealed record SensorBias(SensorKey Sensor, MeasurementKind Kind, double Value, double Sigma);

/// <summary>A constant error of a sensor's clock.</summary>
/// <param name="Sensor">Whose.</param>
/// <param name="Seconds">Time tag minus true time.</param>
/// <param name="Sigma">One sigma, s.</param>
public sealed record ClockBias(SensorKey Sensor, double Seconds, double Sigma);

/// <summary>What is left of one measurement after the fit.</summary>
/// <param name="ObservationIndex">Position in the list that was fitted.</param>
/// <param name="Kind">Of which measurement.</param>
/// <param name="Value">Measured minus computed, bias taken off: km, rad (azimuth and right ascension across the line of sight), km/s.</param>
/// <param name="Normalised">The value over the sensor's noise.</param>
/// <param name="IsRejected">Whether the observation was left out.</param>
public readonly record struct Residual(int ObservationIndex, MeasurementKind Kind, double Value, double Normalised, bool IsRejected);

/// <summary>Residuals of one sensor and kind that entered the fit, in the units of <see cref="Residual.Value"/>.</summary>
/// <param name="Sensor">Whose.</param>
/// <param name="Kind">Of which measurement.</param>
/// <param name="Used">How many entered.</param>
/// <param name="Rejected">How many were left out.</param>
/// <param name="Mean">Of those used.</param>
/// <param name="RootMeanSquare">Of those used.</param>
/// <param name="MedianAbsolute">Of those used.</param>
/// <param name="Sigma">The sensor's own figure of its noise.</param>
public sealed record ResidualStatistics(
    SensorKey Sensor, MeasurementKind Kind, int Used, int Rejected, double Mean, double RootMeanSquare, double MedianAbsolute, double Sigma);

/// <summary>
/// What one sensor's observations say of the orbit: information matrix over the eight parameters of <see cref="PropagatedState.Partials"/>,
/// the sensor's own estimated biases eliminated, considered ones taken as known. Matrices of several sensors add up.
/// </summary>
/// <param name="Sensor">Whose.</param>
/// <param name="Matrix">8×8 by rows, 1 over the square of km, km/s and m²/kg.</param>
public sealed record SensorInformation(SensorKey Sensor, double[] Matrix);

/// <summary>Covariance of one sensor's biases and clock and of the orbit, scaled like <see cref="OrbitFit.Covariance"/>; of errors as true minus estimated.</summary>
/// <param name="Sensor">Whose.</param>
/// <param name="Matrix">
/// 15×15 by rows: six biases in the order of <see cref="MeasurementKind"/> (km, rad, rad, km/s, rad, rad; azimuth and right ascension of the angle itself), the clock (s; time tag minus true
/// time), then the eight parameters of <see cref="PropagatedState.Partials"/>. Zero for what was taken as known or not measured.
/// </param>
public sealed record SensorCovariance(SensorKey Sensor, double[] Matrix)
{
    /// <summary>Rows of the matrix.</summary>
    public const int Size = FirstOfOrbit + PropagatedState.ParameterCount;

    /// <summary>Row of the clock.</summary>
    public const int Clock = MeasurementFigureAccess.KindCount;

    /// <summary>Row of the orbit's first parameter.</summary>
    public const int FirstOfOrbit = Clock + 1;
}

/// <summary>An orbit fitted to observations by least squares.</summary>
/// <param name="State">GCRF, at the epoch of the starting state.</param>
/// <param name="FormalCovariance">From the sensors' noises, what is known beforehand, and what is considered.</param>
/// <param name="Covariance">
/// The same with the part of the noises times the reduced chi-square, where that exceeds one over at least <see cref="LeastDegreesOfFreedom"/>: residuals larger than the noise widen it.
/// The part of what was known beforehand and of what is considered stays.
/// </param>
/// <param name="Surface">Estimated coefficients; in a fit without them, those it was given.</param>
/// <param name="SurfaceSigma">One sigma, scaled like <see cref="Covariance"/>.</param>
/// <param name="Biases">Of every sensor and kind that was used.</param>
/// <param name="Residuals">Of every measurement, in the order of the observations.</param>
/// <param name="Statistics">By sensor and kind.</param>
/// <param name="Information">By sensor.</param>
/// <param name="ReducedChiSquare">Weighted sum of squared normalised residuals and of what the a priori figures cost, over <see cref="DegreesOfFreedom"/> (at least 1).</param>
/// <param name="ObservationsUsed">Observations that entered.</param>
/// <param name="ObservationsRejected">Observations of which nothing entered, for whatever reason: <see cref="Edited"/>.</param>
/// <param name="Iterations">Corrections made.</param>
public sealed record OrbitFit(
    CartesianState State,
    Covariance6 FormalCovariance,
    Covariance6 Covariance,
    SurfaceCoefficients Surface,
    SurfaceCoefficients SurfaceSigma,
    IReadOnlyList<SensorBias> Biases,
    IReadOnlyList<Residual> Residuals,
    IReadOnlyList<ResidualStatistics> Statistics,
    IReadOnlyList<SensorInformation> Information,
    double ReducedChiSquare,
    int ObservationsUsed,
    int ObservationsRejected,
    int Iterations)
{
    /// <summary>Covariance of state, ballistic and radiation coefficient, 8×8 by rows, scaled like <see cref="Covariance"/>.</summary>
    public required double[] ParameterCovariance { get; init; }

    /// <summary>The same from the sensors' stated noises: unscaled, like <see cref="FormalCovariance"/>.</summary>
    public required double[] FormalParameterCovariance { get; init; }

    /// <summary>Below so many degrees of freedom the residuals do not tell how large the noise is, and scale nothing.</summary>
    public const double LeastDegreesOfFreedom = 5;

    /// <summary>Measurements, counted as independent ones, and a priori figures, less the parameters that are estimated.</summary>
    public double DegreesOfFreedom { get; init; }

    /// <summary>Of every sensor that was in the fit: how the errors of its biases hang together with those of the orbit.</summary>
    public IReadOnlyList<SensorCovariance> SensorCovariances { get; init; } = [];

    /// <summary>Errors of the sensors' clocks; empty where they were taken as none.</summary>
    public IReadOnlyList<ClockBias> Clocks { get; init; } = [];

    /// <summary>Every observation or measurement that took no part, and why, in the order of the observations.</summary>
    public IReadOnlyList<EditedObservation> Edited { get; init; } = [];

    /// <summary>Of the orbit's equations with columns of equal length: beyond about 1e10 the least determined combination is rounding.</summary>
    public double ConditionNumber { get; init; }

    /// <summary>What the residuals say of the formal covariance.</summary>
    public required FitRealism Realism { get; init; }

    /// <summary>First and last observation that entered.</summary>
    public required (Epoch First, Epoch Last) Span { get; init; }

    /// <summary>Estimated or published bias; zero where the sensor was not in the fit.</summary>
    public double BiasOf(SensorKey sensor, MeasurementKind kind)
        => Biases.FirstOrDefault(bias => bias.Sensor == sensor && bias.Kind == kind)?.Value ?? 0;
}

/// <summary>Why there is no orbit.</summary>
public enum OrbitFitFailure
{
    /// <summary>Fewer measurements than unknowns.</summary>
    TooFewObservations,
    /// <summary>The observations do not determine the orbit.</summary>
    IllConditioned,
    /// <summary>The corrections did not settle.</summary>
    NotConverged,
    /// <summary>The orbit on the way hit the Earth or left it.</summary>
    NotAnOrbit,
}

/// <summary>The result of a fit: an orbit or the reason for none.</summary>
public abstract record OrbitFitOutcome
{
    private OrbitFitOutcome() { }

    public sealed record Fitted(OrbitFit Fit) : OrbitFitOutcome;

    public sealed record Failed(OrbitFitFailure Reason, string Detail) : OrbitFitOutcome;
}
