using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

public sealed class ManifestItemsTests
{
    private static readonly Hash256 Manifest = Hash256.Of("a manifest"u8);
    private static readonly ClauseId Second = ClauseId.TryParse("more", out var clause) ? clause : default;
    private static readonly StoredPublication[] Feed = [.. Enumerable.Range(1, 3).Select(position => new StoredPublication(position, Sample.Publish(Sample.Records(position * 5))))];

    /// <summary>How many inputs the parser is given; more at night.</summary>
    private static int Inputs => Nightly.FuzzInputs;

    [Fact]
    public void Of_ARelease_ListsEachRecordWithTheClauseThatReleasedIt()
    {
        var release = Decide();
        var items = ManifestItems.Of(Manifest, release.Slices);
        Assert.Equal(release.Slices.Select(slice => slice.Document.Id), items.Slices.Select(slice => slice.Publication));
        Assert.All(items.Slices, slice => Assert.Equal((Sample.Pacific, null), (slice.Originator, slice.Profile)));
        Assert.Equal(release.Slices.SelectMany(slice => slice.Records).Select(record => (record.Index, ClauseOf(record.Index), record.LeafHash)),
            items.Slices.SelectMany(slice => slice.Items).Select(item => ((int, ClauseId, Hash256))(item.Index, item.Clause, item.Leaf)));
        Assert.Equal(MerkleTree.Root([.. release.Slices.SelectMany(slice => slice.Records).Select(record => record.ItemHash)]), items.Root);
    }

    [Fact]
    public void Of_SlicesWithoutClauses_Throws()
        => Assert.Throws<ArgumentException>(() => ManifestItems.Of(Manifest, [.. Decide().Slices.Select(slice => slice with { Clauses = [] })]));

    [Fact]
    public void TryParse_WhatWasWritten_GivesTheSame()
    {
        var items = Items();
        Assert.True(ManifestItems.TryParse(items.ToJson(), out var read));
        AssertSame(items, read);
    }

    [Fact]
    public void ToJson_OfAWholePublication_CostsLittleMoreThanItsHashes()
    {
        var release = Release.Decide([new StoredPublication(1, Sample.Publish(Sample.Records(1_000)))], Sample.Prompt(Sample.Released), null);
        Assert.InRange(ManifestItems.Of(Manifest, release.Slices).ToJson().Length, 42_667, 43_200);
    }

