using SsaShare.Agreements;

namespace SsaShare.Exchange;

/// <summary>What a provider gives for one pull.</summary>
/// <param name="Manifest">Signed <see cref="ManifestDocument"/>.</param>
/// <param name="Slices">Released records by publication, in feed order.</param>
/// <param name="Cursor">For the next pull.</param>
public sealed record PullAnswer(SignedDocument Manifest, IReadOnlyList<PublicationSlice> Slices, ReadOnlyMemory<byte> Cursor)
{
    /// <summary>At the provider: the agreements under which it holds what it passes on here.</summary>
    public IReadOnlyCollection<AgreementId> Sources { get; init; } = [];
}
