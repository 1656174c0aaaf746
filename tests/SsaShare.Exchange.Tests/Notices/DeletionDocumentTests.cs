using System.Text;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

public sealed class DeletionDocumentTests
{
    private static readonly Hash256 Publication = Hash256.Of("publication"u8);

    [Fact]
    public void Open_TheLargestThatIsSigned_GivesTheSame()
    {
        var signed = Sign([.. Enumerable.Range(0, DeletionDocument.PublicationsMax).Select(i => new DeletedRecords(Hash256.Of(BitConverter.GetBytes(i)), "coarse", [.. Enumerable.Range(975, 25)]))]);
        Assert.Equal(DeletionDocument.RecordsMax, signed.Deletion.Records.Sum(one => one.Indices.Count));
        var opened = SignedDeletion.TryOpen(signed.Document, Sample.Atlantic, Sample.Pacific, Sample.Keys, out string fault);
        Assert.True(opened is not null, fault);
        Assert.Equal(signed.Deletion.Records.SelectMany(one => one.Indices), opened.Deletion.Records.SelectMany(one => one.Indices));
        Assert.Equal(("coarse", signed.Deletion.Records[3].Publication), (opened.Deletion.Records[3].Profile, opened.Deletion.Records[3].Publication));
    }

    [Fact]
    public void Open_OfAnotherHolderProviderOrKey_IsRefused()
    {
        var signed = Sign([new DeletedRecords(Publication, null, [0])]);
        Assert.Null(SignedDeletion.TryOpen(signed.Document, Sample.Caribbean, Sample.Pacific, Sample.Keys, out _));
        Assert.Null(SignedDeletion.TryOpen(signed.Document, Sample.Atlantic, Sample.Caribbean, Sample.Keys, out _));
        Assert.Null(SignedDeletion.TryOpen(signed.Document, Sample.Atlantic, Sample.Pacific, new TestKeys(Sample.PacificKey.VerificationKey), out _));
        Assert.Null(SignedDeletion.TryOpen(signed.Document, Sample.Atlantic, Sample.Pacific, KeyBook.Empty, out _));
    }

    [Fact]
    public void Sign_RecordsThatNoPublicationHas_Throws()
    {
        Assert.Throws<ArgumentException>(() => Sign([]));
        foreach (int[] indices in (int[][])[[], [-1], [1_000], [2, 2], [3, 1]]) Assert.Throws<ArgumentException>(() => Sign([new DeletedRecords(Publication, null, indices)]));
        Assert.Throws<ArgumentException>(() => Sign([new DeletedRecords(Publication, "No Profile", [1])]));
        Assert.Throws<ArgumentException>(() => Sign([new DeletedRecords(Publication, null, [1]), new DeletedRecords(Publication, null, [2])]));
        Assert.NotNull(Sign([new DeletedRecords(Publication, null, [1]), new DeletedRecords(Publication, "coarse", [1])]));
    }

    [Fact]
    public void Open_NothingInPlaceOfAPublication_IsRefused()
    {
        byte[] json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Sign([new DeletedRecords(Publication, null, [0])]).Document.Payload.Span).Replace("\"records\":[{", "\"records\":[null,{", StringComparison.Ordinal));
        Assert.Contains("[null,{", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        var document = SignedDocument.Sign(Sample.AtlanticKey, DocumentContexts.Deletion, json);
        Assert.Null(SignedDeletion.TryOpen(document, Sample.Atlantic, Sample.Pacific, Sample.Keys, out string fault));
        Assert.Contains("in place of a publication", fault, StringComparison.Ordinal);
    }

    private static SignedDeletion Sign(IReadOnlyList<DeletedRecords> records)
        => DeletionDocument.Sign(Sample.AtlanticKey, Sample.Atlantic, Sample.Pacific, Sample.Agreement, DeletionReason.Retention, records, Sample.Now);
}
