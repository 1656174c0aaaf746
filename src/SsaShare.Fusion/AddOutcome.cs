using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>What became of a batch of contributions.</summary>
/// <param name="Accepted">New measurements.</param>
/// <param name="Duplicates">Records that repeat a measurement already there: kept as another source of it, counted once in every estimate.</param>
/// <param name="Refused">Records that do not enter.</param>
/// <param name="Associated">Records that found their object in this call, or another one than before: from this batch or waiting.</param>
/// <param name="NewObjects">Objects that this call brought into the catalog.</param>
/// <param name="ChangedObjects">Objects whose contributions changed, new ones included.</param>
public sealed record AddOutcome(
    int Accepted,
    int Duplicates,
    IReadOnlyList<RefusedContribution> Refused,
    IReadOnlyList<KeyValuePair<RecordId, ObjectId>> Associated,
    IReadOnlyList<ObjectId> NewObjects,
    IReadOnlyList<ObjectId> ChangedObjects)
{
    /// <summary>Records that had an object before this call and have none now.</summary>
    public IReadOnlyList<RecordId> Released { get; init; } = [];
}

/// <summary>A tracklet that has no object yet.</summary>
/// <param name="Records">Its records, in order of time.</param>
/// <param name="Start">First measurement.</param>
/// <param name="End">Last measurement.</param>
/// <param name="Candidates">Every object that explains it, when there is more than one; empty when there is none.</param>
public sealed record WaitingTracklet(IReadOnlyList<RecordId> Records, Epoch Start, Epoch End, IReadOnlyList<ObjectId> Candidates);
