using System.Text;
using System.Text.Json;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>One bundle as it is read: every entry is checked by itself, and what ties entries together is collected.</summary>
internal sealed class AuditedLog(SignedNodeCard card, AuditedCards cards, EvidenceScope scope)
{
    /// <summary>Longest time between reading the feed for a manifest and its log entry; also between a receipt and its entry.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    /// <summary>Most checkpoints that stand in a bundle for one size of the log.</summary>
    public const int CheckpointsOfASizeMax = 64;

    private const int LongestShown = 40;
    private readonly AuditedAgreements _agreements = new();
    private readonly List<AuditedPublication> _publications = [];
    private readonly AuditedAuditors _auditors = new();

    /// <summary>The newest checkpoint of each log that manifests carry: most carry the same as the one before.</summary>
    private readonly Dictionary<PartnerId, CheckpointClaim> _lastClaims = [];

    /// <summary>Notes of checkpoints with lines of keys that are not known where they stand.</summary>
    private readonly List<(int Checkpoint, byte[] Note)> _unread = [];
    private (long Size, int Count) _checkpointsHere;

    // What the fault of the entry that is being checked would mean, and which manifest it would be about.
    private FindingKind _meaning;
    private Hash256? _manifest;

    public SignedNodeCard Card => card;
    public AuditedCards Cards => cards;

    /// <summary>The keys of the log's own node, as far as it has been read.</summary>
    public KeyHistory Keys => cards.Find(card.Card.PartnerId)!;
    public PartnerId Partner { get; } = PartnerId.Parse(card.Card.PartnerId);

    /// <summary>What part of the log is here, as the bundle says.</summary>
    public EvidenceScope Scope => scope;

    /// <summary>Hashes of all entries, shown or hidden.</summary>
    public AuditedTree Tree { get; } = new();

    public Epoch LastTime { get; private set; }

    /// <summary>When the bundle says that it was made, by the node's clock: nobody else vouches for it.</summary>
    public Epoch ExportedAt { get; init; }

    /// <summary>See <see cref="EvidenceTrust.AsOf"/>.</summary>
    public Epoch? AsOf { get; init; }

    /// <summary>Until when the bundle says that it speaks: its last entry, or later when it says that it was made later.</summary>
    public Epoch Until => ExportedAt > LastTime ? ExportedAt : LastTime;

    public AuditedManifests Issued { get; } = new();
    public AuditedManifests Received { get; } = new();
    public CheckpointClaims Claims { get; } = new();
    public AuditedNotices Notices { get; } = new(PartnerId.Parse(card.Card.PartnerId));
    public Dictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>The agreements, with what each became when.</summary>
    public AuditedAgreements Agreements => _agreements;

    /// <summary>Signatures that are still to be verified.</summary>
    public SignatureChecks Signatures { get; } = new();

    /// <summary>Entries that do not hold by themselves.</summary>
    public List<BundleFault> EntryFaults { get; } = [];

    /// <summary>Everything that is wrong with the bundle by itself, once it has been concluded.</summary>
    public List<BundleFault> Faults { get; } = [];

    /// <summary>Proofs that others showed two histories, not verified yet.</summary>
    public List<(Misbehaviour Conflict, long Entry)> Conflicts { get; } = [];

    /// <summary>Proofs that others signed two manifests which contradict each other; verified.</summary>
    public List<(PartnerId Provider, ManifestContradiction Contradiction, long Entry)> Equivocations { get; } = [];

    /// <summary>Own publications, by feed position less one.</summary>
    public IReadOnlyList<AuditedPublication> Publications => _publications;

    /// <summary>Checkpoints of this log that stand in the bundle by themselves, and the last; with the cosignatures of witnesses whose cards are here. Without their notes: there can be many.</summary>
    public List<CosignedCheckpoint> Checkpoints { get; } = [];

    /// <summary>Checkpoints and time-stamps that do not hold.</summary>
    public List<BundleFault> CheckpointFaults { get; } = [];

    /// <summary>Times of entries, against each other and against others' clocks.</summary>
    public AuditedTimes Times { get; } = new();

