using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>
/// What a log's checkpoint weighs against its owner. Whoever stole a log key can sign other histories of the sizes that the owner signed: once
/// the owner has revoked it, such a checkpoint is evidence of the theft and counts only where a witness saw it before the theft.
/// </summary>
public static class RevokedLogKeys
{
    /// <summary>Whether a checkpoint may be held against the owner of its log.</summary>
    /// <param name="note">Signed note, with cosignatures where there are any.</param>
    /// <param name="keys">The partners' histories.</param>
    public static bool Counts(string note, PartnerId owner, KeyBook keys)
    {
        if (keys.Find(owner) is not { } history || history.Events.All(one => one.Action != KeyAction.Revoke)) return true;
        // What the key of its size did not sign is of a key that had been replaced.
        if (CosignedCheckpoint.TryOpen(Encoding.UTF8.GetBytes(note), owner, keys, out _) is not { } checkpoint) return history.Conflict is not null;
        return history.LogKeyCompromisedSince(checkpoint.Origin, checkpoint.Size) is not { } since || checkpoint.Cosignatures.Any(one => one.At < Utc.FromDateTime(since));
    }

    /// <summary>Whether two histories may be held against the owner of the log: both checkpoints count.</summary>
    public static bool Counts(Misbehaviour conflict, PartnerId owner, KeyBook keys) => Counts(conflict.First, owner, keys) && Counts(conflict.Second, owner, keys);
}
