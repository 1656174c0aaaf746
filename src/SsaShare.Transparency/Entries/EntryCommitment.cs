using System.Buffers;
using System.Security.Cryptography;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>Stands in the log for an event: allies can witness the log without reading what happened.</summary>
/// <remarks>SHA-256 over the label "ssashare/log-entry/v1" and a newline, the salt, and the event's bytes. Who is given salt and event can check the commitment; who is not cannot guess it.</remarks>
public readonly record struct EntryCommitment(Hash256 Value)
{
    /// <summary>Length of a salt, bytes.</summary>
    public const int SaltSize = 16;

    /// <summary>What the log's tree holds for this entry.</summary>
    public Hash256 LeafHash
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Hash256.Size];
            Value.CopyTo(bytes);
            return MerkleHash.Leaf(bytes);
        }
    }

    /// <param name="salt">16 random bytes of this entry alone.</param>
    /// <param name="eventBytes">The exact bytes of the event.</param>
    /// <exception cref="ArgumentException">The salt is not 16 bytes long.</exception>
    public static EntryCommitment Of(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> eventBytes)
    {
        if (salt.Length != SaltSize)
        {
            throw new ArgumentException($"A salt has {SaltSize} bytes, got {salt.Length}.", nameof(salt));
        }

        ReadOnlySpan<byte> label = "ssashare/log-entry/v1\n"u8;
        int length = label.Length + SaltSize + eventBytes.Length;
        byte[] content = ArrayPool<byte>.Shared.Rent(length);
        label.CopyTo(content);
        salt.CopyTo(content.AsSpan(label.Length));
        eventBytes.CopyTo(content.AsSpan(label.Length + SaltSize));
        Hash256 hash = Hash256.Of(content.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(content);
        return new EntryCommitment(hash);
    }

    /// <summary>16 bytes from the operating system's random numbers.</summary>
    public static byte[] NewSalt() => RandomNumberGenerator.GetBytes(SaltSize);

    public override string ToString() => Value.ToString();
}
