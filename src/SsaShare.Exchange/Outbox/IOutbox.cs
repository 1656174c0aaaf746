using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>The feed of what this node originates, and the record of what it gave to whom.</summary>
public interface IOutbox
{
    /// <summary>Changes when the database is restored from a backup; part of every cursor.</summary>
    Task<Guid> GetNodeEpochAsync(CancellationToken cancellationToken);

    /// <summary>Position of the newest publication; 0 when there is none.</summary>
    Task<long> GetHeadPositionAsync(CancellationToken cancellationToken);

    /// <summary>Own publications after a position, in order: whole ones, until <paramref name="recordsMax"/> is reached, and at least one when there is one.</summary>
    Task<IReadOnlyList<StoredPublication>> ReadAsync(long afterPosition, int recordsMax, CancellationToken cancellationToken);

    /// <summary>Keeps a manifest that is about to be sent, and what was withheld, with their log entries.</summary>
    Task SaveManifestAsync(SignedDocument manifest, ManifestDocument document, IReadOnlyList<WithheldCount> withheld, CancellationToken cancellationToken);

    /// <summary>Keeps a verified receipt for a manifest of this node, with its log entry. Keeping it again changes nothing.</summary>
    /// <returns>False when this node issued no such manifest to that receiver, or its items differ.</returns>
    Task<bool> TrySaveReceiptAsync(SignedDocument receipt, ReceiptDocument document, CancellationToken cancellationToken);

    /// <summary>Completes when the head may have moved past <paramref name="position"/>, or after <paramref name="longest"/>.</summary>
    Task WaitForNewsAsync(long position, TimeSpan longest, CancellationToken cancellationToken);
}