    /// <summary>Time-stamps of this log's checkpoints.</summary>
    public AuditedTimestamps Timestamps { get; init; } = new([]);

    /// <exception cref="InvalidDataException">The part does not belong where it stands.</exception>
    public void Take(EvidencePart part)
    {
        switch (part)
        {
            case EvidencePart.Entry { Revealed: var entry }:
                if (entry.Index != Tree.Size) throw new InvalidDataException($"entry {entry.Index} stands where {Tree.Size} belongs.");
                Take(entry);
                break;
            case EvidencePart.Hidden { Subtree: var subtree }:
                if (!Tree.TryHide(subtree)) throw new InvalidDataException($"a hidden part of level {subtree.Node.Level}, index {subtree.Node.Index} stands where entry {Tree.Size} belongs.");
                break;
            case EvidencePart.SignedCheckpoint { Note: var note }:
                CountHere();
                if (OpenHere(note, "checkpoint") is { } checkpoint) TakeSeen(checkpoint);
                break;
            case EvidencePart.TimeStamp stamp:
                if (OpenHere(stamp.Note, "time-stamped checkpoint") is { } stamped && Timestamps.Take(stamped, stamp, Times) is { } fault) CheckpointFaults.Add(new BundleFault(FindingKind.Forged, fault));
                break;
        }
    }

    /// <summary>Takes the bundle's own checkpoint when all has been read.</summary>
    public void TakeNewest(string note)
    {
        if (cards.Changes > 0) ReopenSeen();
        if (Open(note) is { } newest && newest.Size == Tree.Size && newest.Root == Tree.Root) TakeSeen(newest);
    }

    /// <summary>A witness may have cosigned with a key of which the log tells only further on.</summary>
    private void ReopenSeen()
    {
        foreach (var (at, note) in _unread)
            if (Open(note) is { } again && again.Cosignatures.Count > Checkpoints[at].Cosignatures.Count) Checkpoints[at] = again with { Note = "" };
    }

    /// <exception cref="InvalidDataException">More checkpoints stand here than any log has of one size.</exception>
    private void CountHere()
    {
        _checkpointsHere = _checkpointsHere.Size == Tree.Size ? (Tree.Size, _checkpointsHere.Count + 1) : (Tree.Size, 1);
        if (_checkpointsHere.Count > CheckpointsOfASizeMax) throw new InvalidDataException($"there are more than {CheckpointsOfASizeMax} checkpoints of {Tree.Size} entries.");
    }

    /// <exception cref="InvalidDataException">It is of another number of entries than are covered.</exception>
    private CosignedCheckpoint? OpenHere(string note, string what)
    {
        if (Open(note) is not { } opened) return null;
        if (opened.Size != Tree.Size) throw new InvalidDataException($"a {what} of {opened.Size} entries stands where {Tree.Size} are covered.");
        if (opened.Root != Tree.Root) CheckpointFaults.Add(new BundleFault(FindingKind.Rewritten, $"the {what} of {opened.Size} entries has another root than these"));
        return opened;
    }

    private CosignedCheckpoint? Open(string note) => Open(Encoding.UTF8.GetBytes(note));

    private CosignedCheckpoint? Open(byte[] note)
    {
        var opened = CosignedCheckpoint.TryOpen(note, Partner, cards.LogKey, cards.WitnessKey, out string fault);
        if (opened is null) CheckpointFaults.Add(new BundleFault(FindingKind.Forged, $"a checkpoint after {Tree.Size} entries does not open: {fault}"));
        return opened;
    }

    private void TakeSeen(CosignedCheckpoint checkpoint)
    {
        Checkpoints.Add(checkpoint with { Note = "" });
        // The log's own line, and one for each witness that was known here: where there are more, a key may be told of later.
        if (checkpoint.Note.AsSpan().Count("\n\u2014 ") > 1 + checkpoint.Cosignatures.Count) _unread.Add((Checkpoints.Count - 1, Encoding.UTF8.GetBytes(checkpoint.Note)));
        Times.TakeCheckpoint(checkpoint.Size);
        TellTimes(checkpoint);
    }

