using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Where a receiver stands in a provider's feed. Only the provider reads it.</summary>
/// <param name="NodeEpoch">Changes when the provider's database is restored from a backup.</param>
/// <param name="Agreement">Of which agreement.</param>
/// <param name="Position">Last feed position considered.</param>
/// <param name="Manifest">SHA-256 of the manifest that brought the receiver there; null at the start.</param>
public sealed record Cursor(Guid NodeEpoch, AgreementId Agreement, long Position, Hash256? Manifest);

/// <summary>Cursors to opaque bytes with an HMAC-SHA-256 over them and the receiver's id, and back only when unaltered and for the same receiver.</summary>
public sealed class CursorCodec
{
    private const int BodySize = 1 + 16 + Hash256.Size + 8 + 1 + Hash256.Size;
    private const byte Version = 1;
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
        byte[] bytes = new byte[BodySize + HMACSHA256.HashSizeInBytes];
        bytes[0] = Version;
        cursor.NodeEpoch.TryWriteBytes(bytes.AsSpan(1));
        cursor.Agreement.Value.CopyTo(bytes.AsSpan(17));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(49), cursor.Position);
        bytes[57] = cursor.Manifest is null ? (byte)0 : (byte)1;
        (cursor.Manifest ?? default).CopyTo(bytes.AsSpan(58));
        Authenticate(bytes.AsSpan(0, BodySize), receiver, bytes.AsSpan(BodySize));
        return bytes;
    }

    /// <returns>Null when these are not bytes that <see cref="Encode"/> made with the same key for this receiver.</returns>
    public Cursor? TryDecode(ReadOnlySpan<byte> bytes, PartnerId receiver)
    {
        if (bytes.Length != BodySize + HMACSHA256.HashSizeInBytes || bytes[0] != Version) return null;
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Authenticate(bytes[..BodySize], receiver, mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes[BodySize..])) return null;
        Hash256? manifest = bytes[57] == 1 ? new Hash256(bytes[58..BodySize]) : null;
        return new Cursor(new Guid(bytes[1..17]), new AgreementId(new Hash256(bytes[17..49])), BinaryPrimitives.ReadInt64BigEndian(bytes[49..]), manifest);
    }

    private void Authenticate(ReadOnlySpan<byte> body, PartnerId receiver, Span<byte> mac)
        => HMACSHA256.HashData(_key, [.. body, .. Encoding.ASCII.GetBytes(receiver.Value)], mac);
}
