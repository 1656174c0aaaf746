using System.Text;
using System.Text.Json;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>
/// Chooses the entries that a scope shows, from candidates in the order of the log: what meets the scope, and what is needed to judge it (cards, the agreements
/// concerned, manifests of receipts, own publications by which positions are counted). Pure.
/// </summary>
/// <param name="scope">What is to be shown.</param>
public sealed class EvidenceSelection(EvidenceScope scope)
{
    /// <summary>Kinds that are about one partner, and found by it.</summary>
    private static readonly string[] Exchanged =
    [
        LogKinds.ManifestIssued, LogKinds.ManifestReceived, LogKinds.ItemsIssued, LogKinds.ItemsReceived, LogKinds.Withheld, LogKinds.ReceiptIssued, LogKinds.ReceiptReceived,
        LogKinds.DeletionIssued, LogKinds.DeletionReceived, LogKinds.Refusal,
        LogKinds.DenialIssued, LogKinds.DenialReceived, LogKinds.ExchangePaused, LogKinds.ExchangeResumed, LogKinds.Equivocation,
    ];

    /// <summary>All other kinds, those to come included, are looked through: whose keys, which agreements, the own feed. Who may read the log is nobody's evidence.</summary>
    private static readonly string[] Standing = [.. LogKinds.All.Except(Exchanged).Where(kind => kind != LogKinds.Auditor)];

    private readonly HashSet<long> _shown = [];
    private readonly SortedSet<long> _sizes = [];
    private readonly List<long> _publications = [];
    private readonly Dictionary<Hash256, long> _publicationIndices = [];
    private readonly Dictionary<AgreementId, List<long>> _agreements = [];
    private readonly HashSet<AgreementId> _concerned = [];
    private readonly Dictionary<Hash256, Candidate> _manifests = [], _notices = [];
    private long _lastIssued = -1;

    /// <summary>Searches that together find every entry which could be chosen, and more.</summary>
    public IReadOnlyList<LogQuery> Queries =>
    [
        new LogQuery { Kinds = [.. Standing] },
        // What belongs to a manifest can be logged later than it, by any time.
        new LogQuery { Kinds = [.. Exchanged], Peer = scope.Peer, Agreement = scope.Agreement, From = scope.From?.Plus(-AuditedLog.LongestDelay) },
    ];

    /// <summary>Indices of what is shown, rising. To be read when all candidates have been taken.</summary>
    public IReadOnlyList<long> Indices
    {
        get
        {
            foreach (var agreement in _concerned) _shown.UnionWith(_agreements.GetValueOrDefault(agreement) ?? []);
            if (scope.Record is null) _shown.UnionWith(_publications.TakeWhile(index => index < _lastIssued));
            return [.. _shown.Order()];
        }
    }

    /// <summary>Sizes of this log of which chosen manifests carry a checkpoint.</summary>
    public IReadOnlyCollection<long> Sizes => _sizes;

    public void Take(LogEntry entry)
    {
        switch (entry.Event.Kind)
        {
            case LogKinds.Agreement: TakeAgreement(entry); break;
            case LogKinds.AgreementTransition:
                if (Read<TransitionDocument>(entry, DocumentContexts.Transition) is { } transition) Remember(transition.Document.Agreement, entry.Index);
                break;
            case LogKinds.Publication: TakePublication(entry); break;
            case LogKinds.ManifestIssued or LogKinds.ManifestReceived: TakeManifest(entry); break;
            case LogKinds.ItemsIssued or LogKinds.ItemsReceived: TakeItems(entry); break;
            case LogKinds.Withheld:
                if (WithheldEvent.TryParse(entry.Event.Body.Span, out var withheld)) ShowWith(_manifests, withheld.Manifest, entry);
                break;
            case LogKinds.ReceiptIssued or LogKinds.ReceiptReceived:
                if (Read<ReceiptDocument>(entry, DocumentContexts.Receipt) is { } receipt) ShowWith(_manifests, receipt.Document.Manifest, entry);
                break;
            case LogKinds.Notice: TakeNotice(entry); break;
            case LogKinds.NoticeReceiptIssued or LogKinds.NoticeReceiptReceived: TakeNoticeReceipt(entry); break;
            case LogKinds.DeletionIssued or LogKinds.DeletionReceived: TakeDeletion(entry); break;
            case LogKinds.Refusal or LogKinds.ExchangePaused or LogKinds.ExchangeResumed: TakeNamed(entry); break;
            case LogKinds.DenialIssued or LogKinds.DenialReceived: TakeDenial(entry); break;
            case LogKinds.Equivocation: TakeEquivocation(entry); break;
            default:
                if (Standing.Contains(entry.Event.Kind)) _shown.Add(entry.Index);
                break;
        }
    }