    private void TellTimes(CosignedCheckpoint checkpoint)
    {
        if (checkpoint.Cosignatures.Count == 0) return;
        Times.TakeSeen(checkpoint.Size, checkpoint.Cosignatures.Min(one => one.At), checkpoint.Cosignatures.Max(one => one.At), string.Join(", ", checkpoint.Cosignatures.Select(one => $"'{one.Witness}'")));
    }

    private void Take(LogEntry entry)
    {
        Tree.Append(entry.LeafHash);
        if (Counts.Count == 0 || entry.Time > LastTime) LastTime = entry.Time;
        Times.Take(entry);
        string kind = Shown(entry.Event.Kind);
        Counts[kind] = Counts.GetValueOrDefault(kind) + 1;
        _meaning = FindingKind.Malformed;
        if (Check(entry) is { } fault) AddFault(entry, _meaning, fault, _manifest);
        _manifest = null;
    }

    /// <summary>Waits for all signatures. To be called when everything has been read, before anything is concluded.</summary>
    public void Complete()
    {
        Signatures.Complete();
        cards.NoteOutlived();
        EntryFaults.Sort((one, other) => Nullable.Compare(one.Entry, other.Entry));
    }

    private void AddFault(LogEntry entry, FindingKind meaning, string fault, Hash256? manifest)
        => EntryFaults.Add(new BundleFault(meaning, $"entry {entry.Index} ({Shown(entry.Event.Kind)}): {fault}", entry.Index, manifest));

    private string? Check(LogEntry entry) => entry.Event.Kind switch
    {
        LogKinds.NodeCard => CheckCard(entry, own: true),
        LogKinds.PeerPinned => CheckCard(entry, own: false),
        LogKinds.KeyEvent => CheckKeyEvent(entry, isOwn: true),
        LogKinds.PeerKeyEvent => CheckKeyEvent(entry, isOwn: false),
        LogKinds.Agreement => As(FindingKind.OutOfAgreement, _agreements.Take(entry, cards)),
        LogKinds.Publication => CheckDocument<PublicationDocument>(entry, DocumentContexts.Publication, document => document.Originator, TakePublication),
        LogKinds.ManifestIssued => CheckDocument<ManifestDocument>(entry, DocumentContexts.Manifest, document => document.Provider, (id, document) => TakeIssued(entry, id, document)),
        LogKinds.ManifestReceived => CheckDocument<ManifestDocument>(entry, DocumentContexts.Manifest, document => document.Provider, (id, document) => TakeReceived(entry, id, document)),
        LogKinds.ReceiptReceived => CheckDocument<ReceiptDocument>(entry, DocumentContexts.Receipt, document => document.Receiver, (_, document) => TakeReceipt(entry, document, Issued)),
        LogKinds.ReceiptIssued => CheckDocument<ReceiptDocument>(entry, DocumentContexts.Receipt, document => document.Receiver, (_, document) => TakeReceipt(entry, document, Received)),
        LogKinds.Withheld => TakeWithheld(entry),
        LogKinds.ItemsIssued => TakeItems(entry, Issued),
        LogKinds.ItemsReceived => TakeItems(entry, Received),
        LogKinds.AgreementTransition => CheckTransition(entry),
        LogKinds.Notice => CheckDocument<NoticeDocument>(entry, DocumentContexts.Notice, document => document.Originator, Notices.TakeNotice),
        LogKinds.NoticeReceiptIssued => CheckDocument<NoticeReceiptDocument>(entry, DocumentContexts.NoticeReceipt, document => document.Receiver, (id, document) => As(FindingKind.Forged, Notices.TakeReceipt(entry, id, document, issued: true))),
        LogKinds.NoticeReceiptReceived => CheckDocument<NoticeReceiptDocument>(entry, DocumentContexts.NoticeReceipt, document => document.Receiver, (id, document) => As(FindingKind.Forged, Notices.TakeReceipt(entry, id, document, issued: false))),
        LogKinds.DeletionIssued => CheckDocument<DeletionDocument>(entry, DocumentContexts.Deletion, document => document.Holder, (id, document) => As(FindingKind.OutOfAgreement, Notices.TakeDeletion(entry, id, document, issued: true, _agreements.Find(document.Agreement)))),
        LogKinds.DeletionReceived => CheckDocument<DeletionDocument>(entry, DocumentContexts.Deletion, document => document.Holder, (id, document) => As(FindingKind.OutOfAgreement, Notices.TakeDeletion(entry, id, document, issued: false, _agreements.Find(document.Agreement)))),
        LogKinds.CheckpointConflict => TakeConflict(entry),
        LogKinds.CheckpointForgiven => ForgivenConflict.TryParse(entry.Event.Body.Span, out _) ? null : "it is not well-formed",
        LogKinds.CheckpointUnproven => UnprovenGrowth.TryParse(entry.Event.Body.Span, out _) ? null : "it is not well-formed",
        LogKinds.Auditor => scope.IsWhole ? _auditors.Take(entry.Event.Body.Span) : AuditorEvent.TryParse(entry.Event.Body.Span, out _) ? null : "it is not well-formed",
        LogKinds.Refusal => CheckRefusal(entry),
        LogKinds.DenialIssued => CheckDocument<DenialDocument>(entry, DocumentContexts.Denial, document => document.Provider, (_, document) => AuditedAnswers.WhyNotIssued(document, Partner) ?? WhyNoAgreement(document.Agreement) ?? As(FindingKind.Late, AuditedAnswers.WhyLate(document, entry.Time))),
        LogKinds.DenialReceived => CheckDocument<DenialDocument>(entry, DocumentContexts.Denial, document => document.Provider, (_, document) => AuditedAnswers.WhyNotReceived(document, Partner) ?? WhyNoAgreement(document.Agreement)),
        LogKinds.ExchangePaused or LogKinds.ExchangeResumed => PauseEvent.TryParse(entry.Event.Body.Span, out _) ? null : "it is not well-formed",
        LogKinds.Equivocation => TakeEquivocation(entry),
        LogKinds.ExchangeRestarted => TakeRestart(entry),
        _ => "no entry is of that kind",
    };

