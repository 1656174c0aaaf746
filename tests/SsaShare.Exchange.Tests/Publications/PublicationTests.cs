using System.Security.Cryptography;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

public sealed class PublicationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(PublicationDocument.SizeMax)]
    public void Create_AnySize_SignsTheRootOverSaltedLeaves(int size)
    {
        var publication = Sample.Publish(Sample.Records(size));
        Assert.True(publication.Document.Verify(Sample.PacificKey.VerificationKey, DocumentContexts.Publication));
        Assert.True(DocumentJson.TryRead<PublicationDocument>(publication.Document.Payload.Span, DocumentContexts.Publication, out var document));
        Assert.Equal(new PublicationDocument(DocumentContexts.Publication.Text, Sample.Pacific, size, MerkleTree.Root([.. publication.Records.Select(record => record.LeafHash)]), Sample.Now), document);
        Assert.Equal(Enumerable.Range(0, size), publication.Records.Select(record => record.Index));
        Assert.Equal(size, publication.Records.Select(record => Convert.ToHexString(record.Salt.Span)).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(PublicationDocument.SizeMax + 1)]
    public void Create_TooFewOrTooMany_Throws(int size) => Assert.Throws<ArgumentException>(() => Publication.Create(Sample.Pacific, Sample.Records(size), Sample.PacificKey, Sample.Now, null));

    [Fact]
    public void LeafHash_OfACopyWithAnotherSaltOrRecord_IsTheCopysOwn()
    {
        var (record, other) = (Sample.Record(), Sample.Record());
        var published = new PublishedRecord(0, RandomNumberGenerator.GetBytes(16), record);
        var (leaf, salt) = (published.LeafHash, RandomNumberGenerator.GetBytes(16));
        Assert.Equal(PublicationLeaf.Hash(salt, record.Id, record.Label.Hash), (published with { Salt = salt }).LeafHash);
        Assert.Equal(PublicationLeaf.Hash(published.Salt.Span, other.Id, other.Label.Hash), (published with { Record = other }).LeafHash);
        Assert.Equal(leaf, published.LeafHash);
        Assert.Equal(published, new PublishedRecord(0, published.Salt, record));
    }

    [Fact]
    public void Leaf_IsTheHashOfSaltRecordAndLabel()
    {
        var record = Sample.Record();
        byte[] salt = RandomNumberGenerator.GetBytes(16);
        Assert.Equal(Hash256.Of([0x00, .. salt, .. record.Id.ToArray(), .. Hash256.Of("label"u8).ToArray()]), new PublishedRecord(0, salt, record).LeafHash);
        Assert.Throws<ArgumentException>(() => PublicationLeaf.Hash(new byte[15], record.Id, record.Label.Hash));
    }
}
