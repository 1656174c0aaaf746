using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Benchmarks;

/// <summary>
/// The log of a node that gives 10 records at a time to one reader, as real nodes write it: publication, manifest with a checkpoint, items and receipt for
/// each answer, all signed. Written straight into a bundle.
/// </summary>
internal sealed class BenchLog : IDisposable
{
    private const int Records = 10, EntriesEach = 4;

    private readonly SigningKey _key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256), _readerKey = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
    private readonly NoteSigner _log = NoteSigner.Generate("ssashare/pacific/log"), _readerLog = NoteSigner.Generate("ssashare/atlantic/log");
    private readonly SignedNodeCard _card, _readerCard;
    private readonly Agreement _agreement;
    private readonly CompactRange _tree = new();
    private readonly byte[] _salt = new byte[EntryCommitment.SaltSize];
    private Epoch _now = BenchAgreements.At(2026, 1);
    private Stream? _bundle;

    public BenchLog()
    {
        _card = Card(BenchAgreements.Provider, _key, _log);
        _readerCard = Card(BenchAgreements.Reader, _readerKey, _readerLog);
        _agreement = Agreement.Fix(BenchAgreements.Draft(BenchAgreements.Document(BenchAgreements.Unconditional())), partner => partner == BenchAgreements.Provider ? _card : _readerCard);
    }

    public IReadOnlyCollection<SignedNodeCard> Cards => [_card, _readerCard];

    /// <summary>Writes a bundle; its head, which needs the last checkpoint, is put in place at the end.</summary>
    public async Task WriteAsync(string file, long entries)
    {
        string body = $"{file}.part";
        await using (_bundle = new BufferedStream(File.Create(body), 1 << 20))
        {
            Append(LogKinds.PeerPinned, _readerCard.ToJson());
            var envelope = AgreementEnvelope.Of(_agreement).Sign(_key);
            Append(LogKinds.Agreement, new Exchange.AgreementChange(AgreementState.Active, envelope.Sign(_readerKey).ToJson()).ToJson());
            Hash256? previous = null;
            for (long position = 0; _tree.Size + EntriesEach <= entries; position++) previous = Give(position, previous);
            while (_tree.Size < entries) Append(LogKinds.Refusal, "{}"u8.ToArray());
        }
        await using (var whole = File.Create(file))
        {
            await whole.WriteAsync(EvidenceBundle.Line(new EvidenceHead(_card.ToJson(), Checkpoint(), EvidenceScope.Whole, _now)));
            await using var rest = File.OpenRead(body);
            await rest.CopyToAsync(whole);
        }
        File.Delete(body);
    }

    public void Dispose()
    {
        foreach (IDisposable key in (IDisposable[])[_key, _readerKey, _log, _readerLog]) key.Dispose();
    }

    private Hash256 Give(long position, Hash256? previous)
    {
        var leaves = new Hash256[Records];
        for (int i = 0; i < Records; i++) leaves[i] = Hash256.Of(BitConverter.GetBytes(position * Records + i));
        var publication = SignedDocument.Sign(_key, DocumentContexts.Publication, DocumentJson.Write(new PublicationDocument(DocumentContexts.Publication.Text, BenchAgreements.Provider, Records, MerkleTree.Root(leaves), _now)));
        Append(LogKinds.Publication, publication.ToJson());
        var document = new ManifestDocument(DocumentContexts.Manifest.Text, _agreement.Id, BenchAgreements.Provider, BenchAgreements.Reader, position, position + 1, previous, 1, Records, MerkleTree.Root(leaves), true, _now, Checkpoint(), RecordCount: Records);
        var manifest = SignedDocument.Sign(_key, DocumentContexts.Manifest, DocumentJson.Write(document));
        Append(LogKinds.ManifestIssued, manifest.ToJson());
        var grant = _agreement.Terms.Grants[0].Id;
        Append(LogKinds.ItemsIssued, new ManifestItems(manifest.Id, [new ItemSlice(publication.Id, BenchAgreements.Provider, null, [.. leaves.Select((leaf, i) => new ManifestItem(i, grant, leaf))])]).ToJson());
        var receipt = SignedDocument.Sign(_readerKey, DocumentContexts.Receipt, DocumentJson.Write(new ReceiptDocument(DocumentContexts.Receipt.Text, manifest.Id, BenchAgreements.Reader, Records, document.ItemRoot, _now)));
        Append(LogKinds.ReceiptReceived, receipt.ToJson());
        return manifest.Id;
    }

    private void Append(string kind, byte[] body)
    {
        _now = _now.Plus(TimeSpan.FromMilliseconds(10));
        BitConverter.TryWriteBytes(_salt, _tree.Size);
        var entry = new LogEntry(_tree.Size, new LogEvent(kind, body), _salt.ToArray(), _now);
        _tree.Append(entry.LeafHash);
        _bundle!.Write(EvidenceBundle.Line(new EvidencePart.Entry(entry)));
    }

    private string Checkpoint() => new Checkpoint(_log.Name, _tree.Size, _tree.Root).Sign(_log).ToString();

    private static SignedNodeCard Card(PartnerId partner, SigningKey key, NoteSigner log)
    {
        using var witness = NoteSigner.Generate($"ssashare/{partner}/witness", NoteSignatureType.CosignatureV1);
        using var recovery = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        return new NodeCard(partner.Value, partner.Value, new Uri("https://localhost:5001"), key.VerificationKey, log.Verifier, witness.Verifier, recovery.VerificationKey,
            [new SpkiPin(Hash256.Of(System.Text.Encoding.ASCII.GetBytes(partner.Value)))], [], DateTimeOffset.UnixEpoch).Sign(key);
    }
}
