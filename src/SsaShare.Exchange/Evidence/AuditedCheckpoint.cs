using System.Diagnostics.CodeAnalysis;
using System.Text;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>A checkpoint of the audited log, signed by the log; its cosignatures are not verified yet.</summary>
/// <param name="Size">Entries that it covers.</param>
/// <param name="Root">Of these.</param>
/// <param name="Note">With all signatures.</param>
internal sealed record AuditedCheckpoint(long Size, Hash256 Root, SignedNote Note)
{
    public static bool TryOpen(string note, NoteVerifier logKey, [NotNullWhen(true)] out AuditedCheckpoint? opened, [NotNullWhen(false)] out string? fault)
    {
        opened = null;
        byte[] bytes = Encoding.UTF8.GetBytes(note);
        if (!Checkpoint.TryOpen(bytes, logKey, out var checkpoint, out fault) || !SignedNote.TryParse(bytes, out var signed, out fault)) return false;
        opened = new AuditedCheckpoint(checkpoint.Size, checkpoint.Root, signed);
        return true;
    }
}
