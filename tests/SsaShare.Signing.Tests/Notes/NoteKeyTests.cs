namespace SsaShare.Signing.Tests.Notes;

public class NoteKeyTests
{
    /// <summary>The key and the signed text of the Go note package's documentation (golang.org/x/mod/sumdb/note).</summary>
    private const string PublishedKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    [Fact]
    public void Verify_PublishedNote_IsSigned()
    {
        Assert.True(NoteVerifier.TryParse(PublishedKey, out NoteVerifier? verifier));
        byte[] line = Convert.FromBase64String("x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=");
        Assert.Equal(0xc74f20a3, verifier.KeyHash);
        Assert.Equal("c74f20a3", Convert.ToHexStringLower(line.AsSpan(0, 4)));
        Assert.True(verifier.Verify("If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"u8, line.AsSpan(4)));
        Assert.False(verifier.Verify("If you think cryptography is the answer to your problem,\nthen you do know what your problem is.\n"u8, line.AsSpan(4)));
    }

    [Theory]
    [InlineData(PublishedKey)]
    [InlineData("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")]
    public void TryParse_PublishedKeys_WritesTheSameText(string text)
    {
        Assert.True(NoteVerifier.TryParse(text, out NoteVerifier? verifier));
        Assert.Equal(text, verifier.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("++")]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T")]
    [InlineData("PeterNeumann+c74f20a3+AhpcAhpc")]
    [InlineData("PeterNeumann+c74f20a3+")]
    [InlineData("PeterNeumann+c74f20a3")]
    public void TryParse_NotAKey_IsRefused(string? text) => Assert.False(NoteVerifier.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\u2003b")]
    [InlineData("a\nb")]
    [InlineData("a\ud800")]
    public void Generate_NameNotOfItsForm_Throws(string name) => Assert.Throws<ArgumentException>(() => NoteSigner.Generate(name));

    [Fact]
    public void Cosign_Text_SignsHeaderTimeAndText()
    {
        using var cosigner = NoteSigner.Generate("witness.example/w1", NoteSignatureType.CosignatureV1);
        using var sameKey = NoteSigner.ImportPkcs8("witness.example/w1", cosigner.ExportPkcs8());
        byte[] cosignature = cosigner.Cosign("log.example\n1\nroot\n"u8, unixTimeS: 1_679_315_147);
        byte[] expected = sameKey.Sign("cosignature/v1\ntime 1679315147\nlog.example\n1\nroot\n"u8);
        Assert.Equal([0, 0, 0, 0, 0x64, 0x18, 0x50, 0xcb, .. expected], cosignature);
        Assert.True(cosigner.Verifier.Verify("log.example\n1\nroot\n"u8, cosignature));
        Assert.NotEqual(cosigner.Verifier.KeyHash, sameKey.Verifier.KeyHash);
    }

    [Fact]
    public void Verify_CosignatureWithOtherTimeTextOrLength_IsRefused()
    {
        using var cosigner = NoteSigner.Generate("witness.example/w1", NoteSignatureType.CosignatureV1);
        byte[] cosignature = cosigner.Cosign("text\n"u8, unixTimeS: 100);
        Assert.True(NoteVerifier.TryParse(cosigner.Verifier.ToString(), out NoteVerifier? verifier));
        Assert.True(verifier.Verify("text\n"u8, cosignature));
        Assert.False(verifier.Verify("other\n"u8, cosignature));
        Assert.False(verifier.Verify("text\n"u8, [.. cosignature[..7], 101, .. cosignature[8..]]));
        Assert.False(verifier.Verify("text\n"u8, [0xff, .. cosignature[1..]]));
        Assert.False(verifier.Verify("text\n"u8, cosignature.AsSpan(8)));
        Assert.False(verifier.Verify("text\n"u8, []));
    }

    [Fact]
    public void SignAndCosign_KeyOfTheOtherType_Throws()
    {
        using var log = NoteSigner.Generate("log.example");
        using var cosigner = NoteSigner.Generate("witness.example/w1", NoteSignatureType.CosignatureV1);
        Assert.Throws<InvalidOperationException>(() => log.Cosign("text\n"u8, unixTimeS: 1));
        Assert.Throws<InvalidOperationException>(() => cosigner.Sign("text\n"u8));
    }
}
