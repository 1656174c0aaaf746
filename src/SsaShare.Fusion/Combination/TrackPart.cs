using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>A track, or several combined, taken apart by who shares the error: with unknown others, with nobody, with all by the density.</summary>
internal sealed class TrackPart
{
    private TrackPart(double[] state) => State = state;

    public TrackPart(double[] state, double[] correlated, double[] density, IReadOnlyList<(ReadyTrack, double[])> gains)
        => (State, Correlated, Density, Gains) = (state, correlated, density, gains);

    /// <summary>km and km/s.</summary>
    public double[] State { get; }

    /// <summary>6×6: may be shared with any other part in an unknown way.</summary>
    public double[] Correlated { get; private init; } = new double[Matrix6.Entries];

    /// <summary>6×6: shared with no other.</summary>
    public double[] Independent { get; private init; } = new double[Matrix6.Entries];

    /// <summary>One sigma of the shared error of the density.</summary>
    public double[] Density { get; private init; } = new double[Matrix6.Size];

    /// <summary>By how much the state moves with that of each track.</summary>
    public IReadOnlyList<(ReadyTrack Track, double[] Gain)> Gains { get; private init; } = [];

    public bool IsAllCorrelated => !Independent.AsSpan().ContainsAnyExcept(0.0);

    /// <summary>The same with nothing believed to be independent.</summary>
    public TrackPart AllCorrelated()
    {
        double[] whole = new double[Matrix6.Entries];
        for (int k = 0; k < Matrix6.Entries; k++) whole[k] = Correlated[k] + Independent[k];
        return new TrackPart(State, whole, Density, Gains);
    }

    /// <param name="track">Examined.</param>
    /// <param name="believeIndependent">Whether its declared part counts.</param>
    /// <param name="separateDensity">Whether every track of the combination declares what the density does; else the error stays with what may be shared in an unknown way.</param>
    public static TrackPart Of(ReadyTrack track, bool believeIndependent, bool separateDensity)
    {
        var (r, v) = (track.State.PositionKm, track.State.VelocityKmPerS);
        double[] correlated = new double[Matrix6.Entries], independent = new double[Matrix6.Entries], density = new double[Matrix6.Size], gain = new double[Matrix6.Entries];
        Matrix6.Fill(track.Covariance, correlated);
        if (believeIndependent && track.Independent is { } own) Matrix6.Fill(own, independent);
        if (separateDensity) Fill(track.Density, density);
        for (int i = 0; i < Matrix6.Size; i++)
        for (int j = 0; j < Matrix6.Size; j++) correlated[i * Matrix6.Size + j] -= independent[i * Matrix6.Size + j] + density[i] * density[j];
        for (int i = 0; i < Matrix6.Size; i++) gain[i * 7] = 1;
        return new TrackPart([r.X, r.Y, r.Z, v.X, v.Y, v.Z]) { Correlated = correlated, Independent = independent, Density = density, Gains = [(track, gain)] };
    }

    public static void Fill(DensityError? density, Span<double> sigma)
    {
        sigma.Clear();
        if (density is not { } error) return;
        var (r, v) = (error.Sigma * error.PositionKm, error.Sigma * error.VelocityKmPerS);
        (sigma[0], sigma[1], sigma[2], sigma[3], sigma[4], sigma[5]) = (r.X, r.Y, r.Z, v.X, v.Y, v.Z);
    }
}
