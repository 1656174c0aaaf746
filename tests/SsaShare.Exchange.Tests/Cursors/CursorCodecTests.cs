using SsaShare.Agreements;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

public sealed class CursorCodecTests
{
    private static readonly CursorCodec Codec = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
    private static readonly Cursor Started = new(Guid.NewGuid(), Sample.Agreement, LanePositions.Start, null);
    private static readonly Cursor Moved = new(Guid.NewGuid(), Sample.Agreement,
        LanePositions.Start.With(FeedLane.Prompt, long.MaxValue).With(new FeedLane(FeedSource.Own, TimeSpan.FromDays(1)), 7).With(new FeedLane(FeedSource.Relayed, TimeSpan.Zero), 3), Hash256.Of("manifest"u8));

    [Fact]
    public void Decode_WhatWasEncoded_GivesTheSameCursor()
    {
        Assert.Equal(Started, Codec.TryDecode(Codec.Encode(Started, Sample.Atlantic), Sample.Atlantic));
        Assert.Equal(Moved, Codec.TryDecode(Codec.Encode(Moved, Sample.Atlantic), Sample.Atlantic));
    }

    [Fact]
    public void Decode_AnyBitChanged_IsRefused()
    {
        byte[] bytes = Codec.Encode(Moved, Sample.Atlantic);
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] changed = [.. bytes];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(Codec.TryDecode(changed, Sample.Atlantic));
        }
    }

    [Fact]
    public void Decode_OfAnotherNode_IsRefused() => Assert.Null(new CursorCodec(new byte[32]).TryDecode(Codec.Encode(Moved, Sample.Atlantic), Sample.Atlantic));

    [Fact]
    public void Decode_OfAnotherReceiver_IsRefused()
    {
        byte[] bytes = Codec.Encode(Moved, Sample.Atlantic);
        Assert.Equal(Moved, Codec.TryDecode(bytes, Sample.Atlantic));
        Assert.Null(Codec.TryDecode(bytes, Sample.Caribbean));
    }

    [Fact]
    public void Decode_AnyLength_IsRefusedUnlessItIsWhole()
    {
        byte[] bytes = Codec.Encode(Moved, Sample.Atlantic);
        for (int length = 0; length < bytes.Length; length++) Assert.Null(Codec.TryDecode(bytes.AsSpan(0, length), Sample.Atlantic));
        Assert.Null(Codec.TryDecode([.. bytes, 0], Sample.Atlantic));
    }

    [Fact]
    public void Decode_RandomBytes_AreRefused()
    {
        var random = new Random(1);
        byte[] bytes = new byte[Codec.Encode(Moved, Sample.Atlantic).Length];
        for (int i = 0; i < 5_000; i++)
        {
            random.NextBytes(bytes);
            bytes[0] = (byte)random.Next(1, 3);
            Assert.Null(Codec.TryDecode(bytes, Sample.Atlantic));
        }
    }

    [Fact]
    public void Key_OfAnotherLength_Throws() => Assert.Throws<ArgumentException>(() => new CursorCodec(new byte[31]));
}
