using System.Security.Cryptography;

namespace SsaShare.Signing.Tests.Bytes;

public class Sha256Tests
{
    [Fact]
    public void HashData_OfEveryLengthAroundItsBlocksAndLimits_IsWhatDotNetSays()
    {
        byte[] data = RandomNumberGenerator.GetBytes(20_000), hash = new byte[SHA256.HashSizeInBytes];
        foreach (int length in (int[])[.. Enumerable.Range(0, 300), 4_095, 4_096, 4_097, 20_000])
        {
            Sha256.HashData(data.AsSpan(0, length), hash);
            Assert.Equal(SHA256.HashData(data.AsSpan(0, length)), hash);
        }
    }

    [Fact]
    public void HashData_IntoMoreRoomThanNeeded_LeavesTheRestAlone()
    {
        byte[] hash = new byte[40];
        Sha256.HashData("abc"u8, hash);
        Assert.Equal(new byte[8], hash[32..]);
    }

    [Fact]
    public void HashData_NoRoomForTheHash_Throws() => Assert.Throws<ArgumentException>(() => Sha256.HashData("abc"u8, new byte[31]));

    [Fact]
    public void HashData_ByManyThreadsAtOnce_IsRightForEach()
        => Parallel.For(0, 20_000, i =>
        {
            byte[] data = BitConverter.GetBytes(i), hash = new byte[SHA256.HashSizeInBytes];
            Sha256.HashData(data, hash);
            Assert.Equal(SHA256.HashData(data), hash);
        });
}
