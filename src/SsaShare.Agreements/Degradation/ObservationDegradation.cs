using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>What a profile leaves of a measurement.</summary>
public static class ObservationDegradation
{
    private const double RadPerDeg = Math.PI / 180;

    /// <returns>Null when the profile hides nothing of this measurement, or no measured quantity would be left.</returns>
    public static (Observation Degraded, AddedSigma Added)? Apply(Observation original, DegradationProfile profile, ItemNoise noise)
    {
        var figures = profile.Figures;
        var (epoch, epochSigmaS) = Blur.Time(original.Epoch, figures, noise);
        var degraded = original with { Epoch = epoch };
        var added = new AddedSigma { EpochS = epochSigmaS };
        if (profile.Removes(RemovedField.ObjectTag)) degraded = degraded with { ObjectTag = null };
        if (profile.Removes(RemovedField.RangeRate)) degraded = degraded with { RangeRateKmPerS = null };

        if (original.RangeKm is { } range && figures.Step(DegradedFigure.RangeSigmaKm) is { } rangeSigma)
        {
            // No distance is negative: the few draws that would be are turned back, which only makes their error smaller.
            double blurred = Math.Abs(Blur.Value(range, DegradedFigure.RangeSigmaKm, rangeSigma, NoiseQuantity.Range, noise));
            degraded = degraded with { RangeKm = Math.Max(blurred, DegradationFigures.Range(DegradedFigure.RangeSigmaKm).Least.Value) };
            added = added with { RangeKm = rangeSigma.Value };
        }
        if (degraded.RangeRateKmPerS is { } rate && figures.Step(DegradedFigure.RangeRateSigmaKmPerS) is { } rateSigma)
        {
            degraded = degraded with { RangeRateKmPerS = Blur.Value(rate, DegradedFigure.RangeRateSigmaKmPerS, rateSigma, NoiseQuantity.RangeRate, noise) };
            added = added with { RangeRateKmPerS = rateSigma.Value };
        }
        if (figures.Step(DegradedFigure.AngleSigmaDeg) is { } angleSigma && (original.AzimuthRad ?? original.ElevationRad) is not null)
        {
            double sigmaRad = angleSigma.Value * RadPerDeg;
            var (azimuth, elevation) = Direction(original.AzimuthRad, original.ElevationRad, angleSigma, noise);
            degraded = degraded with { AzimuthRad = azimuth, ElevationRad = elevation };
            added = added with
            {
                AzimuthRad = azimuth is null ? null : AzimuthSigmaRad(sigmaRad, elevation ?? 0),
                ElevationRad = elevation is null ? null : sigmaRad,
            };
        }
        bool measures = (degraded.RangeKm ?? degraded.AzimuthRad ?? degraded.ElevationRad ?? degraded.RangeRateKmPerS) is not null;
        bool hides = added != new AddedSigma() || degraded.ObjectTag != original.ObjectTag || (degraded.RangeRateKmPerS is null && original.RangeRateKmPerS is not null);
        return measures && hides ? (degraded, added) : null;
    }

    /// <summary>Sigma of the azimuth for a sigma on the sky.</summary>
    /// <param name="sigmaRad">On the sky, rad.</param>
    /// <param name="degradedElevationRad">As degraded: by the true elevation this figure would tell it.</param>
    /// <remarks>
    /// sigma / cos(elevation). Within four sigma of the zenith (or the nadir) the noise may have turned the azimuth all the way round: nothing is known
    /// of it, which is π / √3. Farther off the second term covers what the turning adds; it is fitted from above.
    /// </remarks>
    public static double AzimuthSigmaRad(double sigmaRad, double degradedElevationRad)
    {
        double first = sigmaRad / Math.Cos(degradedElevationRad);
        return first < 0.25 ? first * Math.Sqrt(1 + 2 * first * first) : Math.PI / Math.Sqrt(3);
    }

    /// <summary>Noise on the sky: each part of the path is a step along the horizon and one in elevation from where the part before led.</summary>
    private static (double? AzimuthRad, double? ElevationRad) Direction(double? azimuthRad, double? elevationRad, LadderStep sigma, ItemNoise noise)
    {
        var least = DegradationFigures.Range(DegradedFigure.AngleSigmaDeg).Least;
        double[] across = noise.Parts(NoiseQuantity.CrossElevation, least, sigma), up = noise.Parts(NoiseQuantity.Elevation, least, sigma);
        double lattice = sigma.Value * RadPerDeg;
        if (azimuthRad is not { } azimuth) return (null, Folded(Blur.OnLattice(elevationRad!.Value + up.Sum() * RadPerDeg, lattice)));
        if (elevationRad is not { } elevation) return (Wrapped(Blur.OnLattice(azimuth + across.Sum() * RadPerDeg, lattice)), null);

        // North, east, up.
        var direction = new Vector3d(Math.Cos(elevation) * Math.Cos(azimuth), Math.Cos(elevation) * Math.Sin(azimuth), Math.Sin(elevation));
        for (int i = 0; i < across.Length; i++)
        {
            var (sinAzimuth, cosAzimuth) = Math.SinCos(Math.Atan2(direction.Y, direction.X));
            double sinElevation = Math.Clamp(direction.Z, -1, 1), cosElevation = Math.Sqrt(1 - sinElevation * sinElevation);
            var horizontal = new Vector3d(-sinAzimuth, cosAzimuth, 0);
            var vertical = new Vector3d(-sinElevation * cosAzimuth, -sinElevation * sinAzimuth, cosElevation);
            var step = (across[i] * horizontal + up[i] * vertical) * RadPerDeg;
            double length = step.Norm;
            if (length > 0) direction = (Math.Cos(length) * direction + Math.Sin(length) / length * step).Unit();
        }
        double blurredElevation = Math.Asin(Math.Clamp(direction.Z, -1, 1));
        return (Wrapped(Blur.OnLattice(Math.Atan2(direction.Y, direction.X), lattice)), Folded(Blur.OnLattice(blurredElevation, lattice)));
    }

    private static double Wrapped(double angleRad)
    {
        double turned = angleRad % Math.Tau;
        return turned < 0 ? Math.Min(turned + Math.Tau, Math.Tau) : turned;
    }

    /// <summary>Back over the zenith or the nadir; nearer to the truth than the noise, never farther.</summary>
    private static double Folded(double elevationRad)
    {
        double folded = elevationRad > Math.PI / 2 ? Math.PI - elevationRad : elevationRad < -Math.PI / 2 ? -Math.PI - elevationRad : elevationRad;
        return Math.Clamp(folded, -Math.PI / 2, Math.PI / 2);
    }
}
