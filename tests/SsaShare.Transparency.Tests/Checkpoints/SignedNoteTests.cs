using System.Text;
using SsaShare.Signing;
using SsaShare.Signing.Tests;

namespace SsaShare.Transparency.Tests.Checkpoints;

public sealed class SignedNoteTests : IDisposable
{
    /// <summary>Key and note of the Go note package's documentation (golang.org/x/mod/sumdb/note).</summary>
    private const string PublishedKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string PublishedNote = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
        + "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    private readonly NoteSigner _log = NoteSigner.Generate("log.example");
    private readonly NoteSigner _witness = NoteSigner.Generate("witness.example", NoteSignatureType.CosignatureV1);

    public void Dispose()
    {
        _log.Dispose();
        _witness.Dispose();
    }

    [Fact]
    public void TryVerify_PublishedNote_IsSignedAndWrittenTheSame()
    {
        Assert.True(NoteVerifier.TryParse(PublishedKey, out NoteVerifier? key));
        SignedNote note = Parsed(PublishedNote);
        Assert.True(note.TryVerify([key], out IReadOnlyList<NoteVerifier>? signers, out _));
        Assert.Equal([key], signers);
        Assert.Equal(PublishedNote, note.ToString());
    }

    [Fact]
    public void TryVerify_LogAndWitness_NamesBothOrTheKnownOne()
    {
        SignedNote note = Parsed(SignedNote.Sign("text\n\nmore\n", _log).Cosign(_witness, unixTimeS: 1_800_000_000).ToString());
        Assert.Equal("text\n\nmore\n", note.Text);
        Assert.True(note.TryVerify([_witness.Verifier, _log.Verifier], out IReadOnlyList<NoteVerifier>? both, out _));
        Assert.Equal([_log.Verifier, _witness.Verifier], both);
        Assert.True(note.TryVerify([_witness.Verifier], out IReadOnlyList<NoteVerifier>? one, out _));
        Assert.Equal([_witness.Verifier], one);
    }

    [Fact]
    public void TryVerify_NoKnownKey_IsRefused()
    {
        using var sameName = NoteSigner.Generate(_log.Name);
        SignedNote note = SignedNote.Sign("text\n", _log);
        Assert.False(note.TryVerify([sameName.Verifier], out _, out string? fault));
        Assert.NotEmpty(fault);
        Assert.False(note.TryVerify([], out _, out _));
    }

    [Fact]
    public void TryVerify_KnownKeysSignatureIsWrong_IsRefusedThoughAnotherIsRight()
    {
        string text = SignedNote.Sign("text\n", _log).Cosign(_witness, unixTimeS: 1).ToString();
        SignedNote note = Parsed(text);
        byte[] wrong = note.Signatures[0].Signature.ToArray();
        wrong[10] ^= 1;
        string damaged = text.Replace(Line(note.Signatures[0].KeyHash, note.Signatures[0].Signature.ToArray()), Line(note.Signatures[0].KeyHash, wrong), StringComparison.Ordinal);
        Assert.NotEqual(text, damaged);
        Assert.False(Parsed(damaged).TryVerify([_log.Verifier, _witness.Verifier], out _, out _));
        Assert.True(Parsed(damaged).TryVerify([_witness.Verifier], out _, out _));
    }

    [Fact]
    public void TryVerify_SameLineTwice_NamesOneSigner()
    {
        string text = SignedNote.Sign("text\n", _log).ToString();
        SignedNote note = Parsed(text + text[text.IndexOf('\u2014', StringComparison.Ordinal)..]);
        Assert.Equal(2, note.Signatures.Count);
        Assert.True(note.TryVerify([_log.Verifier], out IReadOnlyList<NoteVerifier>? signers, out _));
        Assert.Single(signers);
    }

    /// <summary>C2SP signed-note: every line of a known key is verified, also when one of its lines is right.</summary>
    [Fact]
    public void TryVerify_SecondLineOfAKnownKeyIsWrong_IsRefused()
    {
        string wrong = SignedNote.Sign("other\n", _log).ToString().Split('\n')[^2];
        SignedNote note = Parsed($"{SignedNote.Sign("text\n", _log)}{wrong}\n");
        Assert.Equal(2, note.Signatures.Count);
        Assert.False(note.TryVerify([_log.Verifier], out _, out _));
    }