    private string? CheckCard(LogEntry entry, bool own)
    {
        _meaning = FindingKind.Forged;
        if (!SignedNodeCard.TryOpen(entry.Event.Body.Span, out var opened, out string? fault)) return fault;
        return own ? cards.Begin(opened) : cards.Pin(opened);
    }

    private string? CheckKeyEvent(LogEntry entry, bool isOwn)
    {
        _meaning = FindingKind.Forged;
        if (!KeyEvent.TryOpen(entry.Event.Body.Span, out var change, out string? fault)) return fault;
        // It is written into the restored log before anything else.
        if (isOwn && change.Cut is not null && change.LogSize > entry.Index) return As(FindingKind.Rewritten, $"it says that {change.LogSize} entries stood before it");
        return cards.Change(change, isOwn);
    }

    /// <summary>Checks form and signature; where no card of the signer is at hand, that is counted, and the rest is checked as if it were signed.</summary>
    private string? CheckDocument<T>(LogEntry entry, ContextLabel context, Func<T, PartnerId> signer, Func<Hash256, T, string?> further)
        where T : class, ITypedDocument
    {
        if (!SignedDocument.TryParse(entry.Event.Body.Span, out var signed) || !DocumentJson.TryRead<T>(signed.Payload.Span, context, out var document)) return "it is not well-formed";
        string? fault = further(signed.Id, document);
        CheckSignature(entry, signed, context, signer(document), DocumentDates.Of(document) ?? entry.Time);
        return fault;
    }

