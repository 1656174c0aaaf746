using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Peering;

/// <summary>Takes in every checkpoint of a partner's log, by whatever way it comes, and holds it against those that came before: two roots for one size are a conflict, and of other sizes the log must prove that they are of one history.</summary>
public sealed class CheckpointWatch(PeerDirectory directory, NodeIdentity identity, OwnLog own, IWitnessStore store, LogLineages lineages, TimeProvider time, ILogger<CheckpointWatch> logger)
{
    private readonly ConcurrentDictionary<string, HeldCheckpoint> _last = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WitnessedCheckpoint> _cosigned = new(StringComparer.Ordinal);

    /// <summary>A held checkpoint takes about 500 bytes for ever: at this pace a log that signs without end takes 4 MB a day.</summary>
    private readonly OriginPace _pace = new(time, period: TimeSpan.FromSeconds(10), atOnce: 64);

    private volatile IReadOnlyList<LogConflict> _conflicts = [];

    /// <summary>
    /// Gossip, as notes: of each log the last checkpoint that came here, the most recent first, then what this node has cosigned; names that a log had before a restore come last. The largest
    /// would not do: a log that signs one beyond all bounds would have nothing else passed on for ever.
    /// </summary>
    public IReadOnlyList<string> Newest
        => [.. _last.Values.OrderByDescending(held => held.At).Select(held => (held.Origin, held.Note)).Concat(_cosigned.Values.Where(one => !_last.TryGetValue(one.Origin, out var last) || last.Head != one.Head)
            .OrderByDescending(one => one.UnixTimeS).Select(one => (one.Origin, one.Note))).OrderBy(one => FindEnd(one.Origin) is not null).Select(one => one.Note).Where(note => note.Length <= PullAnswer.NoteCharactersMax).Take(PullAnswer.PeerCheckpointsMax)];

    /// <summary>The last checkpoint that came of each log.</summary>
    public IReadOnlyCollection<HeldCheckpoint> Held => [.. _last.Values];

    /// <summary>The newest checkpoint of a log that this node has cosigned; null when there is none.</summary>
    public WitnessedCheckpoint? FindCosigned(string origin) => _cosigned.GetValueOrDefault(origin);

    /// <summary>All that were found, forgiven ones too.</summary>
    public IReadOnlyList<LogConflict> Conflicts => _conflicts;

    /// <summary>Whether a log has signed two histories and the operator has not forgiven it: it is not cosigned. A restore from a backup gives it another name and changes no key, so what it signed under one name counts under all.</summary>
    public bool IsDistrusted(string origin) => OpenConflicts(origin).Any();

    private IEnumerable<LogConflict> OpenConflicts(string origin)
    {
        var owner = FindOwner(origin);
        return _conflicts.Where(conflict => conflict.Forgiven is null && (conflict.Origin == origin || (owner is not null && FindOwner(conflict.Origin) == owner)));
    }

