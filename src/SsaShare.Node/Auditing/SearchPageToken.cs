using System.Buffers.Binary;

namespace SsaShare.Node;

/// <summary>Where the next page of a search begins, and in which log: so that what is appended meanwhile changes no page.</summary>
/// <param name="TreeSize">Of the log at the first page.</param>
/// <param name="Next">First entry to look at.</param>
internal readonly record struct SearchPageToken(long TreeSize, long Next)
{
    private const byte Version = 1;

    public byte[] ToBytes()
    {
        byte[] bytes = new byte[1 + 2 * sizeof(long)];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), TreeSize);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1 + sizeof(long)), Next);
        return bytes;
    }

    /// <summary>Total.</summary>
    /// <param name="bytes">As the caller gives them.</param>
    /// <param name="size">Of the log now.</param>
    /// <param name="token">Within that log.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, long size, out SearchPageToken token)
    {
        token = default;
        if (bytes.Length != 1 + 2 * sizeof(long) || bytes[0] != Version) return false;
        token = new SearchPageToken(BinaryPrimitives.ReadInt64BigEndian(bytes[1..]), BinaryPrimitives.ReadInt64BigEndian(bytes[(1 + sizeof(long))..]));
        return token.TreeSize >= 0 && token.TreeSize <= size && token.Next >= 0 && token.Next <= token.TreeSize;
    }
}
