using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace SsaShare.Signing.Tests.Keys.AtRest;

[UnsupportedOSPlatform("windows")]
public sealed class KeyFileTests : IDisposable
{
    private static readonly ContextLabel Label = new("test", 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("ssashare-keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256)]
    [InlineData(SignatureAlgorithm.Ed25519)]
    public void CreateNew_SigningKey_IsReadBackAndOwnerOnly(SignatureAlgorithm algorithm)
    {
        string path = Path.Combine(_folder, "signing.pem");
        using var key = SigningKey.Generate(algorithm);
        KeyFile.CreateNew(path, key);
        using SigningKey read = KeyFile.ReadSigningKey(path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.True(key.VerificationKey.Verify(Label, [1], read.Sign(Label, [1])));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void CreateNew_FileExists_ThrowsAndKeepsIt()
    {
        string path = Path.Combine(_folder, "signing.pem");
        File.WriteAllText(path, "mine");
        using var key = SigningKey.Generate(SignatureAlgorithm.Ed25519);
        Assert.Throws<IOException>(() => KeyFile.CreateNew(path, key));
        Assert.Equal("mine", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void CreateNew_ManyAtOnce_OneWins()
    {
        string path = Path.Combine(_folder, "signing.pem");
        int made = 0;
        Parallel.For(0, 16, _ =>
        {
            using var key = SigningKey.Generate(SignatureAlgorithm.Ed25519);
            if (Record.Exception(() => KeyFile.CreateNew(path, key)) is null)
            {
                Interlocked.Increment(ref made);
            }
        });
        Assert.Equal(1, made);
        using SigningKey read = KeyFile.ReadSigningKey(path);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void ReadSigningKey_OpenToOthers_IsRefusedWithTheRemedy(UnixFileMode open)
    {
        string path = Path.Combine(_folder, "signing.pem");
        using var key = SigningKey.Generate(SignatureAlgorithm.Ed25519);
        KeyFile.CreateNew(path, key);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | open);
        var refusal = Assert.Throws<KeyFileException>(() => KeyFile.ReadSigningKey(path));
        Assert.Contains($"chmod 600 {path}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadSigningKey_Missing_NamesTheFile()
    {
        string path = Path.Combine(_folder, "none.pem");
        Assert.Contains(path, Assert.Throws<KeyFileException>(() => KeyFile.ReadSigningKey(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a key")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    public void ReadSigningKey_NotAKey_IsRefused(string content)
        => Assert.Throws<KeyFileException>(() => KeyFile.ReadSigningKey(Write(content)));

    /// <summary>RFC 8410 section 10.3 prints this private key, section 10.1 its public key.</summary>
    [Fact]
    public void ReadSigningKey_Rfc8410Example_HasItsPublicKey()
    {
        using SigningKey key = KeyFile.ReadSigningKey(Write(
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n"));
        Assert.Equal("ed25519:Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=", key.VerificationKey.ToString());
    }

    [Fact]
    public void CreateNew_NoteSigner_IsReadBack()
    {
        string path = Path.Combine(_folder, "log.pem");
        using var signer = NoteSigner.Generate("node.example/log");
        KeyFile.CreateNew(path, signer);
        using NoteSigner read = KeyFile.ReadNoteSigner(path, signer.Name);
        Assert.Equal(signer.Verifier, read.Verifier);
    }

    [Fact]
    public void ReadNoteSigner_P256Key_IsRefused()
    {
        string path = Path.Combine(_folder, "log.pem");
        using var key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        KeyFile.CreateNew(path, key);
        Assert.Throws<KeyFileException>(() => KeyFile.ReadNoteSigner(path, "node.example/log"));
    }

    [Fact]
    public void CreateNew_Certificate_IsReadBackWithItsKey()
    {
        string path = Path.Combine(_folder, "tls.pem");
        using var certificate = TlsCertificate.CreateForOperator("operator", DateTimeOffset.UnixEpoch.AddYears(56));
        KeyFile.CreateNew(path, certificate);
        using var read = KeyFile.ReadCertificate(path);
        Assert.Equal(certificate.RawData, read.RawData);
        Assert.True(read.HasPrivateKey);
    }

    private string Write(string content)
    {
        string path = Path.Combine(_folder, "written.pem");
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
