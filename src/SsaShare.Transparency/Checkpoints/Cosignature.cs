using System.Diagnostics.CodeAnalysis;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>A witness's statement that at a time this was the largest tree it had seen of the log, and consistent with all before (C2SP tlog-cosignature).</summary>
/// <param name="Witness">A key of type <see cref="NoteSignatureType.CosignatureV1"/>.</param>
/// <param name="UnixTimeS">When, by the witness's clock: seconds since 1970-01-01T00:00:00 UTC without leap seconds. Where it cosigned several times, the first of them.</param>
public sealed record Cosignature(NoteVerifier Witness, long UnixTimeS)
{
    /// <summary>Finds which of the known witnesses cosigned a note, and when. Lines of other keys are ignored.</summary>
    /// <param name="note">The note; that the log signed it is not looked at here.</param>
    /// <param name="witnesses">Keys trusted by the caller; those that are not of a witness's type are ignored.</param>
    /// <param name="cosignatures">One for each witness with valid cosignatures, in the order of the lines; perhaps none.</param>
    /// <param name="fault">When false: a known witness's line is wrong, hence the note is not to be used.</param>
    public static bool TryFind(SignedNote note, IReadOnlyCollection<NoteVerifier> witnesses,
        [NotNullWhen(true)] out IReadOnlyList<Cosignature>? cosignatures, [NotNullWhen(false)] out string? fault)
    {
        cosignatures = null;
        var found = new List<Cosignature>();
        NoteVerifier[] keys = [.. witnesses.Where(key => key.Type == NoteSignatureType.CosignatureV1)];
        if (!note.TryFindLines(keys, out IReadOnlyList<(NoteVerifier Key, NoteSignature Line)>? lines, out fault))
        {
            return false;
        }

        foreach (IGrouping<NoteVerifier, NoteSignature> ofWitness in lines.GroupBy(line => line.Key, line => line.Line))
        {
            found.Add(new Cosignature(ofWitness.Key, ofWitness.Min(TimeOf)));
        }

        cosignatures = found;
        return true;
    }

    private static long TimeOf(NoteSignature line)
        => CosignatureMessage.TrySplit(line.Signature.Span, out long unixTimeS, out _) ? unixTimeS : throw new InvalidOperationException("A verified cosignature has a time.");
}
