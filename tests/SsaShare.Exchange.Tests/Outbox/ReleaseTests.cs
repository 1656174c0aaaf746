using SsaShare.Agreements;

namespace SsaShare.Exchange.Tests;

public sealed class ReleaseTests
{
    private static readonly StoredPublication[] Feed = [.. Enumerable.Range(1, 5).Select(position => new StoredPublication(position, Sample.Publish(Sample.Records(position * 3))))];
    private static readonly int Total = Feed.Sum(stored => stored.Publication.Records.Count);

    [Fact]
    public void Decide_AllReleased_GivesWholePublicationsInFeedOrderWithoutProof()
    {
        var release = Release.Decide(Feed, Sample.Prompt(Sample.Released), null);
        Assert.Empty(release.Withheld);
        Assert.Equal(Feed.Select(stored => stored.Publication.Document.Id), release.Slices.Select(slice => slice.Document.Id));
        Assert.All(release.Slices, slice => Assert.Empty(slice.ProofHashes));
        Assert.All(release.Slices, slice => Assert.Equal("trace", slice.TraceParent));
        Assert.Equal(Total, release.Slices.Sum(slice => slice.Records.Count));
    }

    [Fact]
    public void Decide_NothingReleased_GivesOnlyCounts()
    {
        var release = Release.Decide(Feed, Sample.Prompt((in _, _, _) => ReleaseDecision.Withheld(WithholdReason.NotGranted)), null);
        Assert.Empty(release.Slices);
        Assert.Equal([new WithheldCount(null, "NotGranted", Total)], release.Withheld);
    }

    [Fact]
    public void Decide_SomeReleased_EachSliceVerifiesAndTheRestIsCountedByClauseAndReason()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            int released = 0, prohibited = 0, notGranted = 0;
            var release = Release.Decide(Feed, Sample.Prompt((in facts, form, age) =>
            {
                switch (random.Next(3))
                {
                    case 0: released++; return Sample.Released(facts, form, age);
                    case 1: prohibited++; return ReleaseDecision.Withheld(WithholdReason.Prohibited, Sample.Prohibition);
                    default: notGranted++; return ReleaseDecision.Withheld(WithholdReason.NotGranted);
                }
            }), null);
            Assert.Equal(Total, released + prohibited + notGranted);
            Assert.Equal(released, release.Slices.Sum(slice => slice.Records.Count));
            Assert.Equal(prohibited, release.Withheld.Where(count => count is { Clause: "not-that-one", Reason: "Prohibited" }).Sum(count => count.Count));
            Assert.Equal(notGranted, release.Withheld.Where(count => count is { Clause: null, Reason: "NotGranted" }).Sum(count => count.Count));
            Assert.All(release.Slices, slice => Assert.NotNull(slice.Verify(Sample.Keys, out _)));
        }
    }
}