    /// <summary>By the key of the document's date, as far as the log has told of keys by here.</summary>
    private void CheckSignature(LogEntry entry, SignedDocument signed, ContextLabel context, PartnerId signer, Epoch at)
    {
        if (!cards.Knows(signer))
        {
            cards.CountUnchecked(signer.Value);
            return;
        }
        var (manifest, key, isRevoked) = (_manifest, cards.SigningKey(signer, signed.KeyId, at), cards.Find(signer.Value)!.IsRevoked(signed.KeyId));
        Signatures.Add(() => key is not null && signed.Verify(key, context), holds =>
        {
            if (!holds) AddFault(entry, FindingKind.Forged, $"the signature is not that of '{signer}'", manifest);
            else cards.TakeSigned(signer, signed.KeyId, at, entry.Index);
            if (holds && isRevoked) cards.NoteBackdated(signer, $"entry {entry.Index} ({entry.Event.Kind})");
        }, entry.Event.Body.Length);
    }

    private string? TakePublication(Hash256 id, PublicationDocument document)
    {
        Notices.TakePublication(id, document.Size, _publications.Count + 1, document.Priority);
        // Kept in any case: the positions of those after it count from it.
        _publications.Add(new AuditedPublication(document.Size, document.Published, document.Priority) { Id = id, Root = document.Root });
        return document.Originator != Partner ? $"it is of '{document.Originator}'"
            : document.Size is < 1 or > PublicationDocument.SizeMax ? $"it has {document.Size} records"
            : null;
    }

    private string? CheckTransition(LogEntry entry)
    {
        if (!SignedDocument.TryParse(entry.Event.Body.Span, out var original) || !SignedTransition.TryRead(original, out var transition)) return "it is not well-formed";
        var (party, time) = (transition.Document.Party, transition.Document.Time);
        CheckSignature(entry, original, DocumentContexts.Transition, party, time);
        bool isOwn = party == Partner;
        if (isOwn && (time > entry.Time.Plus(LongestDelay) || time.Plus(LongestDelay) < entry.Time)) return As(FindingKind.Late, $"it says {time} and was logged at {entry.Time}");
        return As(FindingKind.OutOfAgreement, _agreements.TakeTransition(transition, entry.Index));
    }

    private string? TakeIssued(LogEntry entry, Hash256 id, ManifestDocument document)
    {
        if (document.Provider != Partner) return $"'{Partner}' is not its provider";
        _manifest = id;
        var manifest = new AuditedManifest(EntryPlace.Of(entry), id, document with { Checkpoint = "" }, _publications.Count);
        if (!Issued.TryAdd(manifest)) return As(FindingKind.Extra, "the log holds it already");
        if (TakeCheckpoint(entry, manifest, document.Checkpoint) is { } fault) return fault;
        if (manifest.CheckpointSize > entry.Index) return As(FindingKind.Rewritten, $"its checkpoint counts {manifest.CheckpointSize} entries, of which it would be one");
        if (document.Watermark > entry.Time.Plus(LongestDelay) || document.Watermark.Plus(LongestDelay) < entry.Time) return As(FindingKind.Late, $"it says {document.Watermark} and was logged at {entry.Time}");
        return As(FindingKind.OutOfAgreement, _agreements.WhyClosed(document.Agreement, document.Provider, document.Receiver, document.Watermark) ?? WhyNoLane(document));
    }

    private string? TakeReceived(LogEntry entry, Hash256 id, ManifestDocument document)
    {
        if (document.Receiver != Partner || document.Provider == Partner) return $"'{Partner}' is not its receiver";
        _manifest = id;
        var manifest = new AuditedManifest(EntryPlace.Of(entry), id, document with { Checkpoint = "" }, 0);
        if (!Received.TryAdd(manifest)) return As(FindingKind.Extra, "the log holds it already");
        if (cards.Knows(document.Provider) && TakeCheckpoint(entry, manifest, document.Checkpoint) is { } fault) return fault;
        _meaning = FindingKind.OutOfAgreement;
        if (_agreements.Find(document.Agreement) is not { } agreement) return $"it names agreement {document.Agreement}, which this log does not hold before it";
        var reason = ReleasePolicy.WhyClosed(agreement, AgreementState.Active, document.Provider, document.Receiver, document.Watermark);
        return reason == WithholdReason.None ? WhyNoLane(document) : $"agreement {document.Agreement} released nothing at {document.Watermark}: {reason}";
    }

