using SsaShare.Exchange;

namespace SsaShare.Node.Tests;

public sealed class WithheldSumTests
{
    [Fact]
    public void Counts_OverSeveralRounds_AreSummedByClauseAndReason()
    {
        var sum = new WithheldSum();
        Assert.Empty(sum.Counts);
        sum.Add([new WithheldCount("no-radar", "Prohibited", 2), new WithheldCount(null, "NotGranted", 5)]);
        sum.Add([]);
        sum.Add([new WithheldCount(null, "NotGranted", 1), new WithheldCount(null, "DataModeNotCovered", 4), new WithheldCount("no-radar", "Prohibited", 3)]);
        Assert.Equal([new WithheldCount(null, "DataModeNotCovered", 4), new WithheldCount(null, "NotGranted", 6), new WithheldCount("no-radar", "Prohibited", 5)], sum.Counts);
    }
}