    /// <summary>C2SP signed-note limits neither the length of a name nor its letters; lines of keys that nobody here knows are ignored.</summary>
    [Fact]
    public void TryVerify_LineOfAnUnknownKeyWithALongOrOddName_IsIgnored()
    {
        SignedNote note = Parsed($"{SignedNote.Sign("text\n", _log)}\u2014 {new string('n', 5_000)} AAAAAAA=\n\u2014 \ufffd\u007fx AAAAAAA=\n");
        Assert.True(note.TryVerify([_log.Verifier], out IReadOnlyList<NoteVerifier>? signers, out _));
        Assert.Equal([_log.Verifier], signers);
        Assert.Equal(3, note.Signatures.Count);
    }

    [Fact]
    public void TryVerify_LineOfAnotherNameWithAKnownKeyHash_IsIgnored()
    {
        string text = SignedNote.Sign("text\n", _log).ToString();
        SignedNote renamed = Parsed(text.Replace("\u2014 log.example", "\u2014 other.example", StringComparison.Ordinal));
        Assert.Equal(_log.Verifier.KeyHash, renamed.Signatures[0].KeyHash);
        Assert.False(renamed.TryVerify([_log.Verifier], out _, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\n\n")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n\u2014 log.example AAAAAAA=")]
    [InlineData("text\n\n- log.example AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 log.example  AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 log+example AAAAAAA=\n")]
    [InlineData("text\n\n\u2014 log.example AAAAAA==\n")]
    [InlineData("text\n\n\u2014 log.example AAAAAAB=\n")]
    [InlineData("text\n\n\u2014 log.example\n")]
    [InlineData("text\n\n\u2014 log\u00a0example AAAAAAA=\n")]
    [InlineData("text\n\n\u2014  AAAAAAA=\n")]
    [InlineData("te\txt\n\n\u2014 log.example AAAAAAA=\n")]
    [InlineData("te\0xt\n\n\u2014 log.example AAAAAAA=\n")]
    [InlineData("text\r\n\n\u2014 log.example AAAAAAA=\n")]
    public void TryParse_NotANote_IsRefusedWithAReason(string text)
    {
        Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out _, out string? fault));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void TryParse_NotUtf8_IsRefused()
        => Assert.False(SignedNote.TryParse([0xff, .. "\n\n\u2014 log.example AAAAAAA=\n"u8], out _, out _));

    [Fact]
    public void TryParse_MoreSignaturesThanTheLimit_IsRefused()
    {
        string Note(int count) => "text\n\n" + string.Concat(Enumerable.Repeat("\u2014 log.example AAAAAAA=\n", count));
        Assert.Equal(SignedNote.MaxSignatures, Parsed(Note(SignedNote.MaxSignatures)).Signatures.Count);
        Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(Note(SignedNote.MaxSignatures + 1)), out _, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("no newline")]
    [InlineData("a\tb\n")]
    public void Sign_TextNotOfItsForm_Throws(string text) => Assert.Throws<ArgumentException>(() => SignedNote.Sign(text, _log));

    [Fact]
    public void TryParse_DamagedNotes_NeverThrowsAndVerifiesOnlyTheSameText()
    {
        SignedNote original = SignedNote.Sign("log.example\n42\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", _log).Cosign(_witness, unixTimeS: 7);
        int read = 0;
        foreach (byte[] damaged in Mutations.Of(original.ToBytes(), Nightly.FuzzInputs, seed: 3))
        {
            if (!SignedNote.TryParse(damaged, out SignedNote? note, out string? fault))
            {
                Assert.NotEmpty(fault);
                continue;
            }

            Assert.Equal(damaged, note.ToBytes());
            _ = Checkpoint.TryParse(note.Text, out _);

            // Signatures cost a hundred times as much as reading: a part of the inputs shows it.
            if (read++ % 8 == 0 && note.TryVerify([_log.Verifier, _witness.Verifier], out _, out _))
            {
                Assert.Equal(original.Text, note.Text);
            }
        }

        Assert.InRange(read, 1, Nightly.FuzzInputs - 1);
    }

    private static string Line(uint keyHash, byte[] signature)
        => Convert.ToBase64String([(byte)(keyHash >> 24), (byte)(keyHash >> 16), (byte)(keyHash >> 8), (byte)keyHash, .. signature]);

    private static SignedNote Parsed(string text)
    {
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out SignedNote? note, out string? fault), fault);
        return note;
    }
}
