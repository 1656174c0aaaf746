using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Two objects at one instant near their closest approach, what is known of their errors, and how close is too close. Immutable.</summary>
public sealed record ConjunctionPair
{
    /// <param name="first">State of the first object, GCRF or TEME.</param>
    /// <param name="firstCovariance">Of it, in the frame of the state: km², km²/s, km²/s².</param>
    /// <param name="second">State of the second object, same epoch and frame.</param>
    /// <param name="secondCovariance">Of it, in the frame of the state.</param>
    /// <param name="hardBodyRadiusKm">Sum of the radii of two spheres that hold the objects, above 0.</param>
    /// <exception cref="ArgumentException">The epochs or frames differ, the frame turns with the Earth, or the radius is not a positive number.</exception>
    public ConjunctionPair(CartesianState first, Covariance6 firstCovariance, CartesianState second, Covariance6 secondCovariance, double hardBodyRadiusKm)
    {
        if ((first.Epoch, first.Frame) != (second.Epoch, second.Frame)) throw new ArgumentException($"Expected {first.Epoch} {first.Frame}, got {second.Epoch} {second.Frame}.", nameof(second));
        if (first.Frame == Frame.Itrf) throw new ArgumentException("Expected an inertial frame, got ITRF.", nameof(first));
        if (!(hardBodyRadiusKm > 0) || !double.IsFinite(hardBodyRadiusKm)) throw new ArgumentException($"A radius is a positive number, not {hardBodyRadiusKm}.", nameof(hardBodyRadiusKm));
        (First, FirstCovariance, Second, SecondCovariance, HardBodyRadiusKm) = (first, firstCovariance, second, secondCovariance, hardBodyRadiusKm);
    }

    public CartesianState First { get; }
    public Covariance6 FirstCovariance { get; }
    public CartesianState Second { get; }
    public Covariance6 SecondCovariance { get; }
    public double HardBodyRadiusKm { get; }

    /// <summary>What one error does to both objects, so that part of it cancels in their difference; null where the errors are independent.</summary>
    public SharedError? Shared { get; init; }

    /// <summary>Of the second object from the first.</summary>
    public Vector3d RelativePositionKm => Second.PositionKm - First.PositionKm;

    /// <summary>Of the second object against the first.</summary>
    public Vector3d RelativeVelocityKmPerS => Second.VelocityKmPerS - First.VelocityKmPerS;

    /// <summary>The same objects and radius with other covariances.</summary>
    public ConjunctionPair With(Covariance6 first, Covariance6 second) => new(First, first, Second, second, HardBodyRadiusKm) { Shared = Shared };

    /// <summary>Covariance of the second state less the first, row-major 6×6.</summary>
    internal double[] RelativeCovariance()
    {
        double[] sum = new double[36];
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++) sum[i * 6 + j] = FirstCovariance[i, j] + SecondCovariance[i, j] - (Shared?.Common(i, j) ?? 0);
        return sum;
    }
}
