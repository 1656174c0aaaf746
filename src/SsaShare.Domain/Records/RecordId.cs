using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Domain;

/// <summary>SHA-256 over a context label, a record's class, its originator and its exact payload bytes.</summary>
/// <remarks>The same figures from two originators are two records; that they are the same measurement is for the fusion to find.</remarks>
public readonly struct RecordId : IEquatable<RecordId>
{
    public const int Size = 32;
    private readonly ulong _a, _b, _c, _d;

    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public RecordId(ReadOnlySpan<byte> hash)
    {
        if (hash.Length != Size) throw new ArgumentException($"Expected {Size} bytes, got {hash.Length}.", nameof(hash));
        _a = BitConverter.ToUInt64(hash);
        _b = BitConverter.ToUInt64(hash[8..]);
        _c = BitConverter.ToUInt64(hash[16..]);
        _d = BitConverter.ToUInt64(hash[24..]);
    }

    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <param name="destination">At least 32 bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        BitConverter.TryWriteBytes(destination, _a);
        BitConverter.TryWriteBytes(destination[8..], _b);
        BitConverter.TryWriteBytes(destination[16..], _c);
        BitConverter.TryWriteBytes(destination[24..], _d);
    }

    public static bool TryParse([NotNullWhen(true)] string? hex, out RecordId id)
    {
        id = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (hex is not { Length: 2 * Size } || Convert.FromHexString(hex, bytes, out _, out int written) != System.Buffers.OperationStatus.Done || written != Size) return false;
        id = new RecordId(bytes);
        return true;
    }

    public bool Equals(RecordId other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;
    public override bool Equals(object? obj) => obj is RecordId other && Equals(other);
    public override int GetHashCode() => _a.GetHashCode();
    public static bool operator ==(RecordId left, RecordId right) => left.Equals(right);
    public static bool operator !=(RecordId left, RecordId right) => !left.Equals(right);

    /// <summary>Lower-case hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
