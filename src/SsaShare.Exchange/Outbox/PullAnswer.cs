namespace SsaShare.Exchange;

/// <summary>What a provider gives for one pull.</summary>
/// <param name="Manifest">Signed <see cref="ManifestDocument"/>.</param>
/// <param name="Slices">Released records by publication, in feed order.</param>
/// <param name="Cursor">For the next pull.</param>
public sealed record PullAnswer(SignedDocument Manifest, IReadOnlyList<PublicationSlice> Slices, ReadOnlyMemory<byte> Cursor);
