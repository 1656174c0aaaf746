using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Orbits;
using SsaShare.Signing;

namespace SsaShare.Fusion;

/// <summary>An observation as it came to the fusion service: the record that carries it, whose it is, and the sensor that made it.</summary>
/// <param name="Record">Of the record as received and verified.</param>
/// <param name="Originator">Who published the record.</param>
/// <param name="Mode">From the record's label; only REAL enters the catalog.</param>
/// <param name="Sensor">As its owner describes it.</param>
/// <param name="Observation">The measurement. Its object tag is shown to people and never used to associate.</param>
/// <param name="Mark">What a degraded record states of itself; null on an original.</param>
/// <param name="Leaf">An original's leaf in its publication, which what was degraded of it names; null where not known.</param>
public sealed record ContributedObservation(
    RecordId Record, PartnerId Originator, DataMode Mode, Sensor Sensor, Observation Observation, DegradationMark? Mark = null, Hash256? Leaf = null)
{
    /// <summary>The same, as the orbit fit takes it.</summary>
    /// <exception cref="ArgumentException">The observation names another sensor.</exception>
    public SensorObservation ForFit { get; } = new(Sensor, Observation, AddedNoise(Mark?.Added));

    public Epoch Epoch => Observation.Epoch;

    /// <summary>Leaf of the original, be it this record or what this was degraded from; null where not known.</summary>
    public Hash256? Original => Mark?.Original ?? Leaf;

    /// <summary>One-sigma size of what degrading added to the measured place, km; 0 on an original. An unknown range counts as 1,000 km.</summary>
    public double AddedPositionKm => Mark is not { Added: var added } ? 0
        : (added.RangeKm ?? 0) + (Observation.RangeKm ?? UnknownRangeKm) * (added.ElevationRad ?? added.AzimuthRad ?? 0) + FastKmPerS * (added.EpochS ?? 0);

    private const double UnknownRangeKm = 1_000, FastKmPerS = 8;

    private static AddedNoise? AddedNoise(AddedSigma? added)
        => added is null ? null : new AddedNoise(new TrackingFigures(added.RangeKm, added.AzimuthRad, added.ElevationRad, added.RangeRateKmPerS), added.EpochS ?? 0);
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
