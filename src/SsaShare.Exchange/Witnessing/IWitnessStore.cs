using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>What this node has seen of others' logs, and what it has cosigned as their witness. Append-only.</summary>
public interface IWitnessStore
{
    /// <summary>The newest checkpoint of a log that this node has cosigned; null when there is none.</summary>
    Task<WitnessedCheckpoint?> GetLatestAsync(string origin, CancellationToken cancellationToken);

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

    /// <summary>The checkpoint held of a log for a size; null when there is none.</summary>
    Task<HeldCheckpoint?> FindHeldAsync(string origin, long size, CancellationToken cancellationToken);

    /// <summary>The largest checkpoint held of a log of at most so many entries; null when there is none.</summary>
    Task<HeldCheckpoint?> FindLargestHeldAsync(string origin, long sizeMax, CancellationToken cancellationToken);

    /// <summary>Keeps proof that a log signed two histories, with a log entry. Nothing more is kept of a log while one of its conflicts is not forgiven.</summary>
    /// <returns>False when nothing was kept.</returns>
    /// <exception cref="ArgumentException">The document is longer than <see cref="Misbehaviour.BytesMax"/>: nobody would read it.</exception>
    Task<bool> AddConflictAsync(string origin, Misbehaviour conflict, CancellationToken cancellationToken);

    /// <summary>Keeps two checkpoints of a log that it has not shown to be of one history, with its answer, as a log entry.</summary>
    Task AddUnprovenAsync(PartnerId owner, UnprovenGrowth growth, CancellationToken cancellationToken);

    /// <summary>All conflicts, forgiven ones too, in the order in which they were found, without their documents.</summary>
    Task<IReadOnlyList<LogConflict>> ListConflictsAsync(CancellationToken cancellationToken);

    /// <summary>The document of a conflict, JSON; null when there is no such conflict.</summary>
    Task<ReadOnlyMemory<byte>?> ReadConflictAsync(Hash256 id, CancellationToken cancellationToken);

    /// <summary>Forgives all conflicts of a log that are not forgiven yet, with a log entry each: this node cosigns it again. Not where there are <see cref="LogConflict.PerLogMax"/>.</summary>
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
public sealed record HeldCheckpoint(string Origin, LogHead Head, string Note, PartnerId Source, Epoch At)
{
    /// <summary>Longest text of a checkpoint that is taken in, bytes: what is held is passed on to others, and two of them are written into this node's log when they contradict each other.</summary>
    public const int TextBytesMax = 4 * 1024;

    /// <summary>Whether a note's text is short enough to be held.</summary>
    public static bool IsShort(string text) => text.Length <= TextBytesMax && Encoding.UTF8.GetByteCount(text) <= TextBytesMax;
}

/// <summary>Proof that a log signed two histories.</summary>
/// <param name="Id">SHA-256 of the document.</param>
/// <param name="Size">Entries for which two roots are signed; null when the stored document is damaged.</param>
/// <param name="LogIndex">The entry of this node's log that commits to it.</param>
/// <param name="Forgiven">The operator's reason to cosign the log again; null while it is not cosigned.</param>
public sealed record LogConflict(Hash256 Id, string Origin, long? Size, long LogIndex, string? Forgiven)
{
    /// <summary>Conflicts of one log that are kept. A log that has as many is not forgiven any more.</summary>
    public const int PerLogMax = 16;
}
