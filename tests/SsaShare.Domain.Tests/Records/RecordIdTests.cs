namespace SsaShare.Domain.Tests;

public sealed class RecordIdTests
{
    private static readonly byte[] Hash = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 7))];

    [Fact]
    public void ToString_OfBytes_IsLowerCaseHexAndReadsBack()
    {
        var id = new RecordId(Hash);

        Assert.Equal(Convert.ToHexStringLower(Hash), id.ToString());
        Assert.True(RecordId.TryParse(id.ToString().ToUpperInvariant(), out var parsed));
        Assert.Equal(id, parsed);
        Assert.Equal(Hash, parsed.ToArray());
        Assert.True(id == parsed && id.GetHashCode() == parsed.GetHashCode());
    }

    [Fact]
    public void Equals_AnyByteDiffers_IsFalse()
    {
        for (int i = 0; i < RecordId.Size; i++)
        {
            byte[] other = [.. Hash];
            other[i] ^= 1;
            Assert.True(new RecordId(Hash) != new RecordId(other));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000000")]
    public void TryParse_NotThirtyTwoBytesOfHex_IsRefused(string? text) => Assert.False(RecordId.TryParse(text, out _));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void New_WrongLength_Throws(int length) => Assert.Throws<ArgumentException>(() => new RecordId(new byte[length]));
}
