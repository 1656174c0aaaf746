using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Storage.Tests;

/// <summary>Answers of the provider "pacific" to "atlantic" under one agreement, checked as a receiver checks them.</summary>
internal sealed class Answers(AgreementId agreement)
{
    public static readonly ClauseId Grant = ClauseId.TryParse("observations", out var id) ? id : default;
    private SigningKey _providerKey = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
    private readonly NoteSigner _providerLog = NoteSigner.Generate("ssashare/pacific/log");
    private long _position;
    private Hash256? _previous;

    public AgreementId Agreement => agreement;

    /// <summary>How long the agreement lets records be kept.</summary>
    public TimeSpan? Retention { get; set; }

    /// <summary>A new agreement, stored at the node.</summary>
    public static async Task<Answers> StartAsync(NodeFixture node)
    {
        var id = new AgreementId(Hash256.Of(Guid.NewGuid().ToByteArray()));
        await node.Agreements.SaveAsync(new StoredAgreement(id, "{}"u8.ToArray(), AgreementState.Active), CancellationToken.None);
        return new Answers(id);
    }

    /// <summary>The same provider under another agreement.</summary>
    public async Task<Answers> StartAnotherAsync(NodeFixture node)
    {
        var another = await StartAsync(node);
        another._providerKey = _providerKey;
        return another;
    }

    /// <summary>A whole publication of the provider.</summary>
    public Publication Publish(params IReadOnlyList<SealedRecord> records)
        => Publication.Create(Sample.Pacific, records, _providerKey, Sample.Now, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    public static SealedRecord[] Records(int count) => [.. Enumerable.Range(0, count).Select(_ => Sample.Record(Sample.Pacific))];

    /// <summary>The next answer in the chain, as <see cref="Batch.Check"/> lets it through.</summary>
    /// <param name="publications">Everything new at the provider.</param>
    /// <param name="withheld">Records that the agreement does not grant.</param>
    /// <param name="complete">Whether nothing more is waiting.</param>
    /// <param name="alter">Lets the manifest say more.</param>
    public Batch Next(IReadOnlyList<Publication> publications, IReadOnlySet<RecordId>? withheld = null, bool complete = true, Func<ManifestDocument, ManifestDocument>? alter = null)
    {
        var state = new InboxState(ReadOnlyMemory<byte>.Empty, LanePositions.Start.With(FeedLane.Prompt, _position), _previous, null);
        var release = Release.Decide([.. publications.Select((publication, i) => new StoredPublication(_position + i + 1, publication))],
            new LaneDecision(TimeSpan.Zero, [], [ReleaseForm.Full], (in _, _, _) => ReleaseDecision.Released(Grant, Purposes.Fusion)), null);
        var slices = withheld is null ? release.Slices : [.. publications.Select(publication => Slice(publication, withheld)).Where(slice => slice.Records.Count > 0)];
        Hash256[] leaves = [.. slices.SelectMany(slice => slice.Records).Select(record => record.LeafHash)];
        var document = new ManifestDocument(DocumentContexts.Manifest.Text, agreement, Sample.Pacific, Sample.Atlantic, _position, _position + publications.Count, _previous,
            slices.Count, leaves.Length, MerkleTree.Root(leaves), complete, Sample.Now.PlusSeconds(_position + publications.Count),
            Encoding.UTF8.GetString(new Checkpoint(_providerLog.Name, 0, MerkleHash.EmptyRoot).Sign(_providerLog).ToBytes()));
        document = alter?.Invoke(document) ?? document;
        var manifest = SignedDocument.Sign(_providerKey, DocumentContexts.Manifest, DocumentJson.Write(document));
        var answer = new PullAnswer(manifest, slices, Hash256.Of(manifest.Payload.Span).ToArray());
        var batch = Batch.Check(answer, new ExpectedAnswer(agreement, Sample.Pacific, Sample.Atlantic, [FeedLane.Prompt], state) { Now = new Epoch(long.MaxValue) }, new TestKeys(_providerKey.VerificationKey, _providerLog.Verifier),
            (in _, _, _) => ReleaseDecision.Released(Grant, Purposes.Fusion, retention: Retention), out string fault);
        Assert.True(batch is not null, fault);
        (_position, _previous) = (document.ToPosition, manifest.Id);
        return batch;
    }

    /// <summary>The provider's feed begins anew.</summary>
    public void BeginAnew() => (_position, _previous) = (0, null);

    public static SignedDocument Receipt(Batch batch) => batch.Receipt(Sample.Key, Sample.Now);

    private static PublicationSlice Slice(Publication publication, IReadOnlySet<RecordId> withheld)
    {
        var records = publication.Records.Where(record => !withheld.Contains(record.Record.Id)).ToList();
        var proof = SubsetProof.Create([.. publication.Records.Select(record => record.LeafHash)], [.. records.Select(record => record.Index)]);
        return new PublicationSlice(publication.Document, records, proof.Hashes, publication.TraceParent);
    }
}
