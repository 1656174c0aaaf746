using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace SsaShare.Signing;

/// <summary>32 bytes that came out of SHA-256, held inline: an array of them is one block of memory.</summary>
/// <remarks><c>default</c> is 32 zero bytes, which no known input hashes to; it never stands for "no hash".</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Hash256 : IEquatable<Hash256>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly ulong _a, _b, _c, _d;

    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <exception cref="ArgumentException">The length is not 32.</exception>
    public Hash256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"Expected {Size} bytes, got {bytes.Length}.", nameof(bytes));
        }

        this = MemoryMarshal.Read<Hash256>(bytes);
    }

    /// <summary>SHA-256 of <paramref name="data"/>.</summary>
    public static Hash256 Of(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[Size];
        Sha256.HashData(data, hash);
        return new Hash256(hash);
    }

    /// <summary>Takes 32 bytes of foreign input; any other length is a "no".</summary>
    public static bool TryCreate(ReadOnlySpan<byte> bytes, out Hash256 hash)
    {
        bool fits = bytes.Length == Size;
        hash = fits ? new Hash256(bytes) : default;
        return fits;
    }

    /// <summary>Reads 64 hexadecimal digits of either case and nothing else.</summary>
    public static bool TryParseHex([NotNullWhen(true)] string? text, out Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Size];
        hash = default;
        return text is { Length: 2 * Size }
            && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done
            && TryCreate(bytes, out hash);
    }

    /// <summary>Writes the 32 bytes to the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length < Size)
        {
            throw new ArgumentException($"Expected room for {Size} bytes, got {destination.Length}.", nameof(destination));
        }

        MemoryMarshal.Write(destination, in this);
    }

    /// <summary>A new array with the 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Standard base64 with padding, 44 characters.</summary>
    public string ToBase64() => Convert.ToBase64String(ToArray());

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());

    public bool Equals(Hash256 other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Hash256 other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_a, _b, _c, _d);

    public static bool operator ==(Hash256 left, Hash256 right) => left.Equals(right);

    public static bool operator !=(Hash256 left, Hash256 right) => !left.Equals(right);
}
