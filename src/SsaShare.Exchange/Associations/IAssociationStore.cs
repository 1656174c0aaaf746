using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Which catalog object each record was found to be of, so that objects keep their identity when the fusion service starts again.</summary>
public interface IAssociationStore
{
    Task<IReadOnlyDictionary<RecordId, ObjectId>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Keeps these in one transaction; a null object forgets the record's association.</summary>
    Task SaveAsync(IReadOnlyCollection<KeyValuePair<RecordId, ObjectId?>> associations, CancellationToken cancellationToken);
}
