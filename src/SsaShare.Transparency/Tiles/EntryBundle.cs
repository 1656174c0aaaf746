using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using SsaShare.Signing;

namespace SsaShare.Transparency;

/// <summary>The entries under a tile of level 0: each with its length before it, 2 bytes big-endian (C2SP tlog-tiles).</summary>
public static class EntryBundle
{
    /// <summary>Longest entry, bytes.</summary>
    public const int EntryBytesMax = ushort.MaxValue;

    /// <summary>Longest bundle, bytes.</summary>
    public const int BytesMax = TilePath.FullWidth * (LengthBytes + EntryBytesMax);

    private const int LengthBytes = sizeof(ushort);

    /// <summary>Splits a bundle into its entries; false when it has not exactly so many.</summary>
    /// <param name="bundle">Any bytes; the entries are parts of it.</param>
    /// <param name="count">Entries expected, 1 to 256.</param>
    /// <param name="entries">The entries in order.</param>
    public static bool TryRead(ReadOnlyMemory<byte> bundle, int count, [NotNullWhen(true)] out IReadOnlyList<ReadOnlyMemory<byte>>? entries)
    {
        var read = new List<ReadOnlyMemory<byte>>(count);
        entries = null;
        while (read.Count < count && bundle.Length >= LengthBytes)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (bundle.Length - LengthBytes < length)
            {
                return false;
            }

            read.Add(bundle.Slice(LengthBytes, length));
            bundle = bundle[(LengthBytes + length)..];
        }

        entries = read.Count == count && bundle.IsEmpty ? read : null;
        return entries is not null;
    }

    /// <summary>Puts entries one behind another.</summary>
    /// <exception cref="ArgumentException">An entry is longer than <see cref="EntryBytesMax"/>.</exception>
    public static byte[] Write(IReadOnlyCollection<ReadOnlyMemory<byte>> entries)
    {
        var bundle = new byte[entries.Sum(entry => LengthBytes + entry.Length)];
        Span<byte> rest = bundle;
        foreach (ReadOnlyMemory<byte> entry in entries)
        {
            if (entry.Length > EntryBytesMax)
            {
                throw new ArgumentException($"An entry has at most {EntryBytesMax} bytes, got {entry.Length}.", nameof(entries));
            }

            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[LengthBytes..]);
            rest = rest[(LengthBytes + entry.Length)..];
        }

        return bundle;
    }
}
