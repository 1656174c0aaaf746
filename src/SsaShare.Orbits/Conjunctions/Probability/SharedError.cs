using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What an error of the forecast density of the air does to one object, as NASA's conjunction messages state it ("DCP").</summary>
/// <param name="Sigma">Of the relative error of the density along this object's orbit, dimensionless.</param>
/// <param name="PositionKm">How far a relative error of one would move the object, in the frame of its state.</param>
/// <param name="VelocityKmPerS">By how much it would change its velocity, likewise.</param>
public readonly record struct DensityError(double Sigma, Vector3d PositionKm, Vector3d VelocityKmPerS)
{
    /// <summary>With the sensitivity turned from the object's radial, transverse and normal axes.</summary>
    /// <exception cref="ArgumentException">The state has no such axes.</exception>
    public static DensityError FromRtn(CartesianState state, double sigma, Vector3d positionRtnKm, Vector3d velocityRtnKmPerS)
    {
        var axes = LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).FromInertial;
        return new DensityError(sigma, axes.TransposedTimes(positionRtnKm), axes.TransposedTimes(velocityRtnKmPerS));
    }

    internal double this[int i] => i switch { 0 => PositionKm.X, 1 => PositionKm.Y, 2 => PositionKm.Z, 3 => VelocityKmPerS.X, 4 => VelocityKmPerS.Y, _ => VelocityKmPerS.Z };
}

/// <summary>
/// One error in both objects: the forecast density is wrong for both alike, so the covariance of their difference is less (objects that drag moves the same way)
/// or more (that it moves apart) than the sum of the two.
/// </summary>
/// <remarks>
/// Casali, Hall, Snow, Hejduk, Johnson, Skrehart, Baars 2018, AAS 18-272, eq. 11: P = P₁ + P₂ - σ₁σ₂(G₂G₁ᵀ + G₁G₂ᵀ), the global error fully correlated between the objects.
/// </remarks>
public sealed record SharedError
{
    /// <exception cref="ArgumentException">A figure is not finite, or a sigma negative.</exception>
    public SharedError(DensityError first, DensityError second)
    {
        foreach (var error in (ReadOnlySpan<DensityError>)[first, second])
            if (!(error.Sigma >= 0) || !double.IsFinite(error.Sigma) || !error.PositionKm.IsFinite || !error.VelocityKmPerS.IsFinite) throw new ArgumentException("Figures of an error are finite, its sigma at least 0.");
        (First, Second) = (first, second);
    }

    public DensityError First { get; }
    public DensityError Second { get; }

    internal double Common(int i, int j) => First.Sigma * Second.Sigma * (Second[i] * First[j] + First[i] * Second[j]);
}
