using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Where a receiver stands in a provider's feed. Only the provider reads it.</summary>
/// <param name="NodeEpoch">Changes when the provider's database is restored from a backup: <see cref="FeedEpoch"/>.</param>
/// <param name="Agreement">Of which agreement.</param>
/// <param name="Positions">Last feed position considered in each lane.</param>
/// <param name="Manifest">SHA-256 of the manifest that brought the receiver there; null at the start.</param>
/// <param name="Priority">Of which stream; its lanes are those of that priority.</param>
public sealed record Cursor(Guid NodeEpoch, AgreementId Agreement, LanePositions Positions, Hash256? Manifest, FeedPriority Priority = FeedPriority.Routine);

/// <summary>Cursors to opaque bytes with an HMAC-SHA-256 over them and the receiver's id, and back only when unaltered and for the same receiver.</summary>
public sealed class CursorCodec
{
    private const int LanesAt = 1 + 16 + Hash256.Size + 1 + Hash256.Size + 1, LaneSize = 1 + 4 + 8;

    // The version also says which stream: a cursor of one is never read as one of the other.
    private const byte Version = 2, UrgentVersion = 3;
    private readonly byte[] _key;

    /// <param name="key">32 secret bytes of this node. Copied.</param>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public CursorCodec(ReadOnlySpan<byte> key)
    {
        if (key.Length != 32) throw new ArgumentException($"Expected 32 bytes, got {key.Length}.", nameof(key));
        _key = key.ToArray();
    }

    /// <param name="receiver">Who alone may present it.</param>
    public byte[] Encode(Cursor cursor, PartnerId receiver)
    {
        var lanes = cursor.Positions.All;
        int bodySize = LanesAt + lanes.Length * LaneSize;
        byte[] bytes = new byte[bodySize + HMACSHA256.HashSizeInBytes];
        bytes[0] = cursor.Priority == FeedPriority.Urgent ? UrgentVersion : Version;
        cursor.NodeEpoch.TryWriteBytes(bytes.AsSpan(1));
        cursor.Agreement.Value.CopyTo(bytes.AsSpan(17));
        bytes[49] = cursor.Manifest is null ? (byte)0 : (byte)1;
        (cursor.Manifest ?? default).CopyTo(bytes.AsSpan(50));
        bytes[82] = checked((byte)lanes.Length);
        for (int i = 0; i < lanes.Length; i++)
        {
            var at = bytes.AsSpan(LanesAt + i * LaneSize);
            at[0] = (byte)lanes[i].Key.Source;
            BinaryPrimitives.WriteUInt32BigEndian(at[1..], checked((uint)lanes[i].Key.DelayS));
            BinaryPrimitives.WriteInt64BigEndian(at[5..], lanes[i].Value);
        }
        Authenticate(bytes.AsSpan(0, bodySize), receiver, bytes.AsSpan(bodySize));
        return bytes;
    }

    /// <returns>Null when these are not bytes that <see cref="Encode"/> made with the same key for this receiver.</returns>
    public Cursor? TryDecode(ReadOnlySpan<byte> bytes, PartnerId receiver)
    {
        int bodySize = bytes.Length - HMACSHA256.HashSizeInBytes;
        if (bodySize < 1) return null;
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Authenticate(bytes[..bodySize], receiver, mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes[bodySize..])) return null;
        return bytes[0] switch
        {
            Version or UrgentVersion when bodySize >= LanesAt && bodySize == LanesAt + bytes[82] * LaneSize => Read(bytes[..bodySize]),
            CursorOfVersion1.Version or UrgentVersion when bodySize == CursorOfVersion1.BodySize => CursorOfVersion1.Read(bytes),
            _ => null,
        };
    }

    private static Cursor Read(ReadOnlySpan<byte> body)
    {
        var positions = LanePositions.Start;
        for (int i = 0; i < body[82]; i++)
        {
            var at = body[(LanesAt + i * LaneSize)..];
            positions = positions.With(new FeedLane((FeedSource)at[0], TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt32BigEndian(at[1..]))), BinaryPrimitives.ReadInt64BigEndian(at[5..]));
        }
        Hash256? manifest = body[49] == 1 ? new Hash256(body[50..82]) : null;
        return new Cursor(new Guid(body[1..17]), new AgreementId(new Hash256(body[17..49])), positions, manifest, body[0] == UrgentVersion ? FeedPriority.Urgent : FeedPriority.Routine);
    }

    private void Authenticate(ReadOnlySpan<byte> body, PartnerId receiver, Span<byte> mac)
        => HMACSHA256.HashData(_key, [.. body, .. Encoding.ASCII.GetBytes(receiver.Value)], mac);
}

/// <summary>Cursors as nodes before lanes made them; receivers may still hold such: one position, that of the prompt lane.</summary>
internal static class CursorOfVersion1
{
    public const byte Version = 1;
    public const int BodySize = 1 + 16 + Hash256.Size + 8 + 1 + Hash256.Size;

    public static Cursor Read(ReadOnlySpan<byte> bytes)
    {
        Hash256? manifest = bytes[57] == 1 ? new Hash256(bytes[58..BodySize]) : null;
        var positions = LanePositions.Start.With(FeedLane.Prompt, BinaryPrimitives.ReadInt64BigEndian(bytes[49..]));
        return new Cursor(new Guid(bytes[1..17]), new AgreementId(new Hash256(bytes[17..49])), positions, manifest);
    }
}
