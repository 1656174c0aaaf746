using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace SsaShare.Signing.Tests.Keys.AtRest;

/// <summary>Key files with a passphrase: new ones, and those that are encrypted in their place.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KeyProtectionTests : IDisposable
{
    private static readonly ContextLabel Label = new("test", 1);
    private static readonly Passphrase Right = Passphrase.Of("correct horse battery"), Wrong = Passphrase.Of("incorrect horse battery");
    private readonly string _folder = Directory.CreateTempSubdirectory("ssashare-protection-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(SignatureAlgorithm.EcdsaP256Sha256)]
    [InlineData(SignatureAlgorithm.Ed25519)]
    public void CreateNew_WithPassphrase_OpensWithThatOneOnly(SignatureAlgorithm algorithm)
    {
        string path = In("signing.pem");
        using var key = SigningKey.Generate(algorithm);
        KeyFile.CreateNew(path, key, Right);
        using SigningKey read = KeyFile.ReadSigningKey(path, Right);
        Assert.True(key.VerificationKey.Verify(Label, [1], read.Sign(Label, [1])));
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", File.ReadAllText(path), StringComparison.Ordinal);
        AssertRefused("passphrase is wrong", path, () => KeyFile.ReadSigningKey(path, Wrong));
        AssertRefused("Keys:PassphraseFile", path, () => KeyFile.ReadSigningKey(path));
    }

    [Fact]
    public void Protect_EachKindOfFile_IsTheSameKeyAfterwards()
    {
        var date = DateTimeOffset.UnixEpoch.AddYears(56);
        using var key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        using var signer = NoteSigner.Generate("node.example/log");
        using var certificate = TlsCertificate.CreateForOperator("operator", date);
        byte[] secret = RandomNumberGenerator.GetBytes(KeyFile.SecretSize);
        KeyFile.CreateNew(In("signing.pem"), key);
        KeyFile.CreateNew(In("log.pem"), signer);
        KeyFile.CreateNew(In("tls.pem"), certificate);
        KeyFile.CreateNewSecret(In("cursor.key"), secret);
        byte[][] before = [.. Files().Select(File.ReadAllBytes)];

        Assert.All(Files(), path => Assert.True(KeyFile.Protect(path, Right)));
        Assert.All(Files(), path => Assert.Equal(KeyProtection.Passphrase, KeyFile.ProtectionOf(path)));
        Assert.All(Files(), path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)));
        AssertReadBack(Right);

        Assert.All(Files(), path => Assert.True(KeyFile.Unprotect(path, Right)));
        Assert.All(Files(), path => Assert.Equal(KeyProtection.None, KeyFile.ProtectionOf(path)));
        Assert.Equal(before, Files().Select(File.ReadAllBytes));

        void AssertReadBack(Passphrase passphrase)
        {
            using SigningKey readKey = KeyFile.ReadSigningKey(In("signing.pem"), passphrase);
            using NoteSigner readSigner = KeyFile.ReadNoteSigner(In("log.pem"), signer.Name, passphrase: passphrase);
            using var readCertificate = KeyFile.ReadCertificate(In("tls.pem"), passphrase);
            Assert.Equal(key.Id, readKey.Id);
            Assert.Equal(signer.Verifier, readSigner.Verifier);
            Assert.Equal(certificate.RawData, readCertificate.RawData);
            Assert.True(readCertificate.HasPrivateKey);
            Assert.Equal(secret, KeyFile.ReadSecret(In("cursor.key"), passphrase));
        }
    }

    /// <summary>A run that was broken off has encrypted some of the files.</summary>
    [Fact]
    public void Protect_Again_LeavesWhatOpensAndRefusesWhatDoesNot()
    {
        string path = New();
        Assert.True(KeyFile.Protect(path, Right));
        byte[] before = File.ReadAllBytes(path);
        Assert.False(KeyFile.Protect(path, Right));
        AssertRefused("passphrase is wrong", path, () => KeyFile.Protect(path, Wrong));
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void Protect_WithTheOldPassphrase_ChangesItAndCanBeRunAgain()
    {
        string path = New();
        var next = Passphrase.Of("another horse battery");
        KeyFile.Protect(path, Right);
        AssertRefused("passphrase is wrong", path, () => KeyFile.Protect(path, next, Wrong));
        Assert.True(KeyFile.Protect(path, next, Right));
        Assert.False(KeyFile.Protect(path, next, Right));
        using SigningKey read = KeyFile.ReadSigningKey(path, next);
        AssertRefused("passphrase is wrong", path, () => KeyFile.ReadSigningKey(path, Right));
    }

    /// <summary>The link stays, and what it leads to is no longer in the clear.</summary>
    [Fact]
    public void Protect_BehindALink_EncryptsWhatItLeadsTo()
    {
        string path = New(), link = In("link.pem");
        File.CreateSymbolicLink(link, path);
        Assert.True(KeyFile.Protect(link, Right));
        Assert.Equal(path, new FileInfo(link).LinkTarget);
        Assert.Equal(KeyProtection.Passphrase, KeyFile.ProtectionOf(path));
    }

    [Fact]
    public void Protect_ShortPassphraseOrNoKey_ChangesNothing()
    {
        string path = New(), other = In("other.pem");
        byte[] before = File.ReadAllBytes(path);
        Assert.Contains("at least 12", Assert.Throws<KeyFileException>(() => KeyFile.Protect(path, Passphrase.Of("short"))).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
        Write(other, "no key at all");
        AssertRefused("No 'PRIVATE KEY'", other, () => KeyFile.Protect(other, Right));
        Assert.Equal("no key at all", File.ReadAllText(other));
    }

    [Fact]
    public void FromFile_TextWithLineEnd_IsThePassphrase()
    {
        string key = New(), file = In("passphrase");
        KeyFile.Protect(key, Right);
        Write(file, "correct horse battery\r\n");
        using SigningKey read = KeyFile.ReadSigningKey(key, Passphrase.FromFile(file));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        AssertRefused("chmod 600", file, () => KeyFile.ReadSigningKey(key, Passphrase.FromFile(file)));
        AssertRefused("cannot be read", In("none"), () => KeyFile.ReadSigningKey(key, Passphrase.FromFile(In("none"))));
        Write(In("empty"), "\n");
        AssertRefused("1 to 1024", In("empty"), () => KeyFile.ReadSigningKey(key, Passphrase.FromFile(In("empty"))));
    }

    /// <summary>systemd grants the service its credentials by an access control list, which shows as access of the group.</summary>
    [Fact]
    public void FromFile_CredentialOfSystemd_MayShowAccessOfTheGroup()
    {
        string key = New(), folder = Directory.CreateDirectory(In("credentials")).FullName, file = Path.Combine(folder, "passphrase"), outside = In("passphrase");
        KeyFile.Protect(key, Right);
        foreach (string path in new[] { file, outside })
        {
            Write(path, "correct horse battery");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        }

        Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", folder);
        try
        {
            KeyFile.ReadSigningKey(key, Passphrase.FromFile(file)).Dispose();
            AssertRefused("chmod 600", outside, () => KeyFile.ReadSigningKey(key, Passphrase.FromFile(outside)));
            string around = Path.Combine(folder, "..", "passphrase");
            AssertRefused("chmod 600", around, () => KeyFile.ReadSigningKey(key, Passphrase.FromFile(around)));
        }
        finally
        {
            Environment.SetEnvironmentVariable("CREDENTIALS_DIRECTORY", null);
        }
    }

    [Fact]
    public void Ask_ManyFiles_AsksOnceAndOnlyWhenNeeded()
    {
        int asked = 0;
        var passphrase = Passphrase.Ask(() =>
        {
            asked++;
            return "correct horse battery";
        });
        string plain = New(), first = New("first.pem"), second = New("second.pem");
        KeyFile.ReadSigningKey(plain, passphrase).Dispose();
        Assert.Equal(0, asked);
        KeyFile.Protect(first, Right);
        KeyFile.Protect(second, Right);
        KeyFile.ReadSigningKey(first, passphrase).Dispose();
        KeyFile.ReadSigningKey(second, passphrase).Dispose();
        Assert.Equal(1, asked);
    }

    private static void AssertRefused(string because, string path, Func<object?> use)
    {
        string message = Assert.Throws<KeyFileException>(use).Message;
        Assert.Contains(because, message, StringComparison.Ordinal);
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private string New(string name = "signing.pem")
    {
        using var key = SigningKey.Generate(SignatureAlgorithm.Ed25519);
        KeyFile.CreateNew(In(name), key);
        return In(name);
    }

    private static void Write(string path, string content)
    {
        File.WriteAllText(path, content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private string[] Files() => [.. Directory.GetFiles(_folder).Order(StringComparer.Ordinal)];

    private string In(string name) => Path.Combine(_folder, name);
}
