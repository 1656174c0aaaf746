using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>Place of a complete subtree: it covers the 2^<paramref name="Level"/> leaves from <paramref name="Index"/>·2^<paramref name="Level"/>.</summary>
/// <param name="Level">0 for leaves, at most 62.</param>
/// <param name="Index">Counted from the left within the level, from 0.</param>
public readonly record struct MerkleNode(int Level, long Index);

/// <summary>A complete subtree's hash with its place: what a log stores once and never changes.</summary>
public readonly record struct PlacedHash(MerkleNode Node, Hash256 Hash);

/// <summary>Fetches the hash of a complete subtree.</summary>
public delegate Hash256 MerkleNodeReader(MerkleNode node);
