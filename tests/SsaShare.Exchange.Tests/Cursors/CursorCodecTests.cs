using System.Security.Cryptography;
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
    public void Decode_DamagedCursors_AreRefused()
    {
        foreach (var cursor in new[] { Started, Moved })
        {
            byte[] valid = Codec.Encode(cursor, Sample.Atlantic);
            foreach (byte[] damaged in Mutations.Of(valid, Nightly.FuzzInputs, seed: 6))
                if (Codec.TryDecode(damaged, Sample.Atlantic) is { } decoded) Assert.True(damaged.AsSpan().SequenceEqual(valid), $"{decoded} from other bytes");
        }
    }

    [Fact]
    public void Decode_RandomBytes_AreRefused()
    {
        var random = new Random(1);
        byte[] bytes = new byte[Codec.Encode(Moved, Sample.Atlantic).Length];
        for (int i = 0; i < Nightly.FuzzInputs; i++)
        {
            random.NextBytes(bytes);
            bytes[0] = (byte)random.Next(1, 3);
            Assert.Null(Codec.TryDecode(bytes, Sample.Atlantic));
        }
    }

    /// <summary>As nodes before lanes encoded it: one position, and receivers keep their cursors over an upgrade of the provider.</summary>
    [Fact]
    public void Decode_OfBeforeLanes_IsThePromptLane()
    {
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        var (epoch, manifest) = (Guid.NewGuid(), Hash256.Of("manifest"u8));
        byte[] position = [0, 0, 0, 0, 0, 0, 1, 2];
        byte[] body = [1, .. epoch.ToByteArray(), .. Sample.Agreement.Value.ToArray(), .. position, 1, .. manifest.ToArray()];
        byte[] mac = HMACSHA256.HashData(key, (byte[])[.. body, .. "atlantic"u8]);
        Assert.Equal(new Cursor(epoch, Sample.Agreement, LanePositions.Start.With(FeedLane.Prompt, 258), manifest), Codec.TryDecode([.. body, .. mac], Sample.Atlantic));
    }

    [Fact]
    public void Key_OfAnotherLength_Throws() => Assert.Throws<ArgumentException>(() => new CursorCodec(new byte[31]));
}
