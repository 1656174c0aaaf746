using System.Security.Cryptography;
using System.Text.Json;

namespace SsaShare.Signing.Tests.Keys;

/// <summary>Every signature verification vector of C2SP/wycheproof for the algorithms that keys are made of.</summary>
public class WycheproofTests
{
    private const int Ed25519Vectors = 151, EcdsaVectors = 262, MlDsa44Vectors = 180;

    [Fact]
    public void Verify_Ed25519Vectors_AgreesWithEach()
        => AssertAll("ed25519_test.json", SignatureAlgorithm.Ed25519, group => group.GetProperty("pk"), Ed25519Vectors);

    [Fact]
    public void Verify_EcdsaP256P1363Vectors_AgreesWithEach()
        => AssertAll("ecdsa_secp256r1_sha256_p1363_test.json", SignatureAlgorithm.EcdsaP256Sha256, group => group.GetProperty("uncompressed"), EcdsaVectors);

    [Fact]
    public void Verify_MlDsa44Vectors_AgreesWithEach()
    {
        Assert.SkipUnless(MlDsa44.IsSupported, MlDsa44.Unsupported);
        AssertAll("mldsa_44_verify_test.json", MlDsa44Vectors, group =>
        {
            MlDsa44PublicKey? key = TryMlDsa(Hex(group.GetProperty("publicKey")));
            return test => key is not null
                && key.Verify(Hex(test.GetProperty("msg")), test.TryGetProperty("ctx", out JsonElement context) ? Hex(context) : [], Hex(test.GetProperty("sig")));
        });
    }

    /// <summary>A file that nobody looks at proves nothing.</summary>
    [Fact]
    public void Files_OfTheFolder_AreTheseThree()
        => Assert.Equal(["ecdsa_secp256r1_sha256_p1363_test.json", "ed25519_test.json", "mldsa_44_verify_test.json"],
            Directory.GetFiles(ReferenceData.Folder("transparency/wycheproof/testvectors_v1")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    private static void AssertAll(string file, SignatureAlgorithm algorithm, Func<JsonElement, JsonElement> publicKey, int expectedCount)
        => AssertAll(file, expectedCount, group =>
        {
            Assert.True(VerificationKey.TryCreate(algorithm, Hex(publicKey(group.GetProperty("publicKey"))), out VerificationKey? key));
            return test => key.VerifyUnlabelled(Hex(test.GetProperty("msg")), Hex(test.GetProperty("sig")));
        });

    private static void AssertAll(string file, int expectedCount, Func<JsonElement, Func<JsonElement, bool>> verifierOf)
    {
        JsonElement root = ReferenceData.Json(Path.Combine(ReferenceData.Folder("transparency/wycheproof/testvectors_v1"), file));
        var disagreements = new List<string>();
        int count = 0;
        foreach (JsonElement group in root.GetProperty("testGroups").EnumerateArray())
        {
            Func<JsonElement, bool> verify = verifierOf(group);
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                count++;
                bool expected = test.GetProperty("result").GetString() == "valid";
                if (verify(test) != expected)
                {
                    disagreements.Add($"{test.GetProperty("tcId")}: {test.GetProperty("comment")}");
                }
            }
        }

        Assert.Empty(disagreements);
        Assert.Equal(expectedCount, count);
    }

    private static MlDsa44PublicKey? TryMlDsa(byte[] publicKey)
    {
        try
        {
            return new MlDsa44PublicKey(publicKey);
        }
        catch (CryptographicException)
        {
            return null; // Some vectors are keys of another length.
        }
    }

    private static byte[] Hex(JsonElement text) => Convert.FromHexString(text.GetString()!);
}
