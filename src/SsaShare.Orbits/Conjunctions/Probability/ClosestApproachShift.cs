using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How objects move from a stated to the true time of closest approach.</summary>
public enum ApproachMotion
{
    /// <summary>Each with constant velocity, covariances kept: for the rounding of a message's time, as short encounters are computed.</summary>
    Linear = 1,
    /// <summary>Each on its Kepler orbit, covariances moved too: for slow pairs, or times that are seconds off.</summary>
    TwoBody = 2,
}

/// <summary>
/// Moves a pair to its true closest approach. A conjunction message rounds its time to the millisecond: at 15 km/s that is 7 m along the relative velocity.
/// </summary>
public static class ClosestApproachShift
{
    private const int MostSteps = 30;

    /// <summary>The pair at the nearest closest approach.</summary>
    /// <param name="seconds">From the pair's epoch to the closest approach; the returned epoch is rounded to the nanosecond, the states are not.</param>
    /// <returns>False where none is found: no relative velocity, or no minimum of the distance within a quarter of a revolution.</returns>
    public static bool TryMove(ConjunctionPair pair, ApproachMotion motion, out ConjunctionPair moved, out double seconds)
    {
        (moved, seconds) = (pair, 0);
        if (motion is not (ApproachMotion.Linear or ApproachMotion.TwoBody)) throw new ArgumentException($"{motion} is no motion.", nameof(motion));
        return motion == ApproachMotion.Linear ? TryLinear(pair, ref moved, ref seconds) : TryTwoBody(pair, ref moved, ref seconds);
    }

    private static bool TryLinear(ConjunctionPair pair, ref ConjunctionPair moved, ref double seconds)
    {
        var velocity = pair.RelativeVelocityKmPerS;
        if (!(velocity.NormSquared > 0)) return false;
        seconds = -pair.RelativePositionKm.Dot(velocity) / velocity.NormSquared;
        if (!TryEpoch(pair, seconds, out var epoch)) return false;
        moved = new ConjunctionPair(Straight(pair.First, epoch, seconds), pair.FirstCovariance, Straight(pair.Second, epoch, seconds), pair.SecondCovariance, pair.HardBodyRadiusKm) { Shared = pair.Shared };
        return true;
    }

    private static bool TryTwoBody(ConjunctionPair pair, ref ConjunctionPair moved, ref double seconds)
    {
        double quarter = 0.25 * Math.Min(Period(pair.First), Period(pair.Second)), time = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            if (!TwoBody.TryPropagate(pair.First.PositionKm, pair.First.VelocityKmPerS, time, out var r1, out var v1)
                || !TwoBody.TryPropagate(pair.Second.PositionKm, pair.Second.VelocityKmPerS, time, out var r2, out var v2)) return false;
            Vector3d r = r2 - r1, v = v2 - v1;
            // Half the second derivative of the squared distance.
            double curvature = v.NormSquared + r.Dot(Pull(r2) - Pull(r1)), slope = r.Dot(v);
            double change = curvature > 0 ? -slope / curvature : -Math.Sign(slope) * quarter / 8;
            time += Math.Clamp(change, -quarter / 4, quarter / 4);
            if (!(Math.Abs(time) <= quarter)) return false;
            if (curvature > 0 && Math.Abs(change) <= 1e-12 * (1 + Math.Abs(time))) return TryArrive(pair, time, ref moved, ref seconds);
        }
        return false;
    }

    private static bool TryArrive(ConjunctionPair pair, double time, ref ConjunctionPair moved, ref double seconds)
    {
        if (!TryEpoch(pair, time, out var epoch)) return false;
        if (!EquinoctialOrbit.TryOf(pair.First, out var one) || !EquinoctialOrbit.TryOf(pair.Second, out var two)) return false;
        double[] first = new double[36], second = new double[36];
        if (!one!.TryTransition(time, first, out var stateOne) || !two!.TryTransition(time, second, out var stateTwo)) return false;
        moved = new ConjunctionPair(stateOne.At(epoch, pair.First.Frame), SmallMatrices.Moved(pair.FirstCovariance, first),
            stateTwo.At(epoch, pair.First.Frame), SmallMatrices.Moved(pair.SecondCovariance, second), pair.HardBodyRadiusKm) { Shared = Moved(pair.Shared, first, second) };
        seconds = time;
        return true;
    }

    private static SharedError? Moved(SharedError? shared, double[] first, double[] second)
        => shared is null ? null : new SharedError(Moved(shared.First, first), Moved(shared.Second, second));

    private static DensityError Moved(DensityError error, double[] transition)
    {
        Span<double> before = [error[0], error[1], error[2], error[3], error[4], error[5]], after = stackalloc double[6];
        SmallMatrices.Times(transition, before, after);
        return new DensityError(error.Sigma, new Vector3d(after[0], after[1], after[2]), new Vector3d(after[3], after[4], after[5]));
    }

    private static CartesianState Straight(CartesianState state, Epoch epoch, double seconds)
        => new(epoch, state.Frame, state.PositionKm + seconds * state.VelocityKmPerS, state.VelocityKmPerS);

    private static bool TryEpoch(ConjunctionPair pair, double seconds, out Epoch epoch)
    {
        epoch = pair.First.Epoch;
        // Beyond a day it is another approach, and a straight line means nothing.
        if (!(Math.Abs(seconds) < 86_400)) return false;
        epoch = epoch.PlusSeconds(seconds);
        return true;
    }

    private static double Period(CartesianState state) => KeplerianElements.TryFromState(state, out var elements) ? elements.PeriodSeconds : 86_400;

    private static Vector3d Pull(Vector3d position)
    {
        double r = position.Norm;
        return -TwoBody.EarthMuKm3PerS2 / (r * r * r) * position;
    }
}
