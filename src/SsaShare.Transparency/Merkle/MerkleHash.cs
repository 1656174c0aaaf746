using System.Buffers;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>Leaf and node hashes of a Merkle tree, RFC 6962 section 2.1.</summary>
public static class MerkleHash
{
    private const byte LeafPrefix = 0x00, NodePrefix = 0x01;
    private const int StackLimit = 1_024;

    /// <summary>Root of the tree without leaves: SHA-256 of nothing.</summary>
    public static readonly Hash256 EmptyRoot = Hash256.Of([]);

    /// <summary>Hash of one entry's bytes.</summary>
    public static Hash256 Leaf(ReadOnlySpan<byte> entry)
    {
        int length = 1 + entry.Length;
        byte[]? rented = length > StackLimit ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> input = rented is null ? stackalloc byte[StackLimit] : rented;
        input[0] = LeafPrefix;
        entry.CopyTo(input[1..]);
        Hash256 hash = Hash256.Of(input[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    /// <summary>Hash of the node above two subtrees.</summary>
    public static Hash256 Node(Hash256 left, Hash256 right)
    {
        Span<byte> input = stackalloc byte[1 + 2 * Hash256.Size];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Hash256.Size)..]);
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Sha256.HashData(input, hash);
        return new Hash256(hash);
    }
}
