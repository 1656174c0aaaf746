using System.Text.Json;
using SsaShare.Signing;
using SsaShare.Signing.Tests;

namespace SsaShare.Transparency.Tests.Merkle;

/// <summary>Every case of transparency-dev/merkle's test data.</summary>
public class TransparencyDevTests
{
    /// <summary>Some consistency cases write these words where a root should stand and want them told apart, no more.</summary>
    private static readonly string[] Words = ["ZG9uJ3QgY2FyZSAx", "ZG9uJ3QgY2FyZSAy"];

    [Fact]
    public void Inclusion_EveryCase_AgreesOnTheAnswer() => AssertAll("inclusion", 98, test
        => TryHash(test, "leafHash", out Hash256 leaf) && TryHash(test, "root", out Hash256 root) && TryProof(test, out Hash256[] proof)
            && InclusionProof.Verify(Number(test, "leafIdx"), Number(test, "treeSize"), leaf, proof, root));

    [Fact]
    public void Consistency_EveryCase_AgreesOnTheAnswer() => AssertAll("consistency", 98, test
        => TryHash(test, "root1", out Hash256 older) && TryHash(test, "root2", out Hash256 newer) && TryProof(test, out Hash256[] proof)
            && ConsistencyProof.Verify(Number(test, "size1"), Number(test, "size2"), older, newer, proof));

    [Fact]
    public void SubtreeInclusion_EveryCase_AgreesOnTheAnswer() => AssertAll("subtreeinclusion", 204, test
        => TryHash(test, "leafHash", out Hash256 leaf) && TryHash(test, "root", out Hash256 root) && TryProof(test, out Hash256[] proof)
            && InclusionProof.Verify(Number(test, "leafIdx"), Subtree(test), leaf, proof, root));

    [Fact]
    public void SubtreeConsistency_EveryCase_AgreesOnTheAnswer() => AssertAll("subtreeconsistency", 118, test
        => TryHash(test, "root1", out Hash256 subtree) && TryHash(test, "root2", out Hash256 root) && TryProof(test, out Hash256[] proof)
            && ConsistencyProof.Verify(Subtree(test), Number(test, "size"), subtree, root, proof));

    private static void AssertAll(string kind, int expectedCount, Func<JsonElement, bool> verify)
    {
        string folder = ReferenceData.Folder($"transparency/merkle/testdata/{kind}");
        string[] files = Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories);
        var disagreements = files.Where(file =>
        {
            JsonElement test = ReferenceData.Json(file);
            return verify(test) == test.GetProperty("wantErr").GetBoolean();
        });
        Assert.Empty(disagreements);
        Assert.Equal(expectedCount, files.Length);
    }

    private static MerkleRange Subtree(JsonElement test) => new(Number(test, "start"), Number(test, "end"));

    /// <summary>Numbers of 2^63 and more become negative and must be refused like these.</summary>
    private static long Number(JsonElement test, string name) => unchecked((long)test.GetProperty(name).GetUInt64());

    private static bool TryHash(JsonElement test, string name, out Hash256 hash) => TryHash(test.GetProperty(name).GetString()!, out hash);

    private static bool TryHash(string base64, out Hash256 hash)
    {
        byte[] bytes = Convert.FromBase64String(base64);
        return Hash256.TryCreate(Words.Contains(base64) ? Hash256.Of(bytes).ToArray() : bytes, out hash);
    }

    private static bool TryProof(JsonElement test, out Hash256[] proof)
    {
        JsonElement list = test.GetProperty("proof");
        var hashes = new List<Hash256>();
        proof = [];
        foreach (JsonElement item in list.ValueKind == JsonValueKind.Null ? [] : list.EnumerateArray().ToArray())
        {
            if (!TryHash(item.GetString()!, out Hash256 hash))
            {
                return false;
            }

            hashes.Add(hash);
        }

        proof = [.. hashes];
        return true;
    }
}
