using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

public sealed class PublicationSliceTests
{
    private static readonly Publication Whole = Sample.Publish(Sample.Records(7));

    [Fact]
    public void Verify_EverySubset_Succeeds()
    {
        for (int chosen = 1; chosen < 128; chosen++) Assert.NotNull(Slice(chosen).Verify(Sample.Keys, out _));
    }

    [Fact]
    public void Verify_NoRecords_IsRefused() => AssertRefused(Slice(0b1) with { Records = [] }, "indices");

    [Fact]
    public void Verify_NotADocument_IsRefused()
        => AssertRefused(Slice(0b101) with { Document = SignedDocument.Sign(Sample.PacificKey, DocumentContexts.Publication, "{}"u8.ToArray()) }, "well-formed");

    [Fact]
    public void Verify_OriginatorWithoutPinnedCard_IsRefused()
    {
        var publication = Publication.Create(Sample.Caribbean, [Sample.Record(Sample.Caribbean)], Sample.PacificKey, Sample.Now, null);
        AssertRefused(new PublicationSlice(publication.Document, publication.Records, [], null), "No node card");
    }

    [Fact]
    public void Verify_SignedByAnother_IsRefused()
    {
        var publication = Publication.Create(Sample.Pacific, [Sample.Record()], Sample.AtlanticKey, Sample.Now, null);
        AssertRefused(new PublicationSlice(publication.Document, publication.Records, [], null), "signature");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_001)]
    [InlineData(int.MaxValue)]
    public void Verify_SizeOutOfRange_IsRefused(int size)
    {
        var document = new PublicationDocument(DocumentContexts.Publication.Text, Sample.Pacific, size, Whole.Records[0].LeafHash, Sample.Now);
        AssertRefused(Slice(0b1) with { Document = SignedDocument.Sign(Sample.PacificKey, DocumentContexts.Publication, DocumentJson.Write(document)) }, "outside 1 to");
    }

    [Fact]
    public void Verify_IndicesNotAscending_IsRefused()
    {
        var slice = Slice(0b111);
        AssertRefused(slice with { Records = [slice.Records[1], slice.Records[0], slice.Records[2]] }, "ascend");
        AssertRefused(slice with { Records = [slice.Records[0], slice.Records[0]] }, "ascend");
        AssertRefused(slice with { Records = [.. slice.Records, slice.Records[2] with { Index = 7 }] }, "ascend");
        AssertRefused(slice with { Records = [slice.Records[0] with { Index = -1 }, .. slice.Records.Skip(1)] }, "ascend");
    }

    [Fact]
    public void Verify_AnythingOfARecordChanged_IsRefused()
    {
        var slice = Slice(0b1010101);
        var first = slice.Records[0];
        var otherLabel = new SealedLabel("other label"u8.ToArray(), Sample.Label.Parsed);
        foreach (var changed in (PublishedRecord[])
        [
            first with { Salt = new byte[16] },
            first with { Record = Sample.Record() },
            first with { Record = first.Record with { Label = otherLabel } },
            first with { Index = 1 },
        ])
            AssertRefused(slice with { Records = [changed, .. slice.Records.Skip(1)] }, "do not belong");
    }

    [Fact]
    public void Verify_ProofHashesChangedMissingOrAdded_IsRefused()
    {
        var slice = Slice(0b0010011);
        var hashes = slice.ProofHashes;
        AssertRefused(slice with { ProofHashes = [] }, "do not belong");
        AssertRefused(slice with { ProofHashes = [.. hashes.Skip(1)] }, "do not belong");
        AssertRefused(slice with { ProofHashes = [.. hashes, default] }, "do not belong");
        AssertRefused(slice with { ProofHashes = [.. hashes.Reverse()] }, "do not belong");
        for (int i = 0; i < hashes.Count; i++)
            AssertRefused(slice with { ProofHashes = [.. hashes.Take(i), Hash256.Of("other"u8), .. hashes.Skip(i + 1)] }, "do not belong");
    }

    [Fact]
    public void Verify_RecordLeftOutWithoutProof_IsRefused() => AssertRefused(Slice(0b1111111) with { Records = [.. Whole.Records.Skip(1)] }, "do not belong");

    private static PublicationSlice Slice(int chosen)
    {
        var records = Whole.Records.Where(record => (chosen >> record.Index & 1) == 1).ToList();
        var proof = SubsetProof.Create([.. Whole.Records.Select(record => record.LeafHash)], [.. records.Select(record => record.Index)]);
        return new PublicationSlice(Whole.Document, records, proof.Hashes, null);
    }

    private static void AssertRefused(PublicationSlice slice, string reason)
    {
        Assert.Null(slice.Verify(Sample.Keys, out string fault));
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }
}
