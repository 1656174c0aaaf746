using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What became of an observation in a sequential filter.</summary>
public enum FilterEdit
{
    /// <summary>It moved the estimate.</summary>
    Used = 0,
    /// <summary>Its innovation is larger than chance allows: a bad echo, another object, or a manoeuvre.</summary>
    BeyondGate = 1,
    /// <summary>It lies before what was already processed; the smoother's or a new run's to take.</summary>
    OutOfOrder = 2,
    /// <summary>Its sensor states no noise for anything that it measured, or has no horizon for the angles.</summary>
    NothingToWeigh = 3,
    /// <summary>What could be weighed of it is no finite number. It says nothing about the orbit: it is not counted as refused.</summary>
    NotANumber = 4,
    /// <summary>The observer's own position is not known for the instants that the measurement needs.</summary>
    ObserverUnknown = 5,
}

/// <summary>One figure of an observation against what the filter expected before it saw it.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Value">Measured minus predicted, bias taken off: km, rad across the line of sight, km/s.</param>
/// <param name="Sigma">What was expected of it: uncertainty of the prediction and noise together, in the same unit.</param>
/// <param name="Whitened">Freed of what the figures before it in the same observation say already, in sigmas: standard normal and independent in a consistent filter.</param>
public readonly record struct FilterInnovation(MeasurementKind Kind, double Value, double Sigma, double Whitened)
{
    /// <summary>In its own sigmas.</summary>
    public double Normalised => Value / Sigma;
}

/// <summary>One observation in a sequential filter.</summary>
/// <param name="ObservationIndex">Position in the list that was given.</param>
/// <param name="Epoch">Of the observation.</param>
/// <param name="Sensor">Who made it.</param>
/// <param name="Edit">What became of it.</param>
/// <param name="Innovations">One for each figure that could be weighed.</param>
/// <param name="Nis">Normalised innovation squared: chi-square with as many degrees of freedom as there are innovations, in a consistent filter.</param>
public sealed record FilteredObservation(int ObservationIndex, Epoch Epoch, SensorKey Sensor, FilterEdit Edit, IReadOnlyList<FilterInnovation> Innovations, double Nis)
{
    /// <summary>What it counts beside its neighbours in time, 0 to 1: mean over its figures, each against the latest of its sensor and kind (<see cref="SequentialFilterOptions.CorrelationSeconds"/>).</summary>
    public double Share { get; init; } = 1;

    /// <summary>Kinds whose figures are no finite numbers and were left out; the others of the observation count.</summary>
    public IReadOnlyList<MeasurementKind> NotANumber { get; init; } = [];
}
