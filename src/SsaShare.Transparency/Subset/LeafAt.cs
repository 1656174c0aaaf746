using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>A leaf hash with its index in the tree, from 0.</summary>
public readonly record struct LeafAt(long Index, Hash256 Hash);
