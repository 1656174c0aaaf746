using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Peering;

/// <summary>Takes in every checkpoint of a partner's log, by whatever way it comes, and holds it against those that came before: two roots for one size are a conflict.</summary>
public sealed class CheckpointWatch(PeerDirectory directory, NodeIdentity identity, OwnLog own, IWitnessStore store, TimeProvider time, ILogger<CheckpointWatch> logger)
{
    /// <summary>Logs whose newest checkpoint is read at start; more than there are partners.</summary>
    private const int LogsMax = 10_000;

    private readonly ConcurrentDictionary<string, HeldCheckpoint> _newest = new(StringComparer.Ordinal);
    private volatile IReadOnlyList<LogConflict> _conflicts = [];

    /// <summary>Gossip: the newest checkpoint held of each log, as notes, the most recent first.</summary>
    public IReadOnlyList<string> Newest => [.. _newest.Values.OrderByDescending(held => held.At).Take(PullAnswer.PeerCheckpointsMax).Select(held => held.Note)];

    /// <summary>The newest checkpoint held of each log.</summary>
    public IReadOnlyCollection<HeldCheckpoint> Held => [.. _newest.Values];

    /// <summary>All that were found, forgiven ones too.</summary>
    public IReadOnlyList<LogConflict> Conflicts => _conflicts;

    /// <summary>Whether a log has signed two histories and the operator has not forgiven it: it is not cosigned.</summary>
    public bool IsDistrusted(string origin) => _conflicts.Any(conflict => conflict.Origin == origin && conflict.Forgiven is null);

    /// <summary>Reads the store. Called once at start, after the directory.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        _conflicts = await store.ListConflictsAsync(cancellationToken);
        foreach (var held in await store.ListHeldAsync(LogsMax, cancellationToken)) Remember(held);
    }

    /// <summary>Takes what came with an answer: the provider's own checkpoints and those that it passes on.</summary>
    public async Task TakeAllAsync(PullAnswer answer, PartnerId provider, CancellationToken cancellationToken)
    {
        if (DocumentJson.TryRead<ManifestDocument>(answer.Manifest.Payload.Span, DocumentContexts.Manifest, out var manifest)) await TakeAsync(manifest.Checkpoint, provider, cancellationToken);
        if (answer.CosignedCheckpoint.Length > 0) await TakeAsync(answer.CosignedCheckpoint, provider, cancellationToken);
        foreach (string note in answer.PeerCheckpoints) await TakeAsync(note, provider, cancellationToken);
    }

    /// <summary>The key of a partner's log at a size, by the log's name; null when it is no pinned peer's.</summary>
    public NoteVerifier? FindKey(string origin, long size) => FindOwner(origin) is { } owner ? directory.LogKey(owner, size) : null;

    /// <summary>Whose log has this name; null when it is no pinned peer's.</summary>
    public PartnerId? FindOwner(string origin)
        => directory.Peers.FirstOrDefault(peer => peer.Partner != identity.Partner && peer.Card.Card.LogKey.Name == origin)?.Partner;

    /// <summary>Takes a checkpoint that a peer shows: of a third partner's log, of its own, or of this node's.</summary>
    /// <param name="note">Any text; what is not a checkpoint signed by a known log is passed over.</param>
    /// <param name="source">The peer.</param>
    /// <returns>What is held for that size; null when it was passed over or is of this node's own log.</returns>
    public async Task<HeldCheckpoint?> TakeAsync(string note, PartnerId source, CancellationToken cancellationToken)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(note);
        if (!SignedNote.TryParse(bytes, out var signed, out _) || !Checkpoint.TryParse(signed.Text, out var checkpoint)) return null;
        var head = new LogHead(checkpoint.Size, checkpoint.Root);
        if (_newest.TryGetValue(checkpoint.Origin, out var newest) && newest.Head == head) return newest;
        if (checkpoint.Origin == own.Origin)
        {
            await own.CompareAsync(note, $"'{source}'", cancellationToken);
            return null;
        }
        return FindKey(checkpoint.Origin, checkpoint.Size) is { } key && key.Name == checkpoint.Origin && signed.TryVerify([key], out _, out _)
            ? await HoldAsync(checkpoint, OnlyOf(signed, key), source, cancellationToken)
            : null;
    }

    /// <summary>Keeps a checkpoint whose signature is verified and looks for a conflict.</summary>
    /// <param name="note">With the log's signature alone.</param>
    public async Task<HeldCheckpoint> HoldAsync(Checkpoint checkpoint, string note, PartnerId source, CancellationToken cancellationToken)
    {
        var given = new HeldCheckpoint(checkpoint.Origin, new LogHead(checkpoint.Size, checkpoint.Root), note, source, Utc.FromDateTime(time.GetUtcNow()));
        var held = await store.HoldAsync(given, cancellationToken);
        Remember(held);
        if (held.Head.Root != given.Head.Root && await store.AddConflictAsync(given.Origin, Misbehaviour.Of(held.Note, note), cancellationToken))
        {
            PeeringLog.LogConflictFound(logger, given.Origin, given.Head.Size, held.Source, source);
            PeeringMetrics.ConflictFound(given.Origin);
            _conflicts = await store.ListConflictsAsync(cancellationToken);
        }
        return held;
    }

    private void Remember(HeldCheckpoint held)
        => _newest.AddOrUpdate(held.Origin, held, (_, before) => held.Head.Size > before.Head.Size ? held : before);

    /// <summary>Lets a log be cosigned again.</summary>
    /// <returns>How many conflicts are forgiven by it.</returns>
    public async Task<int> ForgiveAsync(string origin, string reason, CancellationToken cancellationToken)
    {
        int forgiven = await store.ForgiveAsync(origin, reason, cancellationToken);
        _conflicts = await store.ListConflictsAsync(cancellationToken);
        if (forgiven > 0) PeeringLog.LogForgiven(logger, origin, reason);
        return forgiven;
    }

    /// <summary>The note with the signature lines of one key: others' lines are anybody's to write.</summary>
    public static string OnlyOf(SignedNote submitted, NoteVerifier key)
    {
        string[] lines = submitted.ToString()[(submitted.Text.Length + 1)..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var own = lines.Zip(submitted.Signatures).Where(line => line.Second.Name == key.Name && line.Second.KeyHash == key.KeyHash).Select(line => line.First).Take(1);
        return $"{submitted.Text}\n{string.Concat(own.Select(line => line + "\n"))}";
    }
}
