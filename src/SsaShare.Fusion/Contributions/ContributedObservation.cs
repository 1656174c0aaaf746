using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>An observation as it came to the fusion service: the record that carries it, whose it is, and the sensor that made it.</summary>
/// <param name="Record">Of the record as received and verified.</param>
/// <param name="Originator">Who published the record.</param>
/// <param name="Mode">From the record's label; only REAL enters the catalog.</param>
/// <param name="Sensor">As its owner describes it.</param>
/// <param name="Observation">The measurement. Its object tag is shown to people and never used to associate.</param>
public sealed record ContributedObservation(RecordId Record, PartnerId Originator, DataMode Mode, Sensor Sensor, Observation Observation)
{
    /// <summary>The same, as the orbit fit takes it.</summary>
    /// <exception cref="ArgumentException">The observation names another sensor.</exception>
    public SensorObservation ForFit { get; } = new(Sensor, Observation);

    public Epoch Epoch => Observation.Epoch;
}

/// <summary>Why an observation does not enter the catalog.</summary>
public enum ContributionRefusal
{
    /// <summary>Test, simulated or exercise data.</summary>
    NotReal,
    /// <summary>No figure that its sensor gives a noise for: it cannot be weighed.</summary>
    NothingToWeigh,
    /// <summary>There is no measured Earth orientation at its epoch.</summary>
    NoEarthOrientation,
    /// <summary>A figure of the observation or of its sensor is not a finite number or outside what can be measured from the ground.</summary>
    NotPlausible,
    /// <summary>The payload is not what its class says.</summary>
    Unreadable,
}

/// <summary>A refused observation.</summary>
public readonly record struct RefusedContribution(RecordId Record, ContributionRefusal Reason);
