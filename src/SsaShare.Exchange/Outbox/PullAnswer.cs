using SsaShare.Agreements;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>What a provider gives for one pull.</summary>
/// <param name="Manifest">Signed <see cref="ManifestDocument"/>.</param>
/// <param name="Slices">Released records by publication, in feed order.</param>
/// <param name="Cursor">For the next pull.</param>
public sealed record PullAnswer(SignedDocument Manifest, IReadOnlyList<PublicationSlice> Slices, ReadOnlyMemory<byte> Cursor)
{
    /// <summary>At the provider: the agreements under which it holds what it passes on here.</summary>
    public IReadOnlyCollection<AgreementId> Sources { get; init; } = [];

    /// <summary>Where the agreement wants witnesses: the provider's newest checkpoint that its quorum has cosigned, as a note; otherwise empty.</summary>
    public string CosignedCheckpoint { get; init; } = "";

    /// <summary>RFC 6962 consistency proof between <see cref="CosignedCheckpoint"/> and the manifest's own checkpoint, from the smaller to the larger; at most <see cref="AddCheckpointRequest.ProofMax"/> hashes.</summary>
    public IReadOnlyList<Hash256> CheckpointProof { get; init; } = [];

    /// <summary>Gossip: the newest checkpoints of other logs that the provider holds, as notes; at most <see cref="PeerCheckpointsMax"/>.</summary>
    public IReadOnlyList<string> PeerCheckpoints { get; init; } = [];

    /// <summary>Most checkpoints of other logs in one answer.</summary>
    public const int PeerCheckpointsMax = 32;

    /// <summary>Longest note in an answer, characters.</summary>
    public const int NoteCharactersMax = 32 * 1024;
}
