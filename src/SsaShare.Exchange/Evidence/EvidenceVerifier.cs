using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>
/// Checks an evidence bundle offline. Trusted are only the node cards that the auditor brings; without them the bundle's own cards are
/// used, and the report says so.
/// </summary>
public sealed class EvidenceVerifier
{
    private readonly List<VerificationStep> _steps = [];
    private readonly Dictionary<string, NodeCard> _cards = new(StringComparer.Ordinal);
    private readonly Dictionary<Hash256, ManifestDocument> _issued = [], _received = [];
    private readonly HashSet<AgreementId> _agreements = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<string> _faults = [];
    private PartnerId _self;

    /// <summary>Reads and checks a whole bundle.</summary>
    /// <param name="bundle">Lines as <see cref="EvidenceBundle"/> writes them.</param>
    /// <param name="trustedCards">Cards that the auditor got by another way; may be empty.</param>
    /// <exception cref="InvalidDataException">The text is not a bundle; the message names the line.</exception>
    public static async Task<EvidenceReport> VerifyAsync(TextReader bundle, IReadOnlyCollection<SignedNodeCard> trustedCards, CancellationToken cancellationToken)
    {
        var verifier = new EvidenceVerifier();
        await verifier.RunAsync(bundle, trustedCards, cancellationToken);
        return new EvidenceReport(verifier._steps, verifier._counts);
    }

    private async Task RunAsync(TextReader bundle, IReadOnlyCollection<SignedNodeCard> trusted, CancellationToken cancellationToken)
    {
        var head = EvidenceBundle.ReadHead(await bundle.ReadLineAsync(cancellationToken));
        if (!OpenCards(head, trusted, out var own)) return;

        var leaves = new List<Hash256>();
        long lineNumber = 1;
        while (await bundle.ReadLineAsync(cancellationToken) is { } line)
        {
            var entry = EvidenceBundle.ReadEntry(line, ++lineNumber);
            if (entry.Index != leaves.Count) throw new InvalidDataException($"line {lineNumber}: entry {entry.Index} stands where {leaves.Count} belongs.");
            leaves.Add(entry.LeafHash);
            _counts[entry.Event.Kind] = _counts.GetValueOrDefault(entry.Event.Kind) + 1;
            if (CheckEntry(entry) is { } fault) _faults.Add($"entry {entry.Index} ({entry.Event.Kind}): {fault}");
        }

        var whole = LogEvidence.VerifyWholeLog(Encoding.UTF8.GetBytes(head.Checkpoint), own.LogKey, leaves.ToArray());
        _steps.AddRange(whole.Steps);
        Add("signed documents", _faults.Count == 0, _faults.Count == 0
            ? $"Every publication, manifest, receipt and agreement in {leaves.Count} entries carries the signatures that it must, and each receipt is for a manifest in this log with the same records."
            : $"{_faults.Count} entries do not hold: {string.Join("; ", _faults.Take(10))}");
    }

    private bool OpenCards(EvidenceHead head, IReadOnlyCollection<SignedNodeCard> trusted, out NodeCard own)
    {
        own = null!;
        bool opened = SignedNodeCard.TryOpen(head.NodeCard, out var card, out string? fault);
        if (!Add("node card", opened, opened ? $"The log is of '{card!.Card.PartnerId}', node card {card.Id}." : fault!)) return false;
        own = card!.Card;
        _self = PartnerId.Parse(own.PartnerId);

        foreach (byte[] bytes in head.PinnedCards)
            if (SignedNodeCard.TryOpen(bytes, out var pinned, out _)) _cards.TryAdd(pinned.Card.PartnerId, pinned.Card);
        _cards[own.PartnerId] = own;
        foreach (var one in trusted)
        {
            if (_cards.TryGetValue(one.Card.PartnerId, out var claimed) && !claimed.SigningKey.Equals(one.Card.SigningKey))
                return Add("trusted cards", false, $"The bundle names another signing key for '{one.Card.PartnerId}' than the card given.");
            _cards[one.Card.PartnerId] = one.Card;
        }
        bool vouched = trusted.Any(one => one.Card.PartnerId == _self.Value && one.Card.LogKey.Equals(card.Card.LogKey));
        return Add("trusted cards", trusted.Count == 0 || vouched, trusted.Count == 0
            ? "No node card was given from elsewhere (--card): the bundle is checked against the cards in it, whose ids must still be compared by another way."
            : vouched ? "The node's card is the one given." : $"No card was given for '{_self}'.");
    }

