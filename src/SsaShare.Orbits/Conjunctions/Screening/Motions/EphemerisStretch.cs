using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Where an object is at one instant of an ephemeris.</summary>
/// <param name="Epoch">Of the point.</param>
/// <param name="PositionKm">In the frame of the stretch.</param>
/// <param name="VelocityKmPerS">Likewise; null where the ephemeris gives none.</param>
public readonly record struct EphemerisNode(Epoch Epoch, Vector3d PositionKm, Vector3d? VelocityKmPerS);

/// <summary>How sure an ephemeris is at one instant.</summary>
/// <param name="Epoch">Of a point or between points.</param>
/// <param name="Covariance">Of position and velocity; all entries of the velocity are zero where only the position's is known.</param>
/// <param name="Axes">In which it is given; null for GCRF.</param>
public sealed record EphemerisSureness(Epoch Epoch, Covariance6 Covariance, LocalOrbitAxes? Axes)
{
    /// <summary>Whether its velocities are those seen from axes that turn with the object (RSW_ROTATING, TNW_ROTATING), not from axes at rest.</summary>
    public bool IsRotating { get; init; }

    /// <param name="state">Of that instant, GCRF.</param>
    /// <returns>The covariance, GCRF.</returns>
    /// <exception cref="ArgumentException">The state has no orbital plane.</exception>
    public Covariance6 Of(CartesianState state)
    {
        if (Axes is not { } axes) return Covariance;
        var frame = LocalOrbitFrame.Of(state, axes);
        return frame.FromLocal(IsRotating ? AtRest(frame.AngularVelocityRadPerS.Z) : Covariance);
    }

    /// <summary>With v = u + ω × r, ω along the third axis, u the velocity that the turning axes see.</summary>
    private Covariance6 AtRest(double spin)
    {
        Span<double> lower = stackalloc double[21];
        for (int row = 0, at = 0; row < 6; row++)
        for (int column = 0; column <= row; column++, at++)
        {
            var (a, b) = (Spun(row, spin), Spun(column, spin));
            lower[at] = Covariance[row, column] + a.By * Covariance[a.From, column] + b.By * Covariance[row, b.From] + a.By * b.By * Covariance[a.From, b.From];
        }
        return new Covariance6(lower);
    }

    private static (int From, double By) Spun(int row, double spin) => row switch { 3 => (1, -spin), 4 => (0, spin), _ => (0, 0) };
}

/// <summary>Points of one object between which it may be interpolated: a segment of an OEM, an ephemeris of STK, a prediction.</summary>
/// <param name="Nodes">In order of time. Two of one epoch and place, of different velocities, stand before and after an impulse.</param>
public sealed record EphemerisStretch(IReadOnlyList<EphemerisNode> Nodes)
{
    /// <summary>Of the nodes: GCRF, or TEME, which is turned by theory (<see cref="Fk5"/>) as the screening does.</summary>
    /// <exception cref="ArgumentException">Neither.</exception>
    public Frame Frame
    {
        get;
        init => field = value is Frame.Gcrf or Frame.Teme ? value : throw new ArgumentException($"Expected GCRF or TEME, got {value}.", nameof(value));
    } = Frame.Gcrf;

    /// <summary>In any order; those of instants without a state are passed over.</summary>
    public IReadOnlyList<EphemerisSureness> Covariances { get; init; } = [];

    /// <summary>Before this instant it is not to be used; null for the first point.</summary>
    public Epoch? UsableFrom { get; init; }

    /// <summary>After this instant it is not to be used; null for the last point.</summary>
    public Epoch? UsableTo { get; init; }

    /// <summary>
    /// Degree of interpolation that its maker asks for; null where it is left open (7). At least that of a polynomial through position and velocity of as many points as it takes, 3 to 11: exact where the maker's method is, and
    /// smooth at the points whatever the method.
    /// </summary>
    public int? Degree { get; init; }
}
