using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>A bundle carries few cosigned checkpoints, and those that say most.</summary>
public sealed class CosignedSelectionTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("0:1", "0")]
    [InlineData("0:1 10:1 20:1", "20")]
    [InlineData("0:1 10:3 20:1", "10 20")]
    [InlineData("0:1 10:2 20:2 70:1 75:2 80:1 200:1", "20 75 80 200")]
    [InlineData("0:0 5:1", "5")]
    public async Task Choose_Checkpoints_TakesTheLastOfEachWitnessInEachMinute(string given, string chosen)
    {
        var checkpoints = given.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split(':')).Select(one => Checkpoint(int.Parse(one[0], null), int.Parse(one[1], null)));
        var taken = await CosignedSelection.ChooseAsync(checkpoints.ToAsyncEnumerable(), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(chosen, string.Join(' ', taken.Select(one => one.Size)));
    }

    /// <summary>Of as many entries as the second in which it was cosigned.</summary>
    private static CosignedCheckpoint Checkpoint(int second, int witnesses)
        => new(second, Hash256.Of("root"u8), "", [.. Enumerable.Range(0, witnesses).Select(i => (PartnerId.Parse($"witness-{i}"), Sample.Now.PlusSeconds(second + i)))]);
}
