using System.Security.Cryptography;
using System.Text;

namespace SsaShare.Signing.Tests.Keys;

public class SigningKeyTests
{
    private static readonly ContextLabel Label = new("test", 1);
    private static readonly byte[] Message = "A radar saw it."u8.ToArray();

    public static TheoryData<SignatureAlgorithm> Algorithms => [SignatureAlgorithm.EcdsaP256Sha256, SignatureAlgorithm.Ed25519];

    [Theory, MemberData(nameof(Algorithms))]
    public void Sign_OwnKeyAndLabel_Verifies(SignatureAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        byte[] signature = key.Sign(Label, Message);
        Assert.Equal(64, signature.Length);
        Assert.True(key.VerificationKey.Verify(Label, Message, signature));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void Sign_LabelAndMessage_CoversLabelNewlineMessage(SignatureAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        byte[] signature = key.Sign(Label, Message);
        Assert.True(key.VerificationKey.VerifyUnlabelled([.. "ssashare/test/v1\n"u8, .. Message], signature));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void Verify_AnyBitOfSignatureFlipped_IsRefused(SignatureAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        byte[] signature = key.Sign(Label, Message);
        for (int bit = 0; bit < signature.Length * 8; bit++)
        {
            byte[] damaged = [.. signature];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(key.VerificationKey.Verify(Label, Message, damaged), $"bit {bit}");
        }
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void Verify_OtherLabelMessageKeyOrLength_IsRefused(SignatureAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        using var other = SigningKey.Generate(algorithm);
        byte[] signature = key.Sign(Label, Message);
        Assert.False(key.VerificationKey.Verify(new ContextLabel("test", 2), Message, signature));
        Assert.False(key.VerificationKey.Verify(new ContextLabel("other", 1), Message, signature));
        Assert.False(key.VerificationKey.Verify(Label, [.. Message, 0], signature));
        Assert.False(other.VerificationKey.Verify(Label, Message, signature));
        Assert.False(key.VerificationKey.Verify(Label, Message, signature.AsSpan(1)));
        Assert.False(key.VerificationKey.Verify(Label, Message, [.. signature, 0]));
        Assert.False(key.VerificationKey.Verify(Label, Message, []));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void ImportPkcs8_Exported_IsTheSameKey(SignatureAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        using var copy = SigningKey.ImportPkcs8(key.ExportPkcs8());
        Assert.Equal(key.VerificationKey, copy.VerificationKey);
        Assert.True(key.VerificationKey.Verify(Label, Message, copy.Sign(Label, Message)));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void SignAndVerify_ManyThreads_EverySignatureVerifies(SignatureAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        int wrong = 0;
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            byte[] message = Encoding.ASCII.GetBytes($"message {i}");
            byte[] signature = key.Sign(Label, message);
            bool right = key.VerificationKey.Verify(Label, message, signature) && !key.VerificationKey.Verify(Label, Message, signature);
            Interlocked.Add(ref wrong, right ? 0 : 1);
        });
        Assert.Equal(0, wrong);
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void Sign_AfterDispose_Throws(SignatureAlgorithm algorithm)
    {
        var key = SigningKey.Generate(algorithm);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign(Label, Message));
    }

    [Fact]
    public void ImportPkcs8_OtherCurve_IsRefused()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<CryptographicException>(() => SigningKey.ImportPkcs8(p384.ExportPkcs8PrivateKey()));
    }

    [Fact]
    public void ImportPkcs8_RsaKeyOrTrailingByteOrNothing_IsRefused()
    {
        using var rsa = RSA.Create(2048);
        using var key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        Assert.ThrowsAny<CryptographicException>(() => SigningKey.ImportPkcs8(rsa.ExportPkcs8PrivateKey()));
        Assert.ThrowsAny<CryptographicException>(() => SigningKey.ImportPkcs8([.. key.ExportPkcs8(), 0]));
        Assert.ThrowsAny<CryptographicException>(() => SigningKey.ImportPkcs8([]));
    }

    [Fact]
    public void Generate_NoAlgorithm_Throws()
        => Assert.Throws<ArgumentOutOfRangeException>(() => SigningKey.Generate(SignatureAlgorithm.None));
}
