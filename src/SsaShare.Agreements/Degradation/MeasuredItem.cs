using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Agreements;

/// <summary>
/// What noise belongs to: not a record, but what was measured. A correction, or a second record of the same thing, draws the same noise.
/// </summary>
/// <remarks>
/// Class, originator, sensor, object tag and epoch. Where a record has no tag its own payload stands in: two objects that a sensor saw at
/// one instant must not share their noise, or whoever knows the one orbit could take the noise off the other.
/// </remarks>
public readonly struct MeasuredItem
{
    private readonly Hash256 _digest;

    private MeasuredItem(Hash256 digest) => _digest = digest;

    /// <param name="facts">Of the original.</param>
    /// <param name="payload">Of the original: counts only where it is not tagged.</param>
    public static MeasuredItem Of(in RecordFacts facts, ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("ssashare/degradation/item/v1\n"u8);
        hash.AppendData([checked((byte)facts.Class)]);
        Append(hash, facts.Originator.Value);
        Append(hash, facts.Sensor?.Value ?? "");
        string tag = ObjectTag.Normalise(facts.Objects.Text).ToString().ToUpperInvariant();
        Append(hash, tag);
        Span<byte> tail = stackalloc byte[sizeof(long) + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(tail, facts.Epoch.NanosecondsSinceJ2000);
        if (tag.Length == 0) SHA256.HashData(payload, tail[sizeof(long)..]);
        hash.AppendData(tag.Length == 0 ? tail : tail[..sizeof(long)]);
        return new MeasuredItem(new Hash256(hash.GetHashAndReset()));
    }

    internal byte[] Digest => _digest.ToArray();

    private static void Append(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
