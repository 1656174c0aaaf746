using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>A signed checkpoint that an auditor got by another way than from the log's own node: from a witness.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Note">C2SP signed note, with the cosignatures there are. Any text; one that is no checkpoint of any log is compared with none.</param>
public sealed record OutsideCheckpoint(string Name, string Note)
{
    /// <summary>Whose log it says that it is of; null when it says nothing of that kind.</summary>
    public PartnerId? Owner => SignedNote.TryParse(Encoding.UTF8.GetBytes(Note), out var signed, out _) && Checkpoint.TryParse(signed.Text, out var checkpoint) ? NoteNames.OwnerOfLog(checkpoint.Origin) : null;

    internal bool IsOf(PartnerId partner) => Owner == partner;
}