    [Fact]
    public void WhyOther_ComparesEverythingThatTheManifestSigns()
    {
        var items = Items();
        var manifest = new ManifestDocument(DocumentContexts.Manifest.Text, Sample.Agreement, Sample.Pacific, Sample.Atlantic, 0, 3, null, 3, items.Count, items.Root, true, Sample.Now, "note", RecordCount: items.Count - 2);
        Assert.Null(items.WhyOther(Manifest, manifest));
        Assert.Contains("another manifest", items.WhyOther(Hash256.Of("another"u8), manifest), StringComparison.Ordinal);
        Assert.Contains("lists 1", items.WhyOther(Manifest, manifest with { ItemCount = 1 }), StringComparison.Ordinal);
        Assert.Contains("publications", items.WhyOther(Manifest, manifest with { PublicationCount = 2 }), StringComparison.Ordinal);
        Assert.Contains("records", items.WhyOther(Manifest, manifest with { RecordCount = null }), StringComparison.Ordinal);
        Assert.Contains("root", items.WhyOther(Manifest, manifest with { ItemRoot = Manifest }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "0"), InlineData("0-1", "0,1"), InlineData("3,5-7,9", "3,5,6,7,9"), InlineData("998-999", "998,999")]
    public void IndexRuns_WrittenAndRead_AreTheSame(string runs, string indices)
    {
        int[] numbers = [.. indices.Split(',').Select(int.Parse)];
        Assert.Equal(runs, IndexRuns.Write(numbers));
        Assert.True(IndexRuns.TryRead(runs, 1_000, out var read));
        Assert.Equal(numbers, read);
    }

    [Theory]
    [InlineData(""), InlineData(","), InlineData("-"), InlineData("-1"), InlineData("1-"), InlineData("1-1"), InlineData("2-1"), InlineData("0,1"), InlineData("0-3,4"), InlineData("5,3"), InlineData("3,3"), InlineData("00"), InlineData("01"), InlineData("1000")]
    [InlineData("0-1000"), InlineData("+1"), InlineData(" 1"), InlineData("1 "), InlineData("1,"), InlineData("0-4294967296"), InlineData("99999999999"), InlineData("1-2-3"), InlineData("٣")]
    public void IndexRuns_OfAnotherForm_AreRefused(string runs) => Assert.False(IndexRuns.TryRead(runs, 1_000, out _));

    [Theory]
    [InlineData("\"indexes\":\"0-2\"", "\"indexes\":\"0-1\""), InlineData("\"indexes\":\"0-2\"", "\"indexes\":\"0-3\""), InlineData("\"indexes\":\"3-4\"", "\"indexes\":\"2-3\"")]
    [InlineData("\"clause\":\"more\"", "\"clause\":\"all-observations\""), InlineData("\"clause\":\"more\"", "\"clause\":\"More\""), InlineData("\"slices\":[", "\"slices\":[null,")]
    [InlineData("\"grants\":[", "\"grants\":[null,"), InlineData("\"originator\":\"pacific\"", "\"originator\":\"\""), InlineData("\"originator\":\"pacific\"", "\"originator\":null"), InlineData("{\"manifest\"", "{\"more\":1,\"manifest\"")]
    public void TryParse_OfWhatDoesNotFitTogether_IsRefused(string old, string changed)
    {
        string json = Encoding.UTF8.GetString(Items().ToJson());
        Assert.Contains(old, json, StringComparison.Ordinal);
        int at = json.IndexOf(old, StringComparison.Ordinal);
        Assert.False(ManifestItems.TryParse(Encoding.UTF8.GetBytes(json[..at] + changed + json[(at + old.Length)..]), out _));
    }

    [Fact]
    public void TryParse_OfNothingOrOneSliceTwice_IsRefused()
    {
        var items = Items();
        Assert.False(ManifestItems.TryParse((items with { Slices = [] }).ToJson(), out _));
        Assert.False(ManifestItems.TryParse((items with { Slices = [items.Slices[0], items.Slices[0]] }).ToJson(), out _));
    }

    [Fact]
    public void TryParse_OfRandomMutatedAndTruncatedBytes_IsTotal()
    {
        byte[] json = (Items() with { Slices = [.. Items().Slices.Take(2)] }).ToJson();
        var random = new Random(20261122);
        int parsed = 0;
        for (int i = 0; i < Inputs; i++)
        {
            byte[] input = (i % 4) switch { 0 => Bytes(random), 1 => json[..random.Next(json.Length)], _ => Sample.Mutate(json, random) };
            if (!ManifestItems.TryParse(input, out var read)) continue;
            parsed++;
            Assert.True(ManifestItems.TryParse(read.ToJson(), out var again));
            AssertSame(read, again);
        }
        Assert.InRange(parsed, 1, Inputs / 2);
    }

    private static byte[] Bytes(Random random)
    {
        byte[] bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static void AssertSame(ManifestItems expected, ManifestItems read)
    {
        Assert.Equal(expected.Manifest, read.Manifest);
        Assert.Equal(expected.Slices.Select(slice => (slice.Publication, slice.Originator, slice.Profile)), read.Slices.Select(slice => (slice.Publication, slice.Originator, slice.Profile)));
        Assert.Equal(expected.Slices.Select(slice => slice.Items), read.Slices.Select(slice => slice.Items));
    }

    private static ClauseId ClauseOf(int index) => index < 3 ? Sample.Grant : Second;

    private static Release Decide()
    {
        int i = 0;
        var sizes = Feed.SelectMany(stored => stored.Publication.Records).Select(record => record.Index).ToArray();
        return Release.Decide(Feed, Sample.Prompt((in _, _, _) => ReleaseDecision.Released(ClauseOf(sizes[i++]), Purposes.Fusion)), null);
    }

    /// <summary>Three publications, the first in two forms.</summary>
    private static ManifestItems Items()
    {
        var items = ManifestItems.Of(Manifest, Decide().Slices);
        var coarse = items.Slices[0] with { Profile = ProfileId.TryParse("coarse", out var profile) ? profile : null, Items = [.. items.Slices[0].Items.Take(2).Select(item => item with { Leaf = Manifest })] };
        return items with { Slices = [items.Slices[0], coarse, .. items.Slices.Skip(1)] };
    }
}
