using System.Diagnostics.CodeAnalysis;
using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>Documents and checkpoints by the keys of a book.</summary>
public static class KeyBookReading
{
    /// <summary>Whether a partner's key of that date signed a document of this kind.</summary>
    public static bool Verify(this IKeyBook keys, PartnerId signer, SignedDocument document, ContextLabel context, Epoch at)
        => keys.SigningKey(signer, document.KeyId, at) is { } key && document.Verify(key, context);

    /// <summary>Opens a checkpoint of a partner's log, under a name that it has or had, with the key that signs checkpoints of its size.</summary>
    /// <param name="note">Signed note, any text.</param>
    /// <param name="fault">Why there is none.</param>
    public static bool TryOpenCheckpoint(this IKeyBook keys, PartnerId partner, string note, [NotNullWhen(true)] out Checkpoint? checkpoint, [NotNullWhen(false)] out string? fault)
    {
        checkpoint = null;
        byte[] bytes = Encoding.UTF8.GetBytes(note);
        if (!SignedNote.TryParse(bytes, out var signed, out fault)) return false;
        // Name and size choose the key, so they are read before the signature is looked at; nothing else of the text is used yet.
        if (!Checkpoint.TryParse(signed.Text, out var claimed)) fault = "The text is not a checkpoint.";
        else if (keys.LogKey(partner, claimed.Origin, claimed.Size) is not { } logKey) fault = $"No log key of '{partner}' is pinned for {claimed.Size} entries of {claimed.Origin}.";
        else return Checkpoint.TryOpen(bytes, logKey, out checkpoint, out fault);
        return false;
    }

    /// <summary>Why a document of that date does not carry a checkpoint of that log; null when it may: a log that ended when its node was restored from a backup is shown no more.</summary>
    /// <param name="at">Null for any date.</param>
    public static string? WhyEnded(this IKeyBook keys, PartnerId partner, string origin, Epoch? at)
        => keys.EndOfLog(partner, origin) is { } end && (at is null || at >= Utc.FromDateTime(end.Effective))
            ? $"{origin} ended at {end.Effective:yyyy-MM-dd'T'HH:mm:ss'Z'}, when '{partner}' was restored from a backup, and goes on as {end.Next.Card.LogKey.Name}."
            : null;
}
