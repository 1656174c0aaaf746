using System.Collections.Frozen;
using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

/// <summary>An answer under an agreement that wants one witness: harbour, which cosigns pacific's log.</summary>
public sealed class WitnessedAnswerTests : IDisposable
{
    private static readonly PartnerId Harbour = PartnerId.Parse("harbour");
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);
    private readonly GrowingLog _log = new("pacific");
    private readonly GrowingLog _other;
    private readonly NoteSigner _witness = NoteSigner.Generate(NoteNames.OfWitness(Harbour), NoteSignatureType.CosignatureV1);

    public WitnessedAnswerTests() => _other = _log.Fork();

    [Theory]
    [InlineData(40, 40)]
    [InlineData(33, 40)]
    [InlineData(41, 40)]
    [InlineData(1, 40)]
    [InlineData(0, 40)]
    public void WhyNot_OneHistory_IsTaken(long cosigned, long own) => Assert.Null(WhyNot(_log, cosigned, _log, own, Proof(_log, cosigned, own)));

    [Theory]
    [InlineData(33, 40)]
    [InlineData(41, 40)]
    [InlineData(1, 40)]
    public void WhyNot_WitnessesSawAnotherHistory_IsRefusedThoughNoSizeWasSignedTwice(long cosigned, long own)
    {
        // The provider has both histories, and gives whatever proof of either suits it.
        foreach (Hash256[] proof in (Hash256[][])[[], Proof(_log, cosigned, own), Proof(_other, cosigned, own)])
            Assert.Contains("one history", WhyNot(_log, cosigned, _other, own, proof), StringComparison.Ordinal);
    }

    [Fact]
    public void WhyNot_SameSizeAndAnotherRoot_IsRefused() => Assert.Contains("two histories", WhyNot(_log, 40, _other, 40, []), StringComparison.Ordinal);

    [Fact]
    public void WhyNot_ProofLeftOutTooLongOrOfOtherSizes_IsRefused()
    {
        foreach (Hash256[] proof in (Hash256[][])[[], [.. Proof(_log, 33, 40), Hash256.Of("x"u8)], Proof(_log, 32, 40)])
            Assert.Contains("one history", WhyNot(_log, 33, _log, 40, proof), StringComparison.Ordinal);
        Assert.Contains("one history", WhyNot(_log, 40, _log, 40, [Hash256.Of("x"u8)]), StringComparison.Ordinal);
    }

    [Fact]
    public void WhyNot_CosignedLongAgo_IsRefusedThoughOneHistory()
        => Assert.Contains("longer than", WhyNot(_log, 33, _log, 40, Proof(_log, 33, 40), -(Grace + TimeSpan.FromHours(1))), StringComparison.Ordinal);

    public void Dispose()
    {
        _log.Dispose();
        _witness.Dispose();
    }

    private static Hash256[] Proof(GrowingLog log, long one, long other) => log.Proof(Math.Min(one, other), Math.Max(one, other));

    private string? WhyNot(GrowingLog cosigned, long cosignedSize, GrowingLog own, long ownSize, Hash256[] proof, TimeSpan cosignedAfter = default)
    {
        long at = Utc.ToDateTime(Sample.Now).ToUnixTimeSeconds() + (long)cosignedAfter.TotalSeconds;
        string note = cosigned.Note(cosignedSize).Cosign(_witness, at).ToString();
        var manifest = new ManifestDocument(DocumentContexts.Manifest.Text, Sample.Agreement, Sample.Pacific, Sample.Atlantic, 0, 0, null, 0, 0, MerkleHash.EmptyRoot, true, Sample.Now,
            Encoding.UTF8.GetString(own.Note(ownSize).ToBytes()));
        return WitnessedAnswer.WhyNot(new WitnessQuorum(1, new[] { Harbour }.ToFrozenSet(), Grace), note, proof, manifest, new Checkpoint(own.Signer.Name, ownSize, own.Head(ownSize).Root),
            new NoteKeys(_log.Signer.Verifier, partner => partner == Harbour ? _witness.Verifier : null), Sample.Now);
    }
}
