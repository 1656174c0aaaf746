using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SsaShare.Agreements;

/// <summary>
/// Normal noise of one item for one recipient, the same whenever it is asked for. Along the ladder it is a Brownian path in variance: the noise at
/// a step is that at the step before plus an independent part. So who holds a finer and a coarser release knows no more than the finer tells.
/// </summary>
/// <remarks>
/// z of step k and quantity q: Box and Muller (1958) on 53-bit fractions of HMAC-SHA-256(item key, q || k / 4), which serves four steps.
/// </remarks>
public sealed class ItemNoise
{
    private const int NormalsPerBlock = 4;
    private readonly byte[] _itemKey;

    internal ItemNoise(byte[] itemKey) => _itemKey = itemKey;

    /// <summary>The parts of the noise, from the least step to <paramref name="to"/>; their sum has the sigma of <paramref name="to"/>.</summary>
    /// <param name="quantity">Which component.</param>
    /// <param name="least">Where the path begins: fixed for the quantity, whatever the profile.</param>
    /// <param name="to">The step asked for, at or above <paramref name="least"/>.</param>
    /// <returns>In the unit of the ladder's values.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> is below <paramref name="least"/>.</exception>
    public double[] Parts(NoiseQuantity quantity, LadderStep least, LadderStep to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, least);
        double[] parts = new double[to.Rank - least.Rank + 1];
        Span<double> block = stackalloc double[NormalsPerBlock];
        int loaded = int.MinValue;
        double before = 0;
        for (var step = least; step <= to; step = step.Next)
        {
            int wanted = step.Rank >> 2;
            if (wanted != loaded) Load(quantity, loaded = wanted, block);
            double variance = step.Value * step.Value;
            parts[step.Rank - least.Rank] = Math.Sqrt(variance - before) * block[step.Rank & 3];
            before = variance;
        }
        return parts;
    }

    /// <summary>Noise with the sigma of <paramref name="to"/>.</summary>
    /// <inheritdoc cref="Parts"/>
    public double At(NoiseQuantity quantity, LadderStep least, LadderStep to)
    {
        double sum = 0;
        foreach (double part in Parts(quantity, least, to)) sum += part;
        return sum;
    }

    private void Load(NoiseQuantity quantity, int block, Span<double> normals)
    {
        Span<byte> input = stackalloc byte[1 + sizeof(int)];
        input[0] = checked((byte)quantity);
        BinaryPrimitives.WriteInt32BigEndian(input[1..], block);
        Span<byte> bits = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_itemKey, input, bits);
        for (int pair = 0; pair < NormalsPerBlock; pair += 2)
        {
            // 1 - fraction is above zero, so its logarithm is finite.
            double radius = Math.Sqrt(-2 * Math.Log(1 - Fraction(bits[(8 * pair)..]))), angle = Math.Tau * Fraction(bits[(8 * pair + 8)..]);
            normals[pair] = radius * Math.Cos(angle);
            normals[pair + 1] = radius * Math.Sin(angle);
        }
    }

    /// <summary>0 up to and without 1.</summary>
    private static double Fraction(ReadOnlySpan<byte> bits) => (BinaryPrimitives.ReadUInt64BigEndian(bits) >> 11) * (1.0 / (1UL << 53));
}
