using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>What this node has seen of others' logs, and what it has cosigned as their witness. Append-only.</summary>
public interface IWitnessStore
{
    /// <summary>The newest checkpoint of a log that this node has cosigned; null when there is none.</summary>
    Task<WitnessedCheckpoint?> GetLatestAsync(string origin, CancellationToken cancellationToken);

    /// <summary>The newest cosigned checkpoint of each log.</summary>
    Task<IReadOnlyList<WitnessedCheckpoint>> ListLatestAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes a checkpoint the newest cosigned one of its log, in one step with the check that nothing came in between. It is durable when this
    /// returns true; only then may the cosignature leave this node.
    /// </summary>
    /// <param name="next">A checkpoint held here: <see cref="HoldAsync"/>.</param>
    /// <param name="latestSize">The size that the consistency proof began at; 0 for the first.</param>
    /// <returns>False when another checkpoint took the place meanwhile; nothing is stored.</returns>
    Task<bool> TryAdvanceAsync(WitnessedCheckpoint next, long latestSize, CancellationToken cancellationToken);

    /// <summary>Keeps a checkpoint that its log has signed, the first of each size.</summary>
    /// <returns>What is kept for that size: another root than the given is a conflict.</returns>
    Task<HeldCheckpoint> HoldAsync(HeldCheckpoint checkpoint, CancellationToken cancellationToken);

    /// <summary>The newest checkpoint held of each log, the most recently held first.</summary>
    Task<IReadOnlyList<HeldCheckpoint>> ListHeldAsync(int most, CancellationToken cancellationToken);

    /// <summary>Keeps proof that a log signed two histories, with a log entry. Keeping it again changes nothing.</summary>
    /// <returns>False when it was kept already.</returns>
    Task<bool> AddConflictAsync(string origin, Misbehaviour conflict, CancellationToken cancellationToken);

    /// <summary>All conflicts, forgiven ones too, in the order in which they were found.</summary>
    Task<IReadOnlyList<LogConflict>> ListConflictsAsync(CancellationToken cancellationToken);

    /// <summary>Forgives all conflicts of a log that are not forgiven yet, with a log entry each: this node cosigns it again.</summary>
    /// <returns>How many.</returns>
    Task<int> ForgiveAsync(string origin, string reason, CancellationToken cancellationToken);
}

/// <summary>A log's checkpoint that this node has cosigned.</summary>
/// <param name="Origin">Name of the log.</param>
/// <param name="Note">The signed note with the log's signature and this node's cosignature.</param>
/// <param name="UnixTimeS">When it was cosigned: seconds since 1970-01-01T00:00:00 UTC without leap seconds.</param>
public sealed record WitnessedCheckpoint(string Origin, LogHead Head, string Note, long UnixTimeS);

/// <summary>A log's checkpoint that came here by whatever way; the log's signature is verified.</summary>
/// <param name="Source">Who gave it.</param>
/// <param name="At">When, by this node's clock.</param>
public sealed record HeldCheckpoint(string Origin, LogHead Head, string Note, PartnerId Source, Epoch At);

/// <summary>Proof that a log signed two histories.</summary>
/// <param name="Id">SHA-256 of the document.</param>
/// <param name="LogIndex">The entry of this node's log that commits to it.</param>
/// <param name="Forgiven">The operator's reason to cosign the log again; null while it is not cosigned.</param>
public sealed record LogConflict(Hash256 Id, string Origin, Misbehaviour Document, long LogIndex, string? Forgiven);