    private string? WhyNoLane(ManifestDocument document)
        => document.Lane is { } lane && (_agreements.Find(document.Agreement) is not { } agreement || FeedLanes.Of(agreement, document.Provider, document.Receiver, lane.Priority).Contains(lane)) ? null
            : $"agreement {document.Agreement} has no lane {document.Source} after {document.DelayS} s";

    /// <summary>Takes what a manifest's checkpoint claims, once its signature holds.</summary>
    private string? TakeCheckpoint(LogEntry entry, AuditedManifest manifest, string note)
    {
        var provider = manifest.Document.Provider;
        var claim = _lastClaims.GetValueOrDefault(provider);
        if (claim?.Note != note)
        {
            if (CheckpointClaim.Read(note, (origin, size) => cards.LogKey(provider, origin, size), out string? fault) is not { } read) return As(FindingKind.Forged, $"its checkpoint does not open: {fault}");
            _lastClaims[provider] = claim = read;
        }
        if (cards.WhyEnded(provider, claim.Checkpoint.Origin, manifest.Document.Watermark) is { } ended) return As(FindingKind.Rewritten, $"its checkpoint is of a log that is no more: {ended}");
        manifest.CheckpointSize = claim.Checkpoint.Size;
        Signatures.Add(() => claim.IsSigned, holds =>
        {
            if (!holds)
            {
                manifest.CheckpointSize = null;
                AddFault(entry, FindingKind.Forged, "its checkpoint does not open: it is not signed by the log's key", manifest.Id);
            }
            else if (Claims.Add(provider, claim.Checkpoint, new ClaimPlace(Partner, manifest.Entry.Index, manifest.Entry.Time)) is { } conflict)
                AddFault(entry, FindingKind.SplitView, conflict, manifest.Id);
        }, note.Length);
        return null;
    }

    private string? TakeReceipt(LogEntry entry, ReceiptDocument receipt, AuditedManifests manifests)
    {
        _manifest = receipt.Manifest;
        return As(FindingKind.Forged, manifests.TakeReceipt(receipt, EntryPlace.Of(entry)));
    }

    private string? TakeItems(LogEntry entry, AuditedManifests manifests)
    {
        if (!ManifestItems.TryParse(entry.Event.Body.Span, out var items)) return "it is not well-formed";
        if (manifests.Find(items.Manifest) is not { } manifest) return "it is for a manifest that this log does not hold before it";
        _manifest = items.Manifest;
        if (manifest.Items is not null) return "the log lists the items of that manifest already";
        manifest.Items = items;
        if (items.WhyOther(manifest.Id, manifest.Document) is { } other) return As(FindingKind.Different, $"its items are not its manifest's: {other}");
        if (manifest.Document.Lane is { IsOwn: true } && items.Slices.FirstOrDefault(slice => slice.Originator != manifest.Document.Provider) is { } stray)
            return As(FindingKind.Different, $"its manifest is of the provider's own records, and it lists such of '{stray.Originator}'");
        if (_agreements.Find(manifest.Document.Agreement) is not { } agreement) return null;
        var grants = agreement.Terms.Grants.Select(grant => grant.Id).ToHashSet();
        return items.Slices.SelectMany(slice => slice.Items).FirstOrDefault(item => !grants.Contains(item.Clause)) is { Clause: var clause } && clause != default ? As(FindingKind.OutOfAgreement, $"the agreement has no grant '{clause}'") : null;
    }

    private string? TakeConflict(LogEntry entry)
    {
        if (!Misbehaviour.TryParse(entry.Event.Body.Span, out var conflict)) return "it is not well-formed";
        Conflicts.Add((conflict, entry.Index));
        return null;
    }

    private string? WhyNoAgreement(AgreementId id) => _agreements.Find(id) is null ? $"it names agreement {id}, which this log does not hold before it" : null;

