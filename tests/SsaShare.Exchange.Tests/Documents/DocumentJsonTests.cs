using System.Text;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

public sealed class DocumentJsonTests
{
    private static readonly PublicationDocument Publication = new(DocumentContexts.Publication.Text, Sample.Pacific, 3, Hash256.Of("root"u8), Sample.Now);
    private static readonly ManifestDocument Manifest = new(DocumentContexts.Manifest.Text, Sample.Agreement, Sample.Pacific, Sample.Atlantic, 4, 9, null, 2, 5,
        Hash256.Of("items"u8), true, Sample.Now, "log\n12\nroot\n\n- log signature\n");
    private static readonly ReceiptDocument Receipt = new(DocumentContexts.Receipt.Text, Hash256.Of("manifest"u8), Sample.Atlantic, 5, Hash256.Of("items"u8), Sample.Now);

    [Fact]
    public void Read_WhatWasWritten_GivesTheSameDocument()
    {
        Assert.True(DocumentJson.TryRead<PublicationDocument>(DocumentJson.Write(Publication), DocumentContexts.Publication, out var publication));
        Assert.True(DocumentJson.TryRead<ManifestDocument>(DocumentJson.Write(Manifest), DocumentContexts.Manifest, out var manifest));
        Assert.True(DocumentJson.TryRead<ManifestDocument>(DocumentJson.Write(Manifest with { Previous = Receipt.Manifest }), DocumentContexts.Manifest, out var later));
        Assert.True(DocumentJson.TryRead<ReceiptDocument>(DocumentJson.Write(Receipt), DocumentContexts.Receipt, out var receipt));
        Assert.Equal((Publication, Manifest, Manifest with { Previous = Receipt.Manifest }, Receipt), (publication, manifest, later, receipt));
    }

    [Fact]
    public void Write_APublication_IsTheseBytes() => Assert.Equal(
        $$"""{"type":"ssashare/publication/v1","originator":"pacific","size":3,"root":"{{Publication.Root}}","published":"2026-11-22T12:00:00Z"}""",
        Encoding.UTF8.GetString(DocumentJson.Write(Publication)));

    [Theory]
    [InlineData("\"size\":3", "\"size\":\"3\"")]
    [InlineData("\"size\":3", "\"size\":3.5")]
    [InlineData("\"size\":3", "\"size\":99999999999")]
    [InlineData("\"size\":3", "\"size\":null")]
    [InlineData("\"size\":3", "\"size\":3,\"size\":3")]
    [InlineData("\"size\":3,", "")]
    [InlineData("pacific", "Pacific")]
    [InlineData("\"pacific\"", "null")]
    [InlineData("\"root\":\"", "\"root\":\"0")]
    [InlineData("2026-11-22T12:00:00Z", "2026-11-31T12:00:00Z")]
    [InlineData("2026-11-22T12:00:00Z", "yesterday")]
    [InlineData("ssashare/publication/v1", "ssashare/receipt/v1")]
    [InlineData("{", "[{")]
    [InlineData("}", "},")]
    [InlineData("}", "}{}")]
    public void Read_ADocumentThatIsNotExact_IsRefused(string part, string instead)
    {
        string text = Encoding.UTF8.GetString(DocumentJson.Write(Publication));
        Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.False(DocumentJson.TryRead<PublicationDocument>(Sample.Utf8(text.Replace(part, instead, StringComparison.Ordinal)), DocumentContexts.Publication, out _));
    }

    [Fact]
    public void Read_AMemberOfALaterVersion_LeavesItAlone()
    {
        string later = Encoding.UTF8.GetString(DocumentJson.Write(Publication)).Replace("\"size\":3", "\"size\":3,\"more\":{\"deep\":[1]}", StringComparison.Ordinal);
        Assert.True(DocumentJson.TryRead<PublicationDocument>(Sample.Utf8(later), DocumentContexts.Publication, out var read));
        Assert.Equal(Publication, read);
    }

    [Fact]
    public void Read_AnUnknownMemberTooDeep_IsRefused()
    {
        string text = Encoding.UTF8.GetString(DocumentJson.Write(Publication)).Replace("\"size\":3", "\"size\":3,\"more\":[[[[[[[[1]]]]]]]]", StringComparison.Ordinal);
        Assert.False(DocumentJson.TryRead<PublicationDocument>(Sample.Utf8(text), DocumentContexts.Publication, out _));
    }

    [Fact]
    public void Read_AMemberThatATransitionDoesNotHave_IsRefused()
    {
        var suspended = new TransitionDocument(DocumentContexts.Transition.Text, Sample.Agreement, Sample.Pacific, 1, TransitionEvent.Suspend, "A test.", Sample.Now);
        string text = Encoding.UTF8.GetString(DocumentJson.Write(suspended)).Replace("{", "{\"until\":1,", StringComparison.Ordinal);
        Assert.False(DocumentJson.TryRead<TransitionDocument>(Sample.Utf8(text), DocumentContexts.Transition, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("\u0000")]
    public void Read_NoDocument_IsRefused(string text) => Assert.False(DocumentJson.TryRead<PublicationDocument>(Sample.Utf8(text), DocumentContexts.Publication, out _));

    [Fact]
    public void Read_TooLong_IsRefused()
    {
        byte[] padded = [.. DocumentJson.Write(Publication), .. Enumerable.Repeat((byte)' ', DocumentJson.LongestBytes)];
        Assert.False(DocumentJson.TryRead<PublicationDocument>(padded, DocumentContexts.Publication, out _));
    }

    [Fact]
    public void Read_MutatedBytes_GivesAValueOrANo()
    {
        var random = new Random(2);
        byte[] json = DocumentJson.Write(Manifest);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] mutated = Sample.Mutate(json, random);
            if (DocumentJson.TryRead<ManifestDocument>(mutated, DocumentContexts.Manifest, out var read)) Assert.Equal(DocumentContexts.Manifest.Text, read.Type);
        }
    }
}
