using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace SsaShare.Signing;

/// <summary>What an Ed25519 cosignature signs and how it is laid out (C2SP tlog-cosignature, v1).</summary>
public static class CosignatureMessage
{
    private const int TimeSize = sizeof(long);

    /// <summary>Splits a cosignature into its time and its Ed25519 signature.</summary>
    /// <param name="signature">What a signature line carries after the key hash.</param>
    /// <param name="unixTimeS">Seconds since 1970-01-01T00:00:00 UTC without leap seconds, 0 or more.</param>
    /// <param name="rest">The signature itself, any length.</param>
    public static bool TrySplit(ReadOnlySpan<byte> signature, out long unixTimeS, out ReadOnlySpan<byte> rest)
    {
        bool whole = signature.Length >= TimeSize;
        unixTimeS = whole ? BinaryPrimitives.ReadInt64BigEndian(signature) : -1;
        rest = whole ? signature[TimeSize..] : default;
        return unixTimeS >= 0;
    }

    internal static byte[] Join(long unixTimeS, ReadOnlySpan<byte> signature)
    {
        var joined = new byte[TimeSize + signature.Length];
        BinaryPrimitives.WriteInt64BigEndian(joined, unixTimeS);
        signature.CopyTo(joined.AsSpan(TimeSize));
        return joined;
    }

    internal static byte[] Bytes(long unixTimeS, ReadOnlySpan<byte> noteText)
        => [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {unixTimeS}\n")), .. noteText];
}