    /// <summary>Reads the store. Called once at start, after the directory.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        _conflicts = await store.ListConflictsAsync(cancellationToken);
        foreach (var damaged in _conflicts.Where(conflict => conflict.Size is null)) PeeringLog.LogConflictDamaged(logger, damaged.Origin, damaged.LogIndex);
        foreach (var peer in directory.Peers.Where(peer => peer.Partner != identity.Partner))
        foreach (string origin in peer.Keys.Cards.Select(card => card.Card.LogKey.Name).Distinct())
        {
            bool hasEnded = peer.Keys.EndOf(origin) is not null;
            if (!hasEnded) await BeginAsync(peer.Partner, origin, cancellationToken);
            // What this node has cosigned is of one history; the rest is to be proven from there.
            if (await store.GetLatestAsync(origin, cancellationToken) is { } cosigned)
            {
                _cosigned[origin] = cosigned;
                if (!hasEnded) lineages.Add(ToHeld(cosigned), isFromOwner: false);
            }
            if (await store.FindLargestHeldAsync(origin, long.MaxValue, cancellationToken) is { } held)
            {
                _last[origin] = held;
                if (!hasEnded) lineages.Add(held, isFromOwner: false);
            }
        }
    }

    /// <summary>A log that goes on under a new name after a restore must show that it begins with what is held of it under the old one, as far as the restore says that it does.</summary>
    private async Task BeginAsync(PartnerId owner, string origin, CancellationToken cancellationToken)
    {
        if (lineages.Knows(origin) || directory.Keys.Find(owner)?.BeginningOf(origin) is not { Cut: { HeldSize: > 0 } cut } beginning) return;
        if (await store.FindLargestHeldAsync(beginning.Previous.Card.LogKey.Name, cut.HeldSize, cancellationToken) is { Head.Size: > 0 } before) lineages.Begin(origin, before);
    }

    /// <summary>Takes what came with an answer: the provider's own checkpoints and those that it passes on.</summary>
    public async Task TakeAllAsync(PullAnswer answer, PartnerId provider, CancellationToken cancellationToken)
    {
        if (DocumentJson.TryRead<ManifestDocument>(answer.Manifest.Payload.Span, DocumentContexts.Manifest, out var manifest)) await TakeAsync(manifest.Checkpoint, provider, cancellationToken);
        if (answer.CosignedCheckpoint.Length > 0) await TakeAsync(answer.CosignedCheckpoint, provider, cancellationToken);
        foreach (string note in answer.PeerCheckpoints) await TakeAsync(note, provider, cancellationToken);
    }

    /// <summary>The key of a partner's log at a size, by the log's name; null when it is no pinned peer's.</summary>
    public NoteVerifier? FindKey(string origin, long size) => FindOwner(origin) is { } owner ? directory.LogKey(owner, origin, size) : null;

    /// <summary>Whose log has this name, or had it before a restore; null when it is no pinned peer's.</summary>
    public PartnerId? FindOwner(string origin)
        => directory.Peers.FirstOrDefault(peer => peer.Partner != identity.Partner && peer.Keys.HasLog(origin))?.Partner;

    /// <summary>The restore from a backup by which the log of this name ended; null where it goes on, and where it is no pinned peer's.</summary>
    public KeyEvent? FindEnd(string origin) => FindOwner(origin) is { } owner ? directory.EndOfLog(owner, origin) : null;

    /// <summary>What a log of this name begins with before anything of it is cosigned: the empty tree, or the one that it had, by its owner's statement, when it was restored from a backup and got this name.</summary>
    public LogHead FindBeginning(string origin)
        => FindOwner(origin) is { } owner && directory.Keys.Find(owner)?.BeginningOf(origin) is { Cut: { } cut } beginning ? new LogHead(beginning.LogSize, cut.Root) : new LogHead(0, MerkleHash.EmptyRoot);

    /// <summary>Takes a checkpoint that a peer shows: of a third partner's log, of its own, or of this node's.</summary>
    /// <param name="note">Any text; what is not a checkpoint signed by a known log is passed over.</param>
    /// <param name="source">The peer.</param>
    /// <returns>What is held for that size; null when it was passed over, is not kept, or is of this node's own log.</returns>
    public async Task<HeldCheckpoint?> TakeAsync(string note, PartnerId source, CancellationToken cancellationToken)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(note);
        if (!SignedNote.TryParse(bytes, out var signed, out _) || !HeldCheckpoint.IsShort(signed.Text) || !Checkpoint.TryParse(signed.Text, out var checkpoint)) return null;
        var head = new LogHead(checkpoint.Size, checkpoint.Root);
        if (_last.TryGetValue(checkpoint.Origin, out var last) && last.Head == head) return last;
        if (directory.Own.HasLog(checkpoint.Origin))
        {
            await own.CompareAsync(note, $"'{source}'", cancellationToken);
            return null;
        }
        return FindKey(checkpoint.Origin, checkpoint.Size) is { } key && key.Name == checkpoint.Origin && signed.TryVerify([key], out _, out _)
            ? await HoldAsync(checkpoint, OnlyOf(signed, key), source, isPaced: true, cancellationToken)
            : null;
    }

    /// <summary>Keeps a checkpoint whose signature is verified and looks for a conflict. Nothing is kept of a log that is distrusted.</summary>
    /// <param name="note">With the log's signature alone.</param>
    /// <param name="isPaced">Whether it is kept only as often as each log may: what is signed often and never cosigned would fill the store.</param>
    /// <returns>What is held for that size; null when nothing is.</returns>
    public async Task<HeldCheckpoint?> HoldAsync(Checkpoint checkpoint, string note, PartnerId source, bool isPaced, CancellationToken cancellationToken)
    {
        var given = new HeldCheckpoint(checkpoint.Origin, new LogHead(checkpoint.Size, checkpoint.Root), note, source, Utc.FromDateTime(time.GetUtcNow()));
        var held = await store.FindHeldAsync(given.Origin, given.Head.Size, cancellationToken);
        if (IsDistrusted(given.Origin)) return held;
        // Whoever stole a log key can sign with it after its revocation too: what comes only then says nothing of the owner.
        if (held?.Head.Root != given.Head.Root && FindOwner(given.Origin) is { } owner && !RevokedLogKeys.Counts(note, owner, directory.Keys)) return held;
        if (held is null)
        {
            if (FindEnd(given.Origin) is { Cut: { } cut })
            {
                if (given.Head.Size > cut.SeenSize && given.Head.Size > (_last.GetValueOrDefault(given.Origin)?.Head.Size ?? 0)) PeeringLog.MoreWasLost(logger, source.Value, given.Head.Size, given.Origin, cut.SeenSize);
            }
            else
            {
                if (FindOwner(given.Origin) is { } of) await BeginAsync(of, given.Origin, cancellationToken);
                // Asked about also where it is not kept: what waits for that is bounded.
                lineages.Add(given, isFromOwner: source == FindOwner(given.Origin));
            }
            if (isPaced && FindOwner(given.Origin) is { } whose && !_pace.TryEnter(whose)) return null;
            held = await store.HoldAsync(given, cancellationToken);
            _last[held.Origin] = held;
        }
        if (held.Head.Root != given.Head.Root) await AddConflictAsync(held, given, cancellationToken);
        return held;
    }

    /// <summary>Compares a restore, when it comes, with what was held of the log before: more may have been seen than it says, or something else.</summary>
    public async Task CheckEndAsync(KeyEvent restore, CancellationToken cancellationToken)
    {
        string origin = restore.Previous.Card.LogKey.Name;
        if (restore.Cut is not { } cut || await store.FindLargestHeldAsync(origin, long.MaxValue, cancellationToken) is not { } largest) return;
        if (largest.Head.Size > cut.SeenSize) PeeringLog.MoreWasLost(logger, largest.Source.Value, largest.Head.Size, origin, cut.SeenSize);
        if (await store.FindHeldAsync(origin, cut.SeenSize, cancellationToken) is { } seen && seen.Head.Root != cut.SeenRoot) PeeringLog.OtherWasSeen(logger, seen.Source.Value, cut.SeenSize, origin);
    }

    /// <summary>Takes note of what this node has cosigned.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="latest">The one that it was shown to extend; null for the first.</param>
    public void Cosigned(WitnessedCheckpoint checkpoint, WitnessedCheckpoint? latest)
    {
        _cosigned.AddOrUpdate(checkpoint.Origin, checkpoint, (_, before) => checkpoint.Head.Size > before.Head.Size ? checkpoint : before);
        if (latest is not null) lineages.Extended(checkpoint.Origin, latest.Head, ToHeld(checkpoint));
    }

    private HeldCheckpoint ToHeld(WitnessedCheckpoint cosigned)
        => new(cosigned.Origin, cosigned.Head, cosigned.Note, identity.Partner, Utc.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(cosigned.UnixTimeS)));

    /// <summary>One for each size: a third root of it proves nothing more, and a forgiven one comes again and again.</summary>
    private async Task AddConflictAsync(HeldCheckpoint held, HeldCheckpoint given, CancellationToken cancellationToken)
    {
        if (_conflicts.Any(known => known.Origin == given.Origin && known.Size == given.Head.Size)
            || !await store.AddConflictAsync(given.Origin, Misbehaviour.Of(held.Note, given.Note), cancellationToken)) return;
        PeeringLog.LogConflictFound(logger, given.Origin, given.Head.Size, held.Source, given.Source);
        PeeringMetrics.ConflictFound(given.Origin);
        _conflicts = await store.ListConflictsAsync(cancellationToken);
    }

    /// <summary>Lets a log be cosigned again, under all of its names.</summary>
    /// <returns>How many conflicts are forgiven by it.</returns>
    public async Task<int> ForgiveAsync(string origin, string reason, CancellationToken cancellationToken)
    {
        int forgiven = 0;
        foreach (string name in OpenConflicts(origin).Select(conflict => conflict.Origin).Append(origin).Distinct().ToList()) forgiven += await store.ForgiveAsync(name, reason, cancellationToken);
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
