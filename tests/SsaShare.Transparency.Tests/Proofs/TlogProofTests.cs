using System.Text;
using SsaShare.Signing;
using SsaShare.Signing.Tests;
using SsaShare.Transparency.Tests.Merkle;

namespace SsaShare.Transparency.Tests.Proofs;

public sealed class TlogProofTests : IDisposable
{
    private readonly NoteSigner _log = NoteSigner.Generate("log.example");
    private readonly NoteSigner _witness = NoteSigner.Generate("witness.example", NoteSignatureType.CosignatureV1);
    private readonly Hash256[] _leaves = Trees.Leaves(109);

    public void Dispose()
    {
        _log.Dispose();
        _witness.Dispose();
    }

    [Fact]
    public void ToString_Proof_HasTheLinesOfTheSpecification()
    {
        string[] lines = Proof(73, Encoding.UTF8.GetBytes("more")).ToString().Split('\n');
        Assert.Equal(["c2sp.org/tlog-proof@v1", "extra bW9yZQ==", "index 73"], lines[..3]);
        Assert.Equal(InclusionProof.Ranges(73, 109).Count, lines.AsSpan(3).IndexOf(""));
        Assert.Equal("log.example", lines[4 + InclusionProof.Ranges(73, 109).Count]);
    }

    [Theory]
    [InlineData(0, true), InlineData(73, false), InlineData(108, true)]
    public void TryParse_WrittenProof_IsTheSameAndHolds(long index, bool hasExtra)
    {
        TlogProof written = Proof(index, hasExtra ? [1, 2, 3] : null);
        TlogProof read = Parsed(written.ToString());
        Assert.Equal(written.ToString(), read.ToString());
        Assert.Equal(hasExtra, read.Extra is not null);
        Assert.True(read.Verify(_leaves[index], Trust(1)).Succeeded);
    }

    [Fact]
    public void TryParse_TreeOfOneEntry_HasNoHashes()
    {
        var proof = new TlogProof(0, [], new Checkpoint(_log.Name, 1, _leaves[0]).Sign(_log));
        Assert.True(Parsed(proof.ToString()).Verify(_leaves[0], Trust(0)).Succeeded);
    }

    [Fact]
    public void Verify_OtherEntryOtherIndexOrOtherHash_DoesNotHold()
    {
        TlogProof proof = Proof(73, null);
        Assert.False(proof.Verify(_leaves[72], Trust(1)).Succeeded);
        Assert.False(new TlogProof(72, [.. proof.Hashes], proof.Note).Verify(_leaves[73], Trust(1)).Succeeded);
        Assert.False(new TlogProof(73, [.. proof.Hashes.Skip(1)], proof.Note).Verify(_leaves[73], Trust(1)).Succeeded);
        Assert.False(new TlogProof(73, [.. proof.Hashes.Append(_leaves[0])], proof.Note).Verify(_leaves[73], Trust(1)).Succeeded);
    }

    [Fact]
    public void Verify_WithoutTheQuorumOrTheLogsKey_DoesNotHold()
    {
        using var other = NoteSigner.Generate(_log.Name);
        TlogProof proof = Proof(73, null);
        var bare = new TlogProof(73, [.. proof.Hashes], new Checkpoint(_log.Name, 109, MerkleTree.Root(_leaves)).Sign(_log));
        Assert.True(bare.Verify(_leaves[73], Trust(0)).Succeeded);
        Assert.Equal("cosignatures", bare.Verify(_leaves[73], Trust(1)).Steps[^1].Name);
        Assert.Equal("checkpoint", proof.Verify(_leaves[73], new LogTrust([other.Verifier])).Steps[^1].Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2sp.org/tlog-proof@v1\n")]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 0\n\n{note}")]
    [InlineData("index 0\n\n{note}")]
    [InlineData("c2sp.org/tlog-proof@v1\n\n{note}")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 00\n\n{note}")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex -1\n\n{note}")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\n{note}")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex  0\n\n{note}")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\nextra bW9yZQ==\n\n{note}")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra bW9yZQ\nindex 0\n\n{note}")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra bW9yZQ==\nextra bW9yZQ==\nindex 0\n\n{note}")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\nbW9yZQ==\n\n{note}")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n{note}")]
    [InlineData("c2sp.org/tlog-proof@v1\r\nindex 0\r\n\r\n{note}")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n\n\n{note}x")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n{64 hashes}\n{note}")]
    public void TryParse_NotAProof_IsRefusedWithAReason(string text)
    {
        string hashes = string.Concat(Enumerable.Repeat(_leaves[0].ToBase64() + "\n", 64));
        string file = text.Replace("{note}", Proof(0, null).Note.ToString(), StringComparison.Ordinal).Replace("{64 hashes}\n", hashes + "\n", StringComparison.Ordinal);
        Assert.False(TlogProof.TryParse(Encoding.UTF8.GetBytes(file), out _, out string? fault));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void TryParse_LongerThanTheLimit_IsRefused() => Assert.False(TlogProof.TryParse(new byte[TlogProof.MaxBytes + 1], out _, out _));

    [Fact]
    public void TryParse_DamagedProofs_NeverThrowsAndShowsNoOtherEntry()
    {
        byte[] valid = Proof(73, [1, 2, 3]).ToBytes();
        int read = 0;
        foreach (byte[] damaged in Mutations.Of(valid, Nightly.FuzzInputs, seed: 21))
        {
            if (!TlogProof.TryParse(damaged, out TlogProof? proof, out string? fault))
            {
                Assert.NotEmpty(fault);
                continue;
            }

            // Signatures cost a hundred times as much as reading: a part of the inputs shows it.
            if (read++ % 16 == 0)
            {
                Assert.False(proof.Verify(_leaves[72], Trust(1)).Succeeded);
            }
        }

        Assert.InRange(read, 1, Nightly.FuzzInputs - 1);
    }

    private LogTrust Trust(int quorum) => new([_log.Verifier], WitnessPolicy.OfMany(quorum, [_witness.Verifier]));

    private TlogProof Proof(long index, byte[]? extra)
    {
        Hash256[] hashes = InclusionProof.Create(index, _leaves.Length, Trees.Store(_leaves));
        return new TlogProof(index, hashes, new Checkpoint(_log.Name, _leaves.Length, MerkleTree.Root(_leaves)).Sign(_log).Cosign(_witness, 5), extra);
    }

    private static TlogProof Parsed(string text)
    {
        Assert.True(TlogProof.TryParse(Encoding.UTF8.GetBytes(text), out TlogProof? proof, out string? fault), fault);
        return proof;
    }
}
