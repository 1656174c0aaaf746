namespace SsaShare.Exchange.Tests;

/// <summary>Signatures wait to be verified together, but not without end.</summary>
public sealed class SignatureChecksTests
{
    [Theory]
    [InlineData(1, 4_096)]
    [InlineData((int)(SignatureChecks.BytesAtOnce / 8), 8)]
    [InlineData((int)SignatureChecks.BytesAtOnce, 1)]
    public void Add_UntilManyOrLargeOnesWait_VerifiesThemInOrder(int bytes, int atOnce)
    {
        var checks = new SignatureChecks();
        List<int> done = [];
        for (int i = 0; i < atOnce; i++)
        {
            int number = i;
            Assert.Empty(done);
            checks.Add(() => true, _ => done.Add(number), bytes);
        }
        Assert.Equal(Enumerable.Range(0, atOnce), done);
        checks.Add(() => true, _ => done.Add(atOnce), bytes: 1);
        Assert.Equal(atOnce, done.Count);
        checks.Complete();
        Assert.Equal(atOnce + 1, done.Count);
    }
}
