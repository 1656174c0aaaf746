using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>Atlantic gives, pacific receives, under one agreement; each step can be done dishonestly.</summary>
internal sealed class TestExchange
{
    private readonly Dictionary<FeedLane, long> _positions = [];
    private readonly Dictionary<FeedPriority, Hash256> _previous = [];

    /// <param name="delay">Of a second grant of the same records; empty: there is none.</param>
    /// <param name="terms">Further lines of the agreement.</param>
    public TestExchange(AgreementState state = AgreementState.Active, bool pacificSigns = true, string delay = "", string terms = "")
    {
        Atlantic.Pin(Pacific);
        Pacific.Pin(Atlantic);
        Agreement = Fix(delay, terms, Atlantic, Pacific);
        Envelope = AgreementEnvelope.Of(Agreement).Sign(Atlantic.Key);
        Atlantic.Agree(Envelope, AgreementState.Proposed);
        if (pacificSigns) Envelope = Envelope.Sign(Pacific.Key);
        Atlantic.Agree(Envelope, state);
        Pacific.Agree(Envelope, state);
    }

    public TestNode Atlantic { get; } = new("atlantic");
    public TestNode Pacific { get; } = new("pacific");
    public Agreement Agreement { get; }
    public AgreementEnvelope Envelope { get; }

    public static Agreement Fix(params TestNode[] parties) => Fix("", "", parties);

    private static Agreement Fix(string delay, string more, params TestNode[] parties)
    {
        string later = delay.Length == 0 ? "" : $"\n  - {{id: later, record_classes: [observation], delay: {delay}}}";
        var draft = AgreementDraft.ReadYaml(Sample.Utf8($"""
            kind: ssashare/agreement/v1
            title: An exchange
            parties: [{string.Join(", ", parties.Select(party => party.Partner))}]
            valid_from: 2026-01-01T00:00:00Z
            valid_until: 2036-01-01T00:00:00Z
            data_modes: [REAL]
            {more}
            grants:
              - id: all-observations
                record_classes: [observation]{later}
            prohibitions:
              - id: not-that-one
                objects: ["7734"]
            """));
        return Agreement.Fix(draft.TryGetValue(out var terms) ? terms : throw new InvalidOperationException(string.Join("; ", draft.Issues)),
            partner => parties.Single(party => party.Partner == partner).Card);
    }

    /// <summary>Publishes, gives and receives: three publications, of which one is withheld wholly and one in part.</summary>
    public static TestExchange Honest()
    {
        var exchange = new TestExchange();
        exchange.Atlantic.Publish(3);
        exchange.Deliver(exchange.Issue(1, items: 2, withheld: 1));
        exchange.Atlantic.Publish(2).Publish(4);
        exchange.Issue(1, items: 0, withheld: 2);
        exchange.Deliver(exchange.Issue(1, items: 4));
        return exchange;
    }

    /// <summary>Issues the next manifest and logs it with what it withholds.</summary>
    /// <param name="publications">How far it goes.</param>
    /// <param name="alter">Makes it dishonest before it is signed.</param>
    /// <param name="isLogged">False: it is given and not logged.</param>
    /// <param name="delayS">Of the lane.</param>
    /// <param name="priority">Of the lane.</param>
    public SignedDocument Issue(int publications, int items, int withheld = 0, Func<ManifestDocument, ManifestDocument>? alter = null, bool isLogged = true, long delayS = 0, FeedPriority priority = FeedPriority.Routine)
    {
        var lane = FeedLane.PromptOf(priority) with { Delay = TimeSpan.FromSeconds(delayS) };
        long position = _positions.GetValueOrDefault(lane);
        var document = new ManifestDocument(DocumentContexts.Manifest.Text, Agreement.Id, Atlantic.Partner, Pacific.Partner, position, position + publications, _previous.TryGetValue(priority, out var before) ? before : null,
            items == 0 ? 0 : publications, items, Hash256.Of(BitConverter.GetBytes(position)), true, Atlantic.Now, Atlantic.Checkpoint(), lane.Source, delayS, items);
        document = alter is null ? document : alter(document);
        var manifest = SignedDocument.Sign(Atlantic.Key, DocumentContexts.Manifest, DocumentJson.Write(document));
        (_positions[document.Lane ?? lane], _previous[priority]) = (document.ToPosition, manifest.Id);
        if (!isLogged) return manifest;
        Atlantic.Append(LogKinds.ManifestIssued, manifest.ToJson());
        if (withheld > 0) Atlantic.Append(LogKinds.Withheld, new WithheldEvent(manifest.Id, [new WithheldCount("not-that-one", nameof(WithholdReason.Prohibited), withheld)]).ToJson());
        return manifest;
    }

    /// <summary>The next manifest begins where the last one began: its answer was lost.</summary>
    public void Lose(SignedDocument manifest)
    {
        var document = Read(manifest);
        _positions[document.Lane!.Value] = document.AfterPosition;
        if (document.Previous is { } previous) _previous[document.Lane.Value.Priority] = previous;
        else _previous.Remove(document.Lane.Value.Priority);
    }

    /// <summary>The next manifest begins at the start of the feed: the receiver has begun anew.</summary>
    public void BeginAnew()
    {
        _positions.Clear();
        _previous.Clear();
    }

    /// <summary>The receiver logs manifest and receipt, the provider the receipt.</summary>
    public void Deliver(SignedDocument manifest, bool isReceiptReturned = true)
    {
        var document = Read(manifest);
        var receipt = SignedDocument.Sign(Pacific.Key, DocumentContexts.Receipt, DocumentJson.Write(new ReceiptDocument(
            DocumentContexts.Receipt.Text, manifest.Id, Pacific.Partner, document.ItemCount, document.ItemRoot, Pacific.Now)));
        Pacific.Append(LogKinds.ManifestReceived, manifest.ToJson()).Append(LogKinds.ReceiptIssued, receipt.ToJson());
        if (isReceiptReturned) Atlantic.Append(LogKinds.ReceiptReceived, receipt.ToJson());
    }

    public async Task<EvidenceAudit> AuditAsync(IReadOnlyCollection<SignedNodeCard>? cards = null)
        => await AuditAsync(cards ?? [Atlantic.Card, Pacific.Card], await Atlantic.ExportAsync(), await Pacific.ExportAsync());

    public static Task<EvidenceAudit> AuditAsync(IReadOnlyCollection<SignedNodeCard> cards, params string[] bundles)
        => EvidenceVerifier.VerifyAsync([.. bundles.Select((bundle, i) => new EvidenceSource($"bundle {i}", new MemoryStream(Sample.Utf8(bundle))))], cards, CancellationToken.None);

    private static ManifestDocument Read(SignedDocument manifest)
        => DocumentJson.TryRead<ManifestDocument>(manifest.Payload.Span, DocumentContexts.Manifest, out var document) ? document : throw new InvalidOperationException("Not a manifest.");
}
