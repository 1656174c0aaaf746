using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Orbits;

namespace SsaShare.FusionService;

/// <summary>What the book made of some records.</summary>
/// <param name="Ready">Observations that can be fused now.</param>
/// <param name="Redescribed">Sensors of which a newer, different description counts from now on, for all their observations.</param>
/// <param name="Late">Sensors whose first description came after observations of theirs: those are to be read again.</param>
/// <param name="NowWaiting">Sensors of which the first observation came without a description.</param>
/// <param name="Refused">Records that do not enter.</param>
public sealed record BookIntake(
    IReadOnlyList<ContributedObservation> Ready,
    IReadOnlyList<Sensor> Redescribed,
    IReadOnlyList<LateSensor> Late,
    IReadOnlyList<SensorKey> NowWaiting,
    IReadOnlyList<RefusedContribution> Refused);

/// <summary>A sensor that was described after observations of it had come.</summary>
/// <param name="Sensor">Which.</param>
/// <param name="FirstArrival">Arrival number of the first of those observations.</param>
public readonly record struct LateSensor(SensorKey Sensor, long FirstArrival);

/// <summary>What the book gave up because its records are used no more.</summary>
/// <param name="Observations">That are to leave the engine: removed themselves, or of a sensor that nothing describes any more.</param>
/// <param name="Undescribed">Sensors whose description was removed: an older one may be there.</param>
public sealed record BookRemoval(IReadOnlyCollection<RecordId> Observations, IReadOnlyList<SensorKey> Undescribed);
