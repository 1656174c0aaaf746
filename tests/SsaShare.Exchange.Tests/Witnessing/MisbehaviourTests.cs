using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

public sealed class MisbehaviourTests : IDisposable
{
    private readonly GrowingLog _log = new("pacific");
    private readonly GrowingLog _other = new("harbour");

    [Fact]
    public void Verify_TwoRootsOfOneSize_IsProofToWhoeverHasTheKey()
    {
        using var forked = _log.Fork();
        var conflict = Misbehaviour.Of(_log.Note(4).ToString(), forked.Note(4).ToString());
        Assert.Equal(conflict, Misbehaviour.Of(forked.Note(4).ToString(), _log.Note(4).ToString()));

        Assert.True(Misbehaviour.TryParse(conflict.ToJson(), out var read));
        Assert.True(read.Verify((_, _) => _log.Signer.Verifier, out long size, out _));
        Assert.Equal(4, size);
        Assert.False(read.Verify((_, _) => _other.Signer.Verifier, out _, out _));
        Assert.False(read.Verify((_, _) => null, out _, out _));
    }

    [Fact]
    public void Verify_WhatAnHonestLogSigns_IsNoProof()
    {
        Assert.False(Misbehaviour.Of(_log.Note(4).ToString(), _log.Note(5).ToString()).Verify((_, _) => _log.Signer.Verifier, out _, out _));
        Assert.False(Misbehaviour.Of(_log.Note(4).ToString(), _log.Note(4).ToString()).Verify((_, _) => _log.Signer.Verifier, out _, out _));
        Assert.False(Misbehaviour.Of(_log.Note(4).ToString(), _other.Note(4).ToString()).Verify((_, _) => _log.Signer.Verifier, out _, out _));
    }

    [Fact]
    public void TryOpen_Cosigned_CountsKnownWitnessesOnceAndNotTheOwner()
    {
        using var witness = NoteSigner.Generate(NoteNames.OfWitness(_other.Owner), NoteSignatureType.CosignatureV1);
        using var own = NoteSigner.Generate(NoteNames.OfWitness(_log.Owner), NoteSignatureType.CosignatureV1);
        using var unknown = NoteSigner.Generate("witness.example/w1", NoteSignatureType.CosignatureV1);
        string note = _log.Note(4).Cosign(own, 1_800_000_000).Cosign(unknown, 1_800_000_000).Cosign(witness, 1_800_000_001).Cosign(witness, 1_800_000_009).ToString();

        var opened = CosignedCheckpoint.TryOpen(System.Text.Encoding.UTF8.GetBytes(note), _log.Owner,
            new NoteKeys(_log.Signer.Verifier, partner => partner == _other.Owner ? witness.Verifier : own.Verifier), out string fault);

        Assert.Equal("", fault);
        Assert.Equal((_log.Head(4), note), (new LogHead(opened!.Size, opened.Root), opened.Note));
        Assert.Equal((_other.Owner, CosignedCheckpoint.ToEpoch(1_800_000_009)!.Value), Assert.Single(opened.Cosignatures));
    }

    [Fact]
    public void TryOpen_CosignatureOfAnotherText_IsRefused()
    {
        using var witness = NoteSigner.Generate(NoteNames.OfWitness(_other.Owner), NoteSignatureType.CosignatureV1);
        string moved = _log.Note(4) + _log.Note(5).Cosign(witness, 1_800_000_000).ToString().Split('\n')[^2] + "\n";
        Assert.Null(CosignedCheckpoint.TryOpen(System.Text.Encoding.UTF8.GetBytes(moved), _log.Owner, new NoteKeys(_log.Signer.Verifier, _ => witness.Verifier), out string fault));
        Assert.Contains("cosignature", fault, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _log.Dispose();
        _other.Dispose();
    }
}
