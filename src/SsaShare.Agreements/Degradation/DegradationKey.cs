using System.Security.Cryptography;
using System.Text;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>A provider's secret from which all noise comes. Whoever has it can take the noise off every record that the provider degraded.</summary>
/// <remarks>Kept as long as the node lives: with another key the same item gets other noise, and two draws average nearer to the truth.</remarks>
public sealed class DegradationKey
{
    /// <summary>Length, bytes.</summary>
    public const int Size = 32;

    private readonly byte[] _key;

    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public DegradationKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != Size) throw new ArgumentException($"Expected {Size} bytes, got {key.Length}.", nameof(key));
        _key = key.ToArray();
    }

    /// <summary>The noise of one item for one recipient, whatever the agreement, so that a second agreement brings no second draw.</summary>
    public ItemNoise NoiseOf(MeasuredItem item, PartnerId recipient)
        => new(Mac("ssashare/degradation/noise/v1\n", recipient, item.Digest));

    /// <summary>Salt for the leaf of a degraded record: the same at every pull.</summary>
    /// <param name="degraded">Id of the degraded record.</param>
    /// <param name="size">Length, bytes: up to 32.</param>
    public byte[] SaltOf(RecordId degraded, PartnerId recipient, int size)
        => Mac("ssashare/degradation/salt/v1\n", recipient, degraded.ToArray())[..size];

    private byte[] Mac(string context, PartnerId recipient, ReadOnlySpan<byte> about)
    {
        byte[] input = [.. Encoding.ASCII.GetBytes(context), (byte)recipient.Value.Length, .. Encoding.ASCII.GetBytes(recipient.Value), .. about];
        return HMACSHA256.HashData(_key, input);
    }
}
