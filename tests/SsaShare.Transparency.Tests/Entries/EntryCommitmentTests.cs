using System.Security.Cryptography;
using System.Text;
using SsaShare.Signing;

namespace SsaShare.Transparency.Tests.Entries;

public class EntryCommitmentTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    [Fact]
    public void Of_SaltAndEvent_IsSha256OfLabelSaltEvent()
    {
        byte[] input = [.. Encoding.ASCII.GetBytes("ssashare/log-entry/v1\n"), .. Salt, .. "event"u8];
        var commitment = EntryCommitment.Of(Salt, "event"u8);
        Assert.Equal(SHA256.HashData(input), commitment.Value.ToArray());
        Assert.Equal(Hash256.Of([0x00, .. SHA256.HashData(input)]), commitment.LeafHash);
    }

    [Fact]
    public void Of_OtherSaltOrEvent_IsAnother()
    {
        var commitment = EntryCommitment.Of(Salt, "event"u8);
        Assert.NotEqual(commitment, EntryCommitment.Of(EntryCommitment.NewSalt(), "event"u8));
        Assert.NotEqual(commitment, EntryCommitment.Of(Salt, "Event"u8));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void Of_SaltOfAnotherLength_Throws(int length)
        => Assert.Throws<ArgumentException>(() => EntryCommitment.Of(new byte[length], "event"u8));
}
