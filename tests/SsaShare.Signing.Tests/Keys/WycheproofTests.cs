using System.Text.Json;

namespace SsaShare.Signing.Tests.Keys;

/// <summary>Every signature verification vector of C2SP/wycheproof for the two algorithms.</summary>
public class WycheproofTests
{
    private const int Ed25519Vectors = 151, EcdsaVectors = 262;

    [Fact]
    public void Verify_Ed25519Vectors_AgreesWithEach()
        => AssertAll("ed25519_test.json", SignatureAlgorithm.Ed25519, group => group.GetProperty("pk"), Ed25519Vectors);

    [Fact]
    public void Verify_EcdsaP256P1363Vectors_AgreesWithEach()
        => AssertAll("ecdsa_secp256r1_sha256_p1363_test.json", SignatureAlgorithm.EcdsaP256Sha256, group => group.GetProperty("uncompressed"), EcdsaVectors);

    private static void AssertAll(string file, SignatureAlgorithm algorithm, Func<JsonElement, JsonElement> publicKey, int expectedCount)
    {
        JsonElement root = ReferenceData.Json(Path.Combine(ReferenceData.Folder("transparency/wycheproof/testvectors_v1"), file));
        var disagreements = new List<string>();
        int count = 0;
        foreach (JsonElement group in root.GetProperty("testGroups").EnumerateArray())
        {
            Assert.True(VerificationKey.TryCreate(algorithm, Hex(publicKey(group.GetProperty("publicKey"))), out VerificationKey? key));
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                count++;
                bool expected = test.GetProperty("result").GetString() == "valid";
                if (key.VerifyUnlabelled(Hex(test.GetProperty("msg")), Hex(test.GetProperty("sig"))) != expected)
                {
                    disagreements.Add($"{test.GetProperty("tcId")}: {test.GetProperty("comment")}");
                }
            }
        }

        Assert.Empty(disagreements);
        Assert.Equal(expectedCount, count);
    }

    private static byte[] Hex(JsonElement text) => Convert.FromHexString(text.GetString()!);
}
