using System.Security.Cryptography;
using System.Text;

namespace SsaShare.Signing.Tests.Keys;

public class VerificationKeyTests
{
    public static TheoryData<SignatureAlgorithm> Algorithms => SigningKeyTests.Algorithms;

    [Theory, MemberData(nameof(Algorithms))]
    public void TryParse_OwnText_IsTheSameKey(SignatureAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        Assert.True(VerificationKey.TryParse(key.VerificationKey.ToString(), out VerificationKey? parsed));
        Assert.Equal(key.VerificationKey, parsed);
        Assert.Equal(key.Id, parsed.Id);
        Assert.Equal(algorithm, parsed.Algorithm);
    }

    [Fact]
    public void TryParse_KeyUnderAnotherAlgorithm_IsRefused()
    {
        using var key = SigningKey.Generate(SignatureAlgorithm.Ed25519);
        Assert.False(VerificationKey.TryParse(key.VerificationKey.ToString().Replace("ed25519", "ecdsa-p256-sha256", StringComparison.Ordinal), out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("ed25519")]
    [InlineData("ed25519:")]
    [InlineData("ed25519:AAAA")]
    [InlineData("rsa:AAAA")]
    [InlineData("Ed25519:1xqY1QGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1E=")]
    [InlineData("ed25519: 1xqYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")]
    public void TryParse_NotAKeyText_IsRefused(string? text) => Assert.False(VerificationKey.TryParse(text, out _));

    [Fact]
    public void TryCreate_PointOffTheCurve_IsRefused()
    {
        using var key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        byte[] point = key.VerificationKey.PublicKey.ToArray();
        point[^1] ^= 1;
        Assert.False(VerificationKey.TryCreate(SignatureAlgorithm.EcdsaP256Sha256, point, out _));
    }

    [Fact]
    public void TryCreate_CompressedPointOrWrongLength_IsRefused()
    {
        using var key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        byte[] point = key.VerificationKey.PublicKey.ToArray();
        Assert.False(VerificationKey.TryCreate(SignatureAlgorithm.EcdsaP256Sha256, [0x02, .. point[1..33]], out _));
        Assert.False(VerificationKey.TryCreate(SignatureAlgorithm.EcdsaP256Sha256, [0x06, .. point[1..]], out _));
        Assert.False(VerificationKey.TryCreate(SignatureAlgorithm.EcdsaP256Sha256, point.AsSpan(1), out _));
        Assert.False(VerificationKey.TryCreate(SignatureAlgorithm.None, point, out _));
    }

    [Fact]
    public void Id_OfAKey_IsSha256OfNameNewlineKey()
    {
        using var key = SigningKey.Generate(SignatureAlgorithm.Ed25519);
        byte[] expected = SHA256.HashData([.. Encoding.ASCII.GetBytes("ed25519\n"), .. key.VerificationKey.PublicKey]);
        Assert.Equal(Convert.ToHexStringLower(expected), key.Id.ToString());
        Assert.True(KeyId.TryParse(key.Id.ToString(), out KeyId parsed));
        Assert.Equal(key.Id, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Agreement")]
    [InlineData("agreement\n")]
    [InlineData("agree ment")]
    [InlineData("/agreement")]
    public void ContextLabel_KindNotOfItsForm_Throws(string kind) => Assert.Throws<ArgumentException>(() => new ContextLabel(kind, 1));

    [Fact]
    public void ContextLabel_KindAndVersion_HasTheDocumentedPrefix()
        => Assert.Equal("ssashare/agreement/v1\n"u8.ToArray(), new ContextLabel("agreement", 1).Prefix.ToArray());
}
