using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>
/// The keys of the partners that are pinned here, each with its time. A document is judged by the key that was to sign documents of its own
/// date: a publication by when it was published, a manifest by its watermark, a receipt, notice, deletion or transition by its time.
/// </summary>
public interface IKeyBook
{
    /// <summary>Whether a card of that partner is pinned.</summary>
    bool Knows(PartnerId partner);

    /// <summary>The partner's key with that id, when documents of that date are to be signed by it; otherwise null.</summary>
    VerificationKey? SigningKey(PartnerId partner, KeyId id, Epoch at);

    /// <summary>The partner's key with that id for a document that has no date: one that is or was the partner's and was never revoked; otherwise null.</summary>
    VerificationKey? UndatedKey(PartnerId partner, KeyId id);

    /// <summary>The key that signs checkpoints of that many entries of the partner's log of that name; null where there is none.</summary>
    NoteVerifier? LogKey(PartnerId partner, string origin, long size);

    /// <summary>The restore from a backup by which the partner's log of that name ended; null where it goes on, and where the partner never had it.</summary>
    KeyEvent? EndOfLog(PartnerId partner, string origin);

    /// <summary>The key that makes the partner's cosignatures of that date; null where there is none.</summary>
    NoteVerifier? WitnessKey(PartnerId partner, Epoch at);
}
