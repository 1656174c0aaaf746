using System.Text;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>How a manifest stands to one that was stored before. The words stand in the log: none is renamed or reused.</summary>
public enum ManifestContradiction
{
    None = 0,

    /// <summary>
    /// Proof. It names the other as the one before it, and does not continue it: it is for another receiver or of another agreement, or of the same lane and begins where the other
    /// did not end. A cursor holds the manifest and the positions under one authentication code, so no answer to any cursor looks so.
    /// </summary>
    Chain = 1,

    /// <summary>
    /// Proof. It names the other as the one before it, which lists items and is therefore an entry of the provider's log, and its checkpoint counts no more entries than
    /// the other's did: the provider shows a log without what it gave.
    /// </summary>
    LogSize = 2,

    /// <summary>Suspicious, no proof: both follow the same manifest in one lane. An honest provider composes an answer anew when the first was lost; that this one was not lost, only its receipt says.</summary>
    Fork = 3,

    /// <summary>Suspicious, no proof: it is the stored one, or begins before where the stored one did. Somebody answers with what was given before.</summary>
    Replay = 4,
}

/// <summary>Compares two manifests whose signatures are the same provider's.</summary>
public static class ManifestContradictions
{
    /// <summary>Whether the two documents alone convince whoever has the provider's keys.</summary>
    public static bool IsProof(this ManifestContradiction contradiction) => contradiction is ManifestContradiction.Chain or ManifestContradiction.LogSize;

    /// <param name="before">Stored.</param>
    /// <param name="after">Came later.</param>
    public static ManifestContradiction Find(SignedDocument before, SignedDocument after)
    {
        if (!Read(before, out var first) || !Read(after, out var second)) return ManifestContradiction.None;
        if (before.Id == after.Id) return ManifestContradiction.Replay;
        // One that names another as its provider says nothing about this one.
        if (first.Provider != second.Provider) return ManifestContradiction.None;
        if (second.Previous == before.Id)
        {
            if ((first.Agreement, first.Receiver) != (second.Agreement, second.Receiver)) return ManifestContradiction.Chain;
            if ((first.Source, first.DelayS) == (second.Source, second.DelayS) && first.ToPosition != second.AfterPosition) return ManifestContradiction.Chain;
            return first.ItemCount > 0 && SizeOf(first) is { } size && SizeOf(second) <= size ? ManifestContradiction.LogSize : ManifestContradiction.None;
        }
        if ((first.Agreement, first.Receiver, first.Source, first.DelayS) != (second.Agreement, second.Receiver, second.Source, second.DelayS)) return ManifestContradiction.None;
        return first.Previous == second.Previous ? ManifestContradiction.Fork
            : second.AfterPosition < first.ToPosition ? ManifestContradiction.Replay
            : ManifestContradiction.None;
    }

    private static bool Read(SignedDocument signed, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ManifestDocument? manifest)
        => DocumentJson.TryRead(signed.Payload.Span, DocumentContexts.Manifest, out manifest);

    private static long? SizeOf(ManifestDocument manifest)
        => SignedNote.TryParse(Encoding.UTF8.GetBytes(manifest.Checkpoint), out var note, out _) && Checkpoint.TryParse(note.Text, out var checkpoint) ? checkpoint.Size : null;
}
