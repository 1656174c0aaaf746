using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Whom this node's operator lets read its log. Every change is a log entry, in the same transaction.</summary>
public interface IAuditorStore
{
    /// <summary>Those who may read now, by name.</summary>
    Task<IReadOnlyList<Auditor>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Lets somebody read. Doing it again changes nothing.</summary>
    /// <param name="by">Who does it.</param>
    /// <returns>False when another key has that name, or the key another name.</returns>
    Task<bool> TryAddAsync(string name, SpkiPin pin, string by, CancellationToken cancellationToken);

    /// <summary>Lets somebody read no longer.</summary>
    /// <param name="by">Who does it.</param>
    /// <returns>False when nobody has that name.</returns>
    Task<bool> TryRemoveAsync(string name, string by, CancellationToken cancellationToken);
}

/// <summary>Somebody who may read this node's log.</summary>
/// <param name="Name">As the operator calls them.</param>
/// <param name="Pin">Of their certificate.</param>
/// <param name="Since">When they were added.</param>
public sealed record Auditor(string Name, SpkiPin Pin, Epoch Since);