    private void TakeAgreement(LogEntry entry)
    {
        if (!AgreementChange.TryParse(entry.Event.Body.Span, out var change) || !DsseEnvelope.TryParse(change.Envelope.Span, out var envelope, out _)
            || !Agreement.Read(envelope.Payload.Span).TryGetValue(out var agreement)) return;
        Remember(agreement.Id, entry.Index);
        if (scope.Record is null && (scope.Agreement is null || scope.Agreement == agreement.Id) && (scope.Peer is not { } peer || agreement.HasParty(peer))) _concerned.Add(agreement.Id);
    }

    private void TakePublication(LogEntry entry)
    {
        _publications.Add(entry.Index);
        if (SignedDocument.TryParse(entry.Event.Body.Span, out var document))
        {
            _publicationIndices.TryAdd(document.Id, entry.Index);
            if (scope.Record?.Publication == document.Id) _shown.Add(entry.Index);
        }
        if (scope is { Record: null, Peer: null, Agreement: null } && scope.Covers(entry.Time)) _shown.Add(entry.Index);
    }

    private void TakeManifest(LogEntry entry)
    {
        if (Read<ManifestDocument>(entry, DocumentContexts.Manifest) is not var (id, manifest)) return;
        bool isIssued = entry.Event.Kind == LogKinds.ManifestIssued;
        bool fits = scope.Covers(entry.Time) && (scope.Agreement is null || scope.Agreement == manifest.Agreement) && (scope.Peer is not { } peer || peer == (isIssued ? manifest.Receiver : manifest.Provider));
        if (!fits) return;
        _manifests.TryAdd(id, new Candidate(entry.Index) { Agreement = manifest.Agreement, IsIssued = isIssued, CheckpointSize = isIssued ? SizeOf(manifest.Checkpoint) : 0 });
        if (scope.Record is null) Show(_manifests, id);
    }

    private void TakeItems(LogEntry entry)
    {
        if (!ManifestItems.TryParse(entry.Event.Body.Span, out var items)) return;
        if (scope.Record is { } record && items.Slices.Any(slice => slice.Publication == record.Publication && slice.Items.Any(item => item.Index == record.Index))) Show(_manifests, items.Manifest);
        ShowWith(_manifests, items.Manifest, entry);
    }

    private void TakeNotice(LogEntry entry)
    {
        if (Read<NoticeDocument>(entry, DocumentContexts.Notice) is not var (id, notice)) return;
        _notices.TryAdd(id, new Candidate(entry.Index) { Publication = notice.Publication });
        if (scope.Agreement is null && scope.Covers(entry.Time) && (scope.Peer is null || scope.Peer == notice.Originator) && (scope.Record is null || scope.Record == notice.Place())) Show(_notices, id);
    }

    /// <summary>A peer's receipt brings its notice with it, except where a record is asked for.</summary>
    private void TakeNoticeReceipt(LogEntry entry)
    {
        if (Read<NoticeReceiptDocument>(entry, DocumentContexts.NoticeReceipt) is not var (_, receipt)) return;
        if (scope is { Agreement: null, Record: null } && scope.Covers(entry.Time) && scope.Peer == receipt.Receiver) Show(_notices, receipt.Notice);
        ShowWith(_notices, receipt.Notice, entry);
    }

