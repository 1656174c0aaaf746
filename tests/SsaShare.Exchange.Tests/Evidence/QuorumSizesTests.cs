using System.Collections.Frozen;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>Witnesses of a quorum cosign what they get when they get it: not always the same checkpoints.</summary>
public sealed class QuorumSizesTests
{
    [Theory]
    [InlineData(1, "", 100, 0)]
    [InlineData(1, "10a5", 9, 0)]
    [InlineData(1, "10a5", 10, 5)]
    [InlineData(1, "10a5 20b9", 20, 9)]
    [InlineData(2, "10a5 20b9", 20, 5)]
    [InlineData(2, "10a5 20b9 30a12", 29, 5)]
    [InlineData(2, "10a5 20b9 30a12", 30, 9)]
    [InlineData(2, "10a5 20a9 30a12", 30, 0)]
    [InlineData(2, "30a12 10a5 20b9 40b7", 40, 9)]
    [InlineData(1, "10x5", 10, 0)]
    public void At_CosignaturesOfDifferentSizes_IsWhatAllOfTheQuorumHaveSeen(int count, string cosigned, int at, long size)
    {
        var checkpoints = cosigned.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => (One: one, Split: one.IndexOfAny(['a', 'b', 'x'])))
            .Select(one => Checkpoint(int.Parse(one.One[(one.Split + 1)..], null), (one.One[one.Split].ToString(), int.Parse(one.One[..one.Split], null))));
        var sizes = new QuorumSizes(checkpoints, new WitnessQuorum(count, new[] { "a", "b" }.Select(Witness).ToFrozenSet(), TimeSpan.FromHours(1)));
        Assert.Equal(size, sizes.At(Sample.Now.PlusSeconds(at)));
    }

    [Fact]
    public async Task Choose_AWitnessThatMissesMostCheckpoints_IsCarriedAlthoughOthersCosignedMore()
    {
        var checkpoints = new[] { Checkpoint(1, ("a", 1), ("b", 1)), Checkpoint(2, ("flaky", 2)), Checkpoint(3, ("a", 3), ("b", 3)), Checkpoint(4, ("b", 4)) };
        var chosen = await CosignedSelection.ChooseAsync(checkpoints.ToAsyncEnumerable(), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([2, 3, 4], chosen.Select(one => one.Size));
    }

    private static CosignedCheckpoint Checkpoint(long size, params (string Witness, int Second)[] cosigned)
        => new(size, Hash256.Of("root"u8), "", [.. cosigned.Select(one => (Witness(one.Witness), Sample.Now.PlusSeconds(one.Second)))]);

    private static PartnerId Witness(string name) => PartnerId.Parse($"witness-{name}");
}