    private string? TakeRestart(LogEntry entry)
    {
        if (!RestartEvent.TryParse(entry.Event.Body.Span, out var body)) return "it is not well-formed";
        if (body.Provider == Partner) return "a node does not begin anew with itself";
        Received.Restarts.Add((new AuditedManifest.Direction(body.Agreement, body.Provider, Partner, body.IsUrgent ? FeedPriority.Urgent : FeedPriority.Routine), entry.Index));
        return null;
    }

    /// <summary>A refused answer may bring along the manifest that the provider signed.</summary>
    private string? CheckRefusal(LogEntry entry)
    {
        if (!IsJsonObject(entry.Event.Body.Span)) return "it is not well-formed";
        if (!RefusedAnswer.TryParse(entry.Event.Body.Span, out var refused) || refused.Manifest is not { } json) return null;
        if (!SignedDocument.TryParse(json, out var signed) || !DocumentJson.TryRead<ManifestDocument>(signed.Payload.Span, DocumentContexts.Manifest, out var manifest)) return "the manifest in it is not well-formed";
        CheckSignature(entry, signed, DocumentContexts.Manifest, refused.Provider, manifest.Watermark);
        return null;
    }

    private string? TakeEquivocation(LogEntry entry)
    {
        if (!Equivocation.TryParse(entry.Event.Body.Span, out var proof) || proof.Provider is not { } provider) return "it is not well-formed";
        if (!cards.Knows(provider))
        {
            cards.CountUnchecked(provider.Value);
            return null;
        }
        if (!proof.Verify(cards, out var contradiction, out string? fault)) return As(FindingKind.Forged, $"it says that '{provider}' signed two manifests that contradict each other, and does not prove it: {fault}");
        Equivocations.Add((provider, contradiction, entry.Index));
        return null;
    }

    private string? TakeWithheld(LogEntry entry)
    {
        if (!WithheldEvent.TryParse(entry.Event.Body.Span, out var body)) return "it is not well-formed";
        _manifest = body.Manifest;
        if (Issued.Find(body.Manifest) is not { } manifest) return "it is for a manifest that this log does not hold";
        if (manifest.Withheld is not null) return "the log counts what that manifest withholds already";
        if (body.Withheld.Any(count => count.Count < 1)) return "a count is below 1";
        manifest.Withheld = body.Withheld.Sum(count => (long)count.Count);
        manifest.WithheldToReader = body.Total;
        long gone = body.Withheld.Where(count => count.Reason == nameof(WithholdReason.RetentionOver)).Sum(count => (long)count.Count);
        if (manifest.Document.Snapshot is { } snapshot && snapshot.DroppedRecords != gone) return As(FindingKind.Different, $"it counts {gone} records that are kept no longer, and the manifest's snapshot {snapshot.DroppedRecords}");
        if (manifest.Document.Withheld is { } told && told != body.Total) return As(FindingKind.Different, $"it counts {body.Total} records that the reader gets in no form, and the manifest tells the reader of {told}");
        if (_agreements.Find(manifest.Document.Agreement) is not { } agreement) return null;
        foreach (var count in body.Withheld)
        {
            if (!Enum.TryParse<WithholdReason>(count.Reason, out var reason) || !Enum.IsDefined(reason) || reason == WithholdReason.None) return $"no reason is called '{Shown(count.Reason)}'";
            if (count.Clause is { } clause && !agreement.Terms.Grants.Cast<Clause>().Concat(agreement.Terms.Prohibitions).Any(one => one.Id.Value == clause)) return $"the agreement has no clause '{Shown(clause)}'";
        }
        return null;
    }

    /// <summary>Keeps what a fault would mean.</summary>
    private string? As(FindingKind meaning, string? fault)
    {
        if (fault is not null) _meaning = meaning;
        return fault;
    }

    /// <summary>A word from the bundle for people to read: short, and unable to move a terminal's cursor.</summary>
    private static string Shown(string word)
        => string.Concat(word.Take(LongestShown).Select(c => c is >= ' ' and <= '~' ? c : '?')) + (word.Length > LongestShown ? "..." : "");

    private static bool IsJsonObject(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
