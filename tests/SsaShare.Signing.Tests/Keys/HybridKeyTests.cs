namespace SsaShare.Signing.Tests.Keys;

/// <summary>ML-DSA-44 and P-256 side by side: where the platform has both, and where it does not.</summary>
public class HybridKeyTests
{
    private const SignatureAlgorithm Algorithm = SignatureAlgorithm.MlDsa44EcdsaP256;
    private const int MlDsaSignature = 2420, MlDsaKey = 1312, P256Signature = 64, P256Key = 65;
    private static readonly ContextLabel Label = new("test", 1);
    private static readonly byte[] Message = "A radar saw it."u8.ToArray();

    [Fact]
    public void Sign_OwnKeyAndLabel_VerifiesWithTheLengthsOfBothHalves()
    {
        using SigningKey key = Generate();
        byte[] signature = key.Sign(Label, Message);
        Assert.Equal(MlDsaSignature + P256Signature, signature.Length);
        Assert.Equal(MlDsaKey + P256Key, key.VerificationKey.PublicKey.Length);
        Assert.True(key.VerificationKey.Verify(Label, Message, signature));
        Assert.False(key.VerificationKey.Verify(new ContextLabel("test", 2), Message, signature));
        Assert.False(key.VerificationKey.Verify(Label, [.. Message, 0], signature));
        Assert.False(key.VerificationKey.Verify(Label, Message, signature.AsSpan(1)));
        Assert.False(key.VerificationKey.Verify(Label, Message, [.. signature, 0]));
    }

    [Fact]
    public void Verify_AnyByteDamaged_IsRefused()
    {
        using SigningKey key = Generate();
        byte[] signature = key.Sign(Label, Message);
        for (int at = 0; at < signature.Length; at++)
        {
            byte[] damaged = [.. signature];
            damaged[at] ^= 0x10;
            Assert.False(key.VerificationKey.Verify(Label, Message, damaged), $"byte {at}");
        }
    }

    /// <summary>Who can forge one of the two algorithms still cannot sign.</summary>
    [Fact]
    public void Verify_OneHalfOfAnotherKey_IsRefused()
    {
        using SigningKey key = Generate(), other = Generate();
        byte[] right = key.Sign(Label, Message), foreign = other.Sign(Label, Message);
        Assert.False(key.VerificationKey.Verify(Label, Message, [.. right[..MlDsaSignature], .. foreign[MlDsaSignature..]]));
        Assert.False(key.VerificationKey.Verify(Label, Message, [.. foreign[..MlDsaSignature], .. right[MlDsaSignature..]]));
    }

    /// <summary>The P-256 half is no signature of the P-256 key by itself, and the other way round.</summary>
    [Fact]
    public void Verify_P256HalfLiftedOutOrPutIn_IsRefused()
    {
        using SigningKey key = Generate();
        byte[] pkcs8 = key.ExportPkcs8();
        byte[] both = Hybrid.TryReadPkcs8(pkcs8)!;
        using var p256 = SigningKey.ImportPkcs8(both.AsSpan(MlDsa44.SeedSize));
        Assert.Equal(key.VerificationKey.PublicKey[MlDsaKey..].ToArray(), p256.VerificationKey.PublicKey.ToArray());

        byte[] signature = key.Sign(Label, Message);
        Assert.False(p256.VerificationKey.Verify(Label, Message, signature.AsSpan(MlDsaSignature)));
        Assert.False(key.VerificationKey.Verify(Label, Message, [.. signature[..MlDsaSignature], .. p256.Sign(Label, Message)]));
    }

    [Fact]
    public void Verify_MlDsaHalfLiftedOut_IsRefusedWithoutTheName()
    {
        using SigningKey key = Generate();
        var mlDsa = new MlDsa44PublicKey(key.VerificationKey.PublicKey[..MlDsaKey]);
        byte[] signature = key.Sign(Label, Message)[..MlDsaSignature], signed = [.. Label.Prefix, .. Message];
        Assert.True(mlDsa.Verify(signed, Hybrid.Name, signature));
        Assert.False(mlDsa.Verify(signed, [], signature));
    }

    [Fact]
    public void ImportPkcs8_Exported_IsTheSameKey()
    {
        using SigningKey key = Generate();
        using var copy = SigningKey.ImportPkcs8(key.ExportPkcs8());
        Assert.Equal(key.VerificationKey, copy.VerificationKey);
        Assert.True(key.VerificationKey.Verify(Label, Message, copy.Sign(Label, Message)));
        Assert.True(VerificationKey.TryParse(key.VerificationKey.ToString(), out VerificationKey? parsed));
        Assert.Equal(key.Id, parsed.Id);
    }

    [Fact]
    public void Sign_EnvelopeAndManyThreads_EverySignatureVerifies()
    {
        using SigningKey key = Generate();
        Parallel.For(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var envelope = DsseEnvelope.Create("application/test", [(byte)i]).Sign(key);
            Assert.True(DsseEnvelope.TryParse(envelope.ToJson(), out DsseEnvelope? read, out _));
            Assert.True(read.IsSignedByAll([key.VerificationKey]));
        });
    }

    [Fact]
    public void TryCreate_HalfThatIsNoPoint_IsRefused()
    {
        using SigningKey key = Generate();
        byte[] damaged = key.VerificationKey.PublicKey.ToArray();
        damaged[^1] ^= 1;
        Assert.False(VerificationKey.TryCreate(Algorithm, damaged, out _));
    }

    [Fact]
    public void TryCreateAndVerify_DamagedBytes_GiveAnAnswer()
    {
        using SigningKey key = Generate();
        byte[] publicKey = key.VerificationKey.PublicKey.ToArray(), signature = key.Sign(Label, Message);
        foreach (byte[] damaged in Mutations.Of(publicKey, Nightly.FuzzInputs / 50, seed: 8))
        {
            Assert.False(VerificationKey.TryCreate(Algorithm, damaged, out VerificationKey? other) && !damaged.AsSpan().SequenceEqual(publicKey)
                && other.Verify(Label, Message, signature));
        }

        foreach (byte[] damaged in Mutations.Of(signature, Nightly.FuzzInputs / 50, seed: 9))
        {
            Assert.False(key.VerificationKey.Verify(Label, Message, damaged) && !damaged.AsSpan().SequenceEqual(signature));
        }
    }

    /// <summary>Nothing is half checked where ML-DSA is missing: such a key does not come to be.</summary>
    [Fact]
    public void EveryUse_PlatformWithoutMlDsa_IsRefused()
    {
        Assert.SkipWhen(Algorithm.IsSupported(), "this platform has ML-DSA");
        using var p256 = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        byte[] publicKey = [.. new byte[MlDsaKey], .. p256.VerificationKey.PublicKey];
        Assert.Contains("OpenSSL 3.5", Assert.Throws<KeyFileException>(() => SigningKey.Generate(Algorithm)).Message, StringComparison.Ordinal);
        Assert.False(VerificationKey.TryCreate(Algorithm, publicKey, out _));
        Assert.False(VerificationKey.TryParse($"{Algorithm.Name()}:{Convert.ToBase64String(publicKey)}", out _));
        byte[] pkcs8 = Hybrid.WritePkcs8([.. new byte[MlDsa44.SeedSize], .. p256.ExportPkcs8()]);
        Assert.Throws<System.Security.Cryptography.CryptographicException>(() => SigningKey.ImportPkcs8(pkcs8));
    }

    private static SigningKey Generate()
    {
        Assert.SkipUnless(Algorithm.IsSupported(), MlDsa44.Unsupported);
        return SigningKey.Generate(Algorithm);
    }
}
