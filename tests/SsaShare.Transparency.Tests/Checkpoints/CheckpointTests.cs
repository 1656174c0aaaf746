using System.Text;
using SsaShare.Signing;

namespace SsaShare.Transparency.Tests.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    /// <summary>The example of C2SP tlog-checkpoint.</summary>
    private const string PublishedText = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    private readonly NoteSigner _log = NoteSigner.Generate("log.example");

    public void Dispose() => _log.Dispose();

    [Fact]
    public void TryParse_PublishedText_HasItsFieldsAndIsWrittenTheSame()
    {
        Assert.True(Checkpoint.TryParse(PublishedText, out Checkpoint? checkpoint));
        Assert.Equal(("example.com/behind-the-sofa", 20_852_163), (checkpoint.Origin, checkpoint.Size));
        Assert.Equal("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", checkpoint.Root.ToBase64());
        Assert.Empty(checkpoint.Extensions);
        Assert.Equal(PublishedText, checkpoint.ToText());
    }

    [Fact]
    public void TryParse_ExtensionLines_AreKept()
    {
        Assert.True(Checkpoint.TryParse(PublishedText + "epoch 3\nmore\n", out Checkpoint? checkpoint));
        Assert.Equal(["epoch 3", "more"], checkpoint.Extensions);
        Assert.Equal(PublishedText + "epoch 3\nmore\n", checkpoint.ToText());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("o\n1\n")]
    [InlineData("\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("o\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n+1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n 1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n9223372036854775808\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==\n")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nx\n")]
    public void TryParse_NotACheckpoint_IsRefused(string? text) => Assert.False(Checkpoint.TryParse(text, out _));

    [Fact]
    public void TryOpen_SignedCheckpoint_IsTheSame()
    {
        Checkpoint checkpoint = new("log.example", 3, Hash256.Of([7]), "epoch 2");
        Assert.True(Checkpoint.TryOpen(checkpoint.Sign(_log).ToBytes(), _log.Verifier, out Checkpoint? opened, out string? fault), fault);
        Assert.Equal(checkpoint.ToText(), opened.ToText());
    }

    [Fact]
    public void TryOpen_OtherKeyOtherOriginOrNoCheckpoint_IsRefused()
    {
        using var other = NoteSigner.Generate("log.example");
        byte[] note = new Checkpoint("log.example", 3, Hash256.Of([7])).Sign(_log).ToBytes();
        Assert.False(Checkpoint.TryOpen(note, other.Verifier, out _, out _));
        Assert.False(Checkpoint.TryOpen(SignedNote.Sign(PublishedText, _log).ToBytes(), _log.Verifier, out _, out string? origin));
        Assert.Contains("example.com/behind-the-sofa", origin, StringComparison.Ordinal);
        Assert.False(Checkpoint.TryOpen(SignedNote.Sign("log.example\n", _log).ToBytes(), _log.Verifier, out _, out _));
        Assert.False(Checkpoint.TryOpen(Encoding.UTF8.GetBytes(PublishedText), _log.Verifier, out _, out _));
    }

    [Fact]
    public void Sign_KeyOfAnotherName_Throws()
        => Assert.Throws<ArgumentException>(() => new Checkpoint("other.example", 0, MerkleHash.EmptyRoot).Sign(_log));

    [Fact]
    public void Checkpoint_LineNotOfItsForm_Throws()
    {
        Assert.Throws<ArgumentException>(() => new Checkpoint("", 0, MerkleHash.EmptyRoot));
        Assert.Throws<ArgumentException>(() => new Checkpoint("a\nb", 0, MerkleHash.EmptyRoot));
        Assert.Throws<ArgumentException>(() => new Checkpoint("a", 0, MerkleHash.EmptyRoot, ""));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Checkpoint("a", -1, MerkleHash.EmptyRoot));
    }
}
