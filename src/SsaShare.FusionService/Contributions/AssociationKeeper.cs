using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Fusion;

namespace SsaShare.FusionService;

/// <summary>Writes down which object each record is of. What could not be written is held until it can. Used by one thread at a time.</summary>
internal sealed class AssociationKeeper(IAssociationStore store)
{
    private readonly Dictionary<RecordId, ObjectId?> _unsaved = [];

    public void Hold(AddOutcome outcome)
    {
        foreach (var record in outcome.Released) _unsaved[record] = null;
        foreach (var (record, id) in outcome.Associated) _unsaved[record] = id;
    }

    /// <summary>These are of no object any more.</summary>
    public void Forget(IEnumerable<RecordId> records)
    {
        foreach (var record in records) _unsaved[record] = null;
    }

    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (_unsaved.Count == 0) return;
        await store.SaveAsync([.. _unsaved], cancellationToken);
        _unsaved.Clear();
    }
}
