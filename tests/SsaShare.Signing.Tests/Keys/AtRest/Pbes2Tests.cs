using System.Diagnostics;
using System.Security.Cryptography;

namespace SsaShare.Signing.Tests.Keys.AtRest;

/// <summary>Our reading and writing of encrypted PKCS#8 against the platform's and OpenSSL's.</summary>
public sealed class Pbes2Tests : IDisposable
{
    private const int FewRounds = 1_000;
    private static readonly byte[] Password = "correct horse battery"u8.ToArray();
    private readonly string _folder = Directory.CreateTempSubdirectory("ssashare-pbes2-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Encrypt_WithTheDefaultRounds_IsReadByThePlatform()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] encrypted = Pbes2.Encrypt(key.ExportPkcs8PrivateKey(), Password);
        using var read = ECDsa.Create();
        read.ImportEncryptedPkcs8PrivateKey(Password, encrypted, out int length);
        Assert.Equal(encrypted.Length, length);
        Assert.Equal(key.ExportPkcs8PrivateKey(), read.ExportPkcs8PrivateKey());
    }

    [Fact]
    public void Decrypt_WhatThePlatformWrote_IsTheKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] encrypted = key.ExportEncryptedPkcs8PrivateKey(Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, FewRounds));
        Assert.Equal(key.ExportPkcs8PrivateKey(), Pbes2.Decrypt(encrypted, Password));
    }

    [Theory]
    [InlineData(HashMethod.Sha1)]
    [InlineData(HashMethod.Sha512)]
    public void Decrypt_AnotherHash_IsRefused(HashMethod hash)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = hash == HashMethod.Sha1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA512;
        byte[] encrypted = key.ExportEncryptedPkcs8PrivateKey(Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, name, FewRounds));
        Assert.Throws<CryptographicException>(() => Pbes2.Decrypt(encrypted, Password));
    }

    public enum HashMethod
    {
        Sha1,
        Sha512,
    }

    [Fact]
    public void Encrypt_Twice_SharesNeitherSaltNorBytes()
    {
        byte[] plain = [0x30, 0x00];
        Assert.NotEqual(Pbes2.Encrypt(plain, Password, FewRounds), Pbes2.Encrypt(plain, Password, FewRounds));
    }

    /// <summary>One wrong key in 256 leaves padding that looks right.</summary>
    [Fact]
    public void Decrypt_ManyWrongPassphrases_AreAllRefusedAlike()
    {
        byte[] encrypted = Pbes2.Encrypt([0x30, 0x03, 0x02, 0x01, 0x00], Password, rounds: 1);
        for (int i = 1; i < 2_000; i++)
        {
            byte[] wrong = [.. Password, (byte)i, (byte)(i >> 8)];
            Assert.Contains("passphrase is wrong", Assert.Throws<CryptographicException>(() => Pbes2.Decrypt(encrypted, wrong)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Pbes2.RoundsMax + 1)]
    [InlineData(int.MaxValue)]
    public void Decrypt_RoundsOutOfRange_IsRefusedAtOnce(int rounds)
    {
        byte[] encrypted = Pbes2.Write(new byte[16], rounds, new byte[16], new byte[16]);
        Assert.Contains("rounds", Assert.Throws<CryptographicException>(() => Pbes2.Decrypt(encrypted, Password)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenSsl_ReadsOursAndWeReadItsOwn()
    {
        using var key = SigningKey.Generate(SignatureAlgorithm.Ed25519);
        string ours = Path.Combine(_folder, "ours.pem"), theirs = Path.Combine(_folder, "theirs.pem");
        KeyFile.CreateNew(ours, key, Passphrase.Of("correct horse battery"));
        OpenSsl("pkcs8", "-in", ours, "-passin", "pass:correct horse battery", "-topk8", "-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA256", "-passout", "pass:other passphrase", "-out", theirs);
        using SigningKey read = KeyFile.ReadSigningKey(theirs, Passphrase.Of("other passphrase"));
        Assert.Equal(key.Id, read.Id);
    }

    private static void OpenSsl(params string[] words)
    {
        Process? process = null;
        try
        {
            process = Process.Start(new ProcessStartInfo("openssl", words) { RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("the openssl program is missing");
        }

        string errors = process!.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
        process.Dispose();
    }
}