    private string? CheckEntry(LogEntry entry) => entry.Event.Kind switch
    {
        LogKinds.Publication => CheckDocument<PublicationDocument>(entry, DocumentContexts.Publication, document => document.Originator, _ => null),
        LogKinds.ManifestIssued => CheckDocument<ManifestDocument>(entry, DocumentContexts.Manifest, document => document.Provider, (id, document) => KeepManifest(_issued, id, document, document.Provider)),
        LogKinds.ManifestReceived => CheckDocument<ManifestDocument>(entry, DocumentContexts.Manifest, document => document.Provider, (id, document) => KeepManifest(_received, id, document, document.Receiver)),
        LogKinds.ReceiptReceived => CheckDocument<ReceiptDocument>(entry, DocumentContexts.Receipt, document => document.Receiver, (_, document) => CheckReceipt(_issued, document)),
        LogKinds.ReceiptIssued => CheckDocument<ReceiptDocument>(entry, DocumentContexts.Receipt, document => document.Receiver, (_, document) => CheckReceipt(_received, document)),
        LogKinds.Agreement => CheckAgreement(entry.Event.Body.Span),
        _ => null,
    };

    private string? CheckDocument<T>(LogEntry entry, ContextLabel context, Func<T, PartnerId> signer, Func<T, string?> further)
        where T : class, ITypedDocument
        => CheckDocument(entry, context, signer, (_, document) => further(document));

    private string? CheckDocument<T>(LogEntry entry, ContextLabel context, Func<T, PartnerId> signer, Func<Hash256, T, string?> further)
        where T : class, ITypedDocument
    {
        if (!SignedDocument.TryParse(entry.Event.Body.Span, out var signed) || !DocumentJson.TryRead<T>(signed.Payload.Span, context, out var document)) return "it is not well-formed";
        string name = signer(document).Value;
        if (!_cards.TryGetValue(name, out var card)) return $"there is no card of '{name}'";
        return signed.Verify(card.SigningKey, context) ? further(signed.Id, document) : $"the signature is not that of '{name}'";
    }

    private string? KeepManifest(Dictionary<Hash256, ManifestDocument> manifests, Hash256 id, ManifestDocument document, PartnerId mustBeSelf)
    {
        manifests[id] = document;
        return mustBeSelf != _self ? $"'{_self}' is not its party"
            : !_agreements.Contains(document.Agreement) ? $"it names agreement {document.Agreement}, which this log does not hold with all signatures"
            : null;
    }

    private static string? CheckReceipt(Dictionary<Hash256, ManifestDocument> manifests, ReceiptDocument receipt)
        => !manifests.TryGetValue(receipt.Manifest, out var manifest) ? "it is for a manifest that this log does not hold"
            : (manifest.Receiver, manifest.ItemCount, manifest.ItemRoot) != (receipt.Receiver, receipt.ItemCount, receipt.ItemRoot) ? "it lists other records than its manifest"
            : null;

    private string? CheckAgreement(ReadOnlySpan<byte> body)
    {
        if (!AgreementEnvelope.TryParse(body, out var envelope, out string? fault)) return fault;
        var verification = envelope.Verify(_cards.Values);
        if (verification.Agreement is null) return verification.Explanation;
        if (verification.Outcome == AgreementOutcome.Complete) _agreements.Add(envelope.Id);
        return null;
    }

    private bool Add(string name, bool succeeded, string explanation)
    {
        _steps.Add(new VerificationStep(name, succeeded, explanation));
        return succeeded;
    }
}

/// <summary>What an audit found: its steps, and how many entries of each kind there are.</summary>
public sealed record EvidenceReport(IReadOnlyList<VerificationStep> Steps, IReadOnlyDictionary<string, int> EntryCounts)
{
    public bool Succeeded => Steps.Count > 0 && Steps.All(step => step.Succeeded);
}
