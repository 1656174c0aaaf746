namespace SsaShare.Transparency;

/// <summary>One signature line of a note.</summary>
/// <param name="Name">Name of the key.</param>
/// <param name="KeyHash">Key hash as the line states it; with the name it says which known key to check against.</param>
/// <param name="Signature">What follows the key hash; its form depends on the key's type.</param>
public sealed record NoteSignature(string Name, uint KeyHash, ReadOnlyMemory<byte> Signature);
