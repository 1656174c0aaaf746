using System.Security.Cryptography;
using System.Text;

namespace SsaShare.Signing.Tests.Keys.AtRest;

/// <summary>Damaged key files: a key, or a refusal of the named kind; nothing else, and no long wait.</summary>
public class KeyTextFuzzTests
{
    private static readonly Passphrase Secret = Passphrase.Of("correct horse battery");

    [Fact]
    public void Read_DamagedTexts_GivesAKeyOrARefusal()
    {
        using var p256 = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        using var ed25519 = SigningKey.Generate(SignatureAlgorithm.Ed25519);
        byte[] hybrid = Hybrid.WritePkcs8([.. new byte[MlDsa44.SeedSize], .. p256.ExportPkcs8()]);
        byte[][] keys = [p256.ExportPkcs8(), ed25519.ExportPkcs8(), KeyText.WrapSecret(new byte[KeyFile.SecretSize]), hybrid];
        int read = 0, each = Nightly.FuzzInputs / keys.Length / 2;
        foreach (byte[] pkcs8 in keys)
        {
            read += Count(Encoding.ASCII.GetBytes(KeyText.Write(pkcs8, null)), each, text => Import(KeyText.ReadPkcs8(Encoding.ASCII.GetString(text), Secret)));
            // The DER itself, so that damage does not end at the base64.
            read += Count(Pbes2.Encrypt(pkcs8, Secret.Utf8, rounds: 1), each, der => Import(Pbes2.Decrypt(der, Secret.Utf8)));
        }

        Assert.InRange(read, 1, Nightly.FuzzInputs - 1);
    }

    private static int Count(byte[] valid, int inputs, Action<byte[]> read)
    {
        int good = 0;
        foreach (byte[] damaged in Mutations.Of(valid, inputs, seed: 4))
        {
            try
            {
                read(damaged);
                good++;
            }
            catch (Exception e) when (e is CryptographicException or FormatException)
            {
                // What KeyFile turns into its own refusal.
            }
        }

        return good;
    }

    private static void Import(byte[] pkcs8)
    {
        if (KeyText.UnwrapSecret(pkcs8) is null)
        {
            SigningKey.ImportPkcs8(pkcs8).Dispose();
        }
    }
}
