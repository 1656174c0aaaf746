using FsCheck;
using FsCheck.Fluent;

namespace SsaShare.Signing.Tests.Bytes;

public class BytesTests
{
    /// <summary>FIPS 180-4 example "abc".</summary>
    [Fact]
    public void Hash256_OfAbc_IsThePublishedDigest()
        => Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Hash256.Of("abc"u8).ToString());

    [Fact]
    public void Hash256_BytesHexAndBack_AreTheSame()
        => Prop.ForAll(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(32).ToArbitrary(), bytes =>
            Hash256.TryCreate(bytes, out Hash256 hash)
            && hash.ToArray().AsSpan().SequenceEqual(bytes)
            && Hash256.TryParseHex(hash.ToString(), out Hash256 parsed)
            && parsed == hash).QuickCheckThrowOnFailure();

    [Fact]
    public void Hash256_OneByteDiffers_IsNotEqual()
    {
        for (int i = 0; i < Hash256.Size; i++)
        {
            var bytes = new byte[Hash256.Size];
            bytes[i] = 1;
            Assert.NotEqual(default, new Hash256(bytes));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad00")]
    public void Hash256_NotHexOf32Bytes_IsRefused(string? text) => Assert.False(Hash256.TryParseHex(text, out _));

    [Fact]
    public void Hash256_WrongLength_IsRefused()
    {
        Assert.False(Hash256.TryCreate(new byte[31], out _));
        Assert.Throws<ArgumentException>(() => new Hash256(new byte[33]));
    }

    [Fact]
    public void CanonicalBase64_AnyBytes_ReadBack()
        => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
            CanonicalBase64.TryDecode(Convert.ToBase64String(bytes), out byte[]? decoded) && decoded.AsSpan().SequenceEqual(bytes)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("e31=")]
    [InlineData("e30")]
    [InlineData("e3 0")]
    [InlineData("e30=\n")]
    [InlineData("-_-_")]
    [InlineData("====")]
    public void CanonicalBase64_OtherText_IsRefused(string text) => Assert.False(CanonicalBase64.TryDecode(text, out _));
}
