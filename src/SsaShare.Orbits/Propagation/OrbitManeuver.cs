using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Axes in which a manoeuvre's speed change is given.</summary>
public enum ManeuverAxes
{
    /// <summary>Inertial.</summary>
    Gcrf = 1,
    /// <summary>Radial, transverse, normal; at every instant those of the object.</summary>
    Rtn = 2,
    /// <summary>Tangential, in-plane normal, cross-track; at every instant those of the object.</summary>
    Tnw = 3,
}

/// <summary>A manoeuvre that a propagation flies. Its three components of <see cref="DeltaVKmPerS"/> are columns of the partials.</summary>
/// <param name="Axes">In which the components are given.</param>
/// <param name="DeltaVKmPerS">Change of speed along each axis, km/s; of a finite manoeuvre the sum of its acceleration over time, axis by axis.</param>
/// <exception cref="ArgumentException">A component is not finite.</exception>
public abstract record OrbitManeuver(ManeuverAxes Axes, Vector3d DeltaVKmPerS)
{
    /// <summary>Change of speed along each axis.</summary>
    public Vector3d DeltaVKmPerS { get; init => field = Finite(value); } = Finite(DeltaVKmPerS);

    /// <summary>How well it is expected to be flown; null where that is not stated. A propagation flies it as planned: covariances of planned orbits take it up (<see cref="PropagatedMotion"/>).</summary>
    public BurnError? Error { get; init; }

    /// <summary>When it begins.</summary>
    public abstract Epoch From { get; }

    /// <summary>When it ends; of an impulse the same as <see cref="From"/>.</summary>
    public abstract Epoch To { get; }

    private static Vector3d Finite(Vector3d deltaV)
        => deltaV.IsFinite ? deltaV : throw new ArgumentException($"A change of speed is finite, not {deltaV}.", nameof(deltaV));
}

/// <summary>A sudden change of velocity. A state at its very instant is the one after it.</summary>
public sealed record ImpulsiveManeuver(Epoch Epoch, ManeuverAxes Axes, Vector3d DeltaVKmPerS) : OrbitManeuver(Axes, DeltaVKmPerS)
{
    public override Epoch From => Epoch;
    public override Epoch To => Epoch;
}

/// <summary>Thrust in a fixed direction of its axes between two instants: at constant acceleration, or at constant thrust while the mass falls.</summary>
public sealed record FiniteManeuver : OrbitManeuver
{
    private const double StandardGravityMPerS2 = 9.80665;

    private readonly double _logOfMassRatio;

    /// <param name="from">First instant of thrust.</param>
    /// <param name="to">Last instant of thrust.</param>
    /// <param name="axes">Of the components.</param>
    /// <param name="deltaVKmPerS">See <see cref="OrbitManeuver.DeltaVKmPerS"/>.</param>
    /// <param name="propellantShare">Share of the mass at <paramref name="from"/> that is used up, 0 (constant acceleration) to below 1.</param>
    /// <exception cref="ArgumentException">It ends before it begins, or the share is none.</exception>
    public FiniteManeuver(Epoch from, Epoch to, ManeuverAxes axes, Vector3d deltaVKmPerS, double propellantShare = 0) : base(axes, deltaVKmPerS)
    {
        if (to <= from) throw new ArgumentException("A finite manoeuvre ends after it begins.", nameof(to));
        if (!(propellantShare >= 0 && propellantShare < 1)) throw new ArgumentException($"The share of propellant is from 0 to below 1, not {propellantShare}.", nameof(propellantShare));
        (From, To, PropellantShare) = (from, to, propellantShare);
        _logOfMassRatio = LogOfMassRatio(propellantShare);
    }

    public override Epoch From { get; }
    public override Epoch To { get; }

    /// <summary>Share of the mass at <see cref="From"/> that is used up.</summary>
    public double PropellantShare { get; }

    /// <summary>A burn at constant thrust and mass flow: speed change by the rocket equation.</summary>
    /// <param name="from">First instant of thrust.</param>
    /// <param name="to">Last instant of thrust.</param>
    /// <param name="axes">Of <paramref name="direction"/>.</param>
    /// <param name="direction">Of the acceleration; any length but zero.</param>
    /// <param name="thrustN">Thrust, N.</param>
    /// <param name="massKg">At the beginning, kg.</param>
    /// <param name="specificImpulseS">s; infinite where the mass is to stay.</param>
    /// <exception cref="ArgumentException">A figure is not positive, or the propellant would be the whole mass.</exception>
    public static FiniteManeuver FromThrust(Epoch from, Epoch to, ManeuverAxes axes, Vector3d direction, double thrustN, double massKg, double specificImpulseS)
    {
        if (!(thrustN > 0) || !(massKg > 0) || !(specificImpulseS > 0)) throw new ArgumentException("Thrust, mass and specific impulse are positive.", nameof(thrustN));
        if (!(direction.Norm > 0)) throw new ArgumentException("A thrust has a direction.", nameof(direction));
        double exhaustMPerS = StandardGravityMPerS2 * specificImpulseS, seconds = to.SecondsSince(from);
        double share = thrustN * seconds / (exhaustMPerS * massKg);
        double speedMPerS = share > 0 ? exhaustMPerS * LogOfMassRatio(share) : thrustN * seconds / massKg;
        return new FiniteManeuver(from, to, axes, 1e-3 * speedMPerS * direction.Unit(), share);
    }

    /// <summary>-ln(1 - share), all digits kept where the share is small: 1 - share as it is rounded, and the logarithm put right for that.</summary>
    private static double LogOfMassRatio(double share)
    {
        double left = 1 - share;
        return left == 1 ? share : Math.Log(left) * share / (left - 1);
    }

    /// <summary>Acceleration along an axis for a speed change of one along it, 1/s.</summary>
    internal double Shape(Epoch epoch)
    {
        double duration = To.SecondsSince(From), past = epoch.SecondsSince(From) / duration;
        return PropellantShare == 0 ? 1 / duration : PropellantShare / (duration * _logOfMassRatio * (1 - PropellantShare * past));
    }
}