    private void TakeDeletion(LogEntry entry)
    {
        if (Read<DeletionDocument>(entry, DocumentContexts.Deletion) is not var (_, deletion)) return;
        var peer = entry.Event.Kind == LogKinds.DeletionIssued ? deletion.Provider : deletion.Holder;
        if (!scope.Covers(entry.Time) || (scope.Agreement is { } agreement && agreement != deletion.Agreement) || (scope.Peer is { } only && only != peer)) return;
        if (scope.Record is { } record && !deletion.Records.Any(one => one.Publication == record.Publication && one.Indices.Contains(record.Index))) return;
        _shown.Add(entry.Index);
        _concerned.Add(deletion.Agreement);
    }

    private void TakeDenial(LogEntry entry)
    {
        if (scope.Record is not null || !scope.Covers(entry.Time) || Read<DenialDocument>(entry, DocumentContexts.Denial) is not var (_, denial)) return;
        var peer = entry.Event.Kind == LogKinds.DenialIssued ? denial.Receiver : denial.Provider;
        if ((scope.Peer is { } only && only != peer) || (scope.Agreement is { } under && under != denial.Agreement)) return;
        _shown.Add(entry.Index);
        _concerned.Add(denial.Agreement);
    }

    private void TakeEquivocation(LogEntry entry)
    {
        if (scope is { Record: null, Agreement: null } && scope.Covers(entry.Time) && Equivocation.TryParse(entry.Event.Body.Span, out var proof) && proof.Provider is { } provider
            && (scope.Peer is not { } only || only == provider)) _shown.Add(entry.Index);
    }

    /// <summary>An entry whose body names a peer and perhaps an agreement.</summary>
    private void TakeNamed(LogEntry entry)
    {
        if (scope.Record is not null || !scope.Covers(entry.Time)) return;
        var (peer, agreement) = ReadNames(entry.Event.Body);
        if ((scope.Peer is not { } only || only.Value == peer) && (scope.Agreement is not { } under || under.ToString() == agreement)) _shown.Add(entry.Index);
    }

    private void Remember(AgreementId agreement, long index)
    {
        if (!_agreements.TryGetValue(agreement, out var entries)) _agreements.Add(agreement, entries = []);
        entries.Add(index);
    }

    private void Show(Dictionary<Hash256, Candidate> candidates, Hash256 id)
    {
        if (!candidates.TryGetValue(id, out var one) || !_shown.Add(one.Index)) return;
        if (one.Agreement != default) _concerned.Add(one.Agreement);
        if (one.CheckpointSize > 0) _sizes.Add(one.CheckpointSize);
        if (one.IsIssued) _lastIssued = Math.Max(_lastIssued, one.Index);
        if (_publicationIndices.TryGetValue(one.Publication, out long publication)) _shown.Add(publication);
    }

    /// <summary>Shows an entry when what it belongs to is shown.</summary>
    private void ShowWith(Dictionary<Hash256, Candidate> candidates, Hash256 id, LogEntry entry)
    {
        if (candidates.TryGetValue(id, out var one) && _shown.Contains(one.Index)) _shown.Add(entry.Index);
    }

    private static (Hash256 Id, T Document)? Read<T>(LogEntry entry, ContextLabel context)
        where T : class, ITypedDocument
        => SignedDocument.TryParse(entry.Event.Body.Span, out var signed) && DocumentJson.TryRead<T>(signed.Payload.Span, context, out var document) ? (signed.Id, document) : null;

    private static long SizeOf(string note)
        => SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out var signed, out _) && Checkpoint.TryParse(signed.Text, out var checkpoint) ? checkpoint.Size : 0;

    private static (string? Peer, string? Agreement) ReadNames(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var named = JsonDocument.Parse(body);
            return (Text(named.RootElement, "peer") ?? Text(named.RootElement, "provider"), Text(named.RootElement, "agreement"));
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    private static string? Text(JsonElement body, string name)
        => body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A manifest or a notice.</summary>
    private readonly record struct Candidate(long Index)
    {
        /// <summary>Of a manifest.</summary>
        public AgreementId Agreement { get; init; }

        /// <summary>Whether it is a manifest of this node's.</summary>
        public bool IsIssued { get; init; }

        /// <summary>Entries of this log that an own manifest's checkpoint counts.</summary>
        public long CheckpointSize { get; init; }

        /// <summary>The publication that a notice is about.</summary>
        public Hash256 Publication { get; init; }
    }
}
