using System.Text;
using Google.Protobuf;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Signing;
using SsaShare.Transparency;
using PublicationSlice = SsaShare.Exchange.PublicationSlice;

namespace SsaShare.Peering.Tests;

/// <summary>Answers to pulls as an honest provider gives them, each one after the last; a test bends them.</summary>
internal sealed class Feed(Party provider, PartnerId receiver, AgreementId agreement, TimeProvider time)
{
    private long _position;
    private Hash256? _last;

    /// <summary>Signs the checkpoints; by default the provider's first log key.</summary>
    public NoteSigner Log { get; init; } = provider.Identity.LogSigner;

    public List<PullRequest> Requests { get; } = [];

    /// <summary>Whole publications, in an answer that continues the one before.</summary>
    public PullResponse Give(params IReadOnlyList<Publication> publications) => Give(publications, document => document);

    /// <param name="bend">Changes the manifest before it is signed.</param>
    public PullResponse Give(IReadOnlyList<Publication> publications, Func<ManifestDocument, ManifestDocument> bend)
    {
        var slices = publications.Select(publication => new PublicationSlice(publication.Document, publication.Records, [], null)).ToList();
        Hash256[] leaves = [.. slices.SelectMany(slice => slice.Records).Select(record => record.LeafHash)];
        var document = bend(new ManifestDocument(DocumentContexts.Manifest.Text, agreement, provider.Partner, receiver, _position, _position + publications.Count, _last,
            slices.Count, leaves.Length, MerkleTree.Root(leaves), Complete: true, Utc.FromDateTime(time.GetUtcNow()), Checkpoint()));
        var manifest = SignedDocument.Sign(provider.Identity.SigningKey, DocumentContexts.Manifest, DocumentJson.Write(document));
        (_position, _last) = (document.ToPosition, manifest.Id);
        return new PullAnswer(manifest, slices, Cursor(document.ToPosition)).ToWire();
    }

    public static byte[] Cursor(long position) => ByteString.CopyFromUtf8($"cursor at {position}").ToByteArray();

    private string Checkpoint()
        => Encoding.UTF8.GetString(new Checkpoint(Log.Name, 12 + _position, Hash256.Of("root"u8)).Sign(Log).ToBytes());
}
