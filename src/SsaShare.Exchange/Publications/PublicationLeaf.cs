using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>The leaf of one record in its publication's tree: SHA-256(0x00 || salt || record id || label hash).</summary>
/// <remarks>An RFC 6962 leaf over 80 bytes. The salt keeps those who hold a sibling hash from guessing a withheld record.</remarks>
public static class PublicationLeaf
{
    public const int SaltSize = 16;

    /// <summary>The item of a record that is passed on: SHA-256(0x00 || leaf hash || hash of the carried terms).</summary>
    public static Hash256 Bind(Hash256 leaf, Hash256 terms)
    {
        Span<byte> input = stackalloc byte[1 + 2 * Hash256.Size];
        input[0] = 0x00;
        leaf.CopyTo(input[1..]);
        terms.CopyTo(input[(1 + Hash256.Size)..]);
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Sha256.HashData(input, hash);
        return new Hash256(hash);
    }

    /// <exception cref="ArgumentException">The salt is not 16 bytes.</exception>
    public static Hash256 Hash(ReadOnlySpan<byte> salt, RecordId id, Hash256 labelHash)
    {
        if (salt.Length != SaltSize) throw new ArgumentException($"Expected {SaltSize} bytes, got {salt.Length}.", nameof(salt));
        Span<byte> input = stackalloc byte[1 + SaltSize + RecordId.Size + Hash256.Size];
        input[0] = 0x00;
        salt.CopyTo(input[1..]);
        id.CopyTo(input[(1 + SaltSize)..]);
        labelHash.CopyTo(input[(1 + SaltSize + RecordId.Size)..]);
        Span<byte> hash = stackalloc byte[Hash256.Size];
        Sha256.HashData(input, hash);
        return new Hash256(hash);
    }
}
