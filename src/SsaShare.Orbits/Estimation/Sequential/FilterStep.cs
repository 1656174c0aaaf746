using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a smoother needs of one update: the way there, and the means before and after.</summary>
internal sealed class FilterStep
{
    public required Epoch Epoch { get; init; }

    /// <summary>Since the step before.</summary>
    public required double Seconds { get; init; }
    public required double[] Phi { get; init; }
    public required double[] NoiseFactor { get; init; }
    public required double[] Predicted { get; init; }
    public required double[] Updated { get; init; }

    /// <summary>Lower triangle by rows, after the update.</summary>
    public required double[] Factor { get; init; }

    public int Count => Updated.Length;

    public static double[] Pack(ReadOnlySpan<double> factor, int n)
    {
        double[] packed = new double[n * (n + 1) / 2];
        for (int i = 0; i < n; i++) factor.Slice(i * n, i + 1).CopyTo(packed.AsSpan(i * (i + 1) / 2));
        return packed;
    }
}
