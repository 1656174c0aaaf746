using System.Globalization;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>Looks at one ready-made track by itself, before it meets others.</summary>
public static class TrackExamination
{
    private const double LeastRadiusKm = 6_300, MostRadiusKm = 1_500_000, MostSpeedKmPerS = 20;

    /// <summary>Makes a track of figures as they came, whatever they are.</summary>
    /// <param name="like">Source, record and declarations; its state and covariance do not count.</param>
    /// <param name="lower">21 entries of the lower triangle by rows: km², km²/s, km²/s².</param>
    /// <returns>The track, or null with what is wrong in <paramref name="fault"/> and <paramref name="detail"/>.</returns>
    public static ReadyTrack? Read(ReadyTrack like, Epoch epoch, Frame frame, Vector3d positionKm, Vector3d velocityKmPerS, ReadOnlySpan<double> lower, out TrackFault fault, out string detail)
    {
        (fault, detail) = (TrackFault.NotFinite, "");
        if (frame == Frame.Unspecified)
        {
            (fault, detail) = (TrackFault.WrongFrame, "The track names no frame.");
            return null;
        }
        if (!positionKm.IsFinite || !velocityKmPerS.IsFinite)
        {
            detail = "The state has a figure that is not a finite number.";
            return null;
        }
        if (lower.Length != 21) throw new ArgumentException($"Expected 21 entries, got {lower.Length}.", nameof(lower));
        foreach (double entry in lower)
            if (!double.IsFinite(entry))
            {
                detail = "The covariance has a figure that is not a finite number.";
                return null;
            }
        for (int row = 0; row < Matrix6.Size; row++)
            if (!(lower[row * (row + 3) / 2] > 0))
            {
                (fault, detail) = (TrackFault.CovarianceNotPositive, string.Create(CultureInfo.InvariantCulture, $"Variance {row + 1} is {lower[row * (row + 3) / 2]:G6}."));
                return null;
            }
        return like with { State = new CartesianState(epoch, frame, positionKm, velocityKmPerS), Covariance = new Covariance6(lower) };
    }

    /// <returns>What is wrong with it, or null.</returns>
    public static QuarantinedTrack? Examine(ReadyTrack track, Epoch epoch)
    {
        var state = track.State;
        if (state.Frame != Frame.Gcrf) return Out(TrackFault.WrongFrame, $"Expected GCRF, got {state.Frame}.");
        if (state.Epoch != epoch) return Out(TrackFault.WrongEpoch, $"Expected {epoch}, got {state.Epoch}.");
        double radius = state.PositionKm.Norm, speed = state.VelocityKmPerS.Norm;
        if (!(radius is >= LeastRadiusKm and <= MostRadiusKm) || !(speed <= MostSpeedKmPerS))
            return Out(TrackFault.ImpossibleOrbit, string.Create(CultureInfo.InvariantCulture, $"{radius:F0} km from the Earth's centre at {speed:F3} km/s."));
        if (track.Density is { } density && !(double.IsFinite(density.Sigma) && density.Sigma >= 0 && density.PositionKm.IsFinite && density.VelocityKmPerS.IsFinite))
            return Out(TrackFault.NotFinite, "The error of the density has a figure that is not a finite number, or a negative sigma.");
        Span<double> whole = stackalloc double[Matrix6.Entries], part = stackalloc double[Matrix6.Entries];
        Matrix6.Fill(track.Covariance, whole);
        if (!Matrix6.IsPositiveDefinite(whole)) return Out(TrackFault.CovarianceNotPositive, "The covariance has an eigenvalue that is not above zero, to 13 digits.");
        whole.CopyTo(part);
        if (track.Independent is { } independent)
        {
            for (int i = 0; i < Matrix6.Size; i++)
            for (int j = 0; j < Matrix6.Size; j++) part[i * Matrix6.Size + j] -= independent[i, j];
            Span<double> own = stackalloc double[Matrix6.Entries];
            Matrix6.Fill(independent, own);
            if (!Matrix6.IsNearlyPositive(part, whole) || !Matrix6.IsNearlyPositive(own, whole))
                return Out(TrackFault.IndependentPartTooLarge, "Covariance less independent part, or the part itself, has an eigenvalue below zero.");
        }
        if (track.Density is not null)
        {
            TakeOffDensity(track, part);
            if (!Matrix6.IsNearlyPositive(part, whole))
                return Out(TrackFault.DensityErrorTooLarge, "Covariance less independent part less error of the density has an eigenvalue below zero.");
            // The rest must still be invertible: a track is never exact but for the density.
            TakeOffDensity(track, whole);
            if (!Matrix6.IsPositiveDefinite(whole)) return Out(TrackFault.DensityErrorTooLarge, "But for the error of the density the track would be exact in one direction.");
        }
        return null;

        QuarantinedTrack Out(TrackFault fault, string detail) => new(track, fault, detail);
    }

    private static void TakeOffDensity(ReadyTrack track, Span<double> covariance)
    {
        Span<double> density = stackalloc double[Matrix6.Size];
        TrackPart.Fill(track.Density, density);
        for (int i = 0; i < Matrix6.Size; i++)
        for (int j = 0; j < Matrix6.Size; j++) covariance[i * Matrix6.Size + j] -= density[i] * density[j];
    }
}
