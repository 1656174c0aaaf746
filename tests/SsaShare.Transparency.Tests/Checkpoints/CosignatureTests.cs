using System.Text;
using SsaShare.Signing;

namespace SsaShare.Transparency.Tests.Checkpoints;

public sealed class CosignatureTests : IDisposable
{
    private readonly NoteSigner _log = NoteSigner.Generate("log.example");
    private readonly NoteSigner _first = NoteSigner.Generate("first.example", NoteSignatureType.CosignatureV1);
    private readonly NoteSigner _second = NoteSigner.Generate("second.example", NoteSignatureType.CosignatureV1);

    public void Dispose()
    {
        _log.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void TryFind_TwoWitnesses_NamesThemAndTheirTimes()
        => Assert.Equal([new Cosignature(_second.Verifier, 7), new Cosignature(_first.Verifier, 9)], Found(Note().Cosign(_second, 7).Cosign(_first, 9), _first, _second));

    [Fact]
    public void TryFind_WitnessThatIsNotKnown_IsLeftOut()
        => Assert.Equal([new Cosignature(_first.Verifier, 9)], Found(Note().Cosign(_second, 7).Cosign(_first, 9), _first));

    [Fact]
    public void TryFind_NoneOfThem_IsNoFault() => Assert.Empty(Found(Note(), _first, _second));

    [Fact]
    public void TryFind_SameWitnessTwice_IsOnceWithItsFirstTime()
        => Assert.Equal([new Cosignature(_first.Verifier, 5)], Found(Note().Cosign(_first, 9).Cosign(_first, 5).Cosign(_first, 6), _first));

    [Fact]
    public void TryFind_LogsOwnSignature_IsNoCosignature() => Assert.Empty(Found(Note(), _log));

    [Fact]
    public void TryFind_OneOfItsLinesWrong_SpoilsTheNote()
    {
        SignedNote note = Note().Cosign(_first, 9).Cosign(_second, 9);
        SignedNote other = SignedNote.Sign("log.example\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", _log).Cosign(_first, 9);
        SignedNote forged = Parsed(note + other.ToString().Split('\n')[^2] + "\n");
        Assert.False(Cosignature.TryFind(forged, [_first.Verifier], out _, out string? fault));
        Assert.Contains(_first.Name, fault, StringComparison.Ordinal);
        Assert.Equal([new Cosignature(_second.Verifier, 9)], Found(forged, _second));
    }

    /// <summary>C2SP tlog-cosignature, "Ed25519 signed message", put together by hand.</summary>
    [Fact]
    public void Cosign_Line_HasTimeAndSignatureOverHeaderTimeAndText()
    {
        SignedNote note = Note().Cosign(_first, 1_679_315_147);
        byte[] line = note.Signatures[1].Signature.ToArray();
        Assert.Equal(72, line.Length);
        Assert.Equal(1_679_315_147L.ToString("x16", System.Globalization.CultureInfo.InvariantCulture), Convert.ToHexStringLower(line.AsSpan(0, 8)));
        byte[] signed = Encoding.UTF8.GetBytes("cosignature/v1\ntime 1679315147\n" + note.Text);
        Assert.True(NoteVerifier.TryParse(AsLogKey(_first.Verifier), out NoteVerifier? bare));
        Assert.True(bare.Verify(signed, line.AsSpan(8)));
    }

    private static string AsLogKey(NoteVerifier key)
    {
        byte[] typed = [(byte)NoteSignatureType.Ed25519, .. key.PublicKey];
        byte[] hash = System.Security.Cryptography.SHA256.HashData([.. Encoding.UTF8.GetBytes(key.Name + "\n"), .. typed]);
        return $"{key.Name}+{Convert.ToHexStringLower(hash.AsSpan(0, 4))}+{Convert.ToBase64String(typed)}";
    }

    private SignedNote Note() => SignedNote.Sign("log.example\n42\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", _log);

    private static IReadOnlyList<Cosignature> Found(SignedNote note, params NoteSigner[] witnesses)
    {
        Assert.True(Cosignature.TryFind(note, [.. witnesses.Select(witness => witness.Verifier)], out IReadOnlyList<Cosignature>? found, out string? fault), fault);
        return found;
    }

    private static SignedNote Parsed(string text)
    {
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out SignedNote? note, out string? fault), fault);
        return note;
    }
}
