using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Orbits;

namespace SsaShare.FusionService;

/// <summary>Follows states numerically over the window, and some days beyond, so that it need not be done again whenever time moves on. Used by one thread at a time.</summary>
/// <param name="rotation">Of the Earth; beyond its table it turns as it did last.</param>
/// <param name="ahead">Length of the window, its blocks included.</param>
/// <param name="logger">Told what cannot be followed.</param>
internal sealed class FollowedOrbits(EarthRotation rotation, TimeSpan ahead, ILogger<FollowedOrbits> logger)
{
    /// <summary>Followed beyond the window, and from before now, since the blocks of the window begin earlier.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromDays(4), Before = TimeSpan.FromDays(1);

    private readonly EarthRotation _rotation = new(rotation.Orientation.Extended());
    private readonly Propagator _propagator = new(new ForceModel(ForceModelOptions.Precise, rotation: new EarthRotation(rotation.Orientation.Extended())));
    private Dictionary<string, Followed> _followed = new(StringComparer.Ordinal);
    private Dictionary<string, Followed> _kept = new(StringComparer.Ordinal);

    /// <summary>Begins a round: what is not asked for until <see cref="End"/> is forgotten.</summary>
    public void Begin() => _kept = new Dictionary<string, Followed>(StringComparer.Ordinal);

    public void End() => _followed = _kept;

    /// <summary>What was followed before and reaches far enough; else it is followed now, where <paramref name="hasTime"/> says that there is time.</summary>
    /// <param name="key">Of the state, the plan and all that the source says.</param>
    /// <param name="follow">Follows from one instant to another and makes a source of it; null where that cannot be.</param>
    /// <param name="isLate">There was no time.</param>
    /// <returns>Null where there is no motion, or following fails: one orbit that cannot be followed stops no other, and is not tried again before its span ends.</returns>
    public OrbitSource? Find(string key, Epoch now, Func<bool> hasTime, Func<Epoch, Epoch, OrbitSource?> follow, ref bool isLate)
    {
        var needed = now.PlusSeconds(ahead.TotalSeconds);
        if (!_followed.TryGetValue(key, out var known) || known.Until < needed || now < known.Since)
        {
            if (!hasTime())
            {
                isLate = true;
                if (known is not null) _kept[key] = known;
                return known?.Source;
            }
            var until = needed.PlusSeconds(Spare.TotalSeconds);
            known = new Followed(Try(key, follow, now.PlusSeconds(-Before.TotalSeconds), until), now, until);
        }
        _kept[key] = known;
        return known.Source;
    }

    /// <summary>A state with the burns of its plan. What it states of its errors is examined first.</summary>
    /// <param name="state">Of any frame.</param>
    /// <returns>Null where there is no motion.</returns>
    public FollowedMotion? Follow(OrbitState state, SurfaceCoefficients surface, IReadOnlyList<OrbitManeuver> plan, Epoch from, Epoch to)
    {
        var stated = StatedCovariance.Of(state);
        var (remarks, assumed) = (stated.Remarks, stated.MayAssume ? AssumedUncertainty.ElementSets : null);
        Covariance6?[] attempts = stated.Usable is { } usable ? [usable, StatedCovariance.Stiffened(usable), null] : [null];
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                var motion = PropagatedMotion.Of(_propagator, InGcrf(new OrbitState(state.ObjectTag, state.State, attempts[attempt])), surface, plan, from, to, assumed).Motion;
                return motion is null ? null : new FollowedMotion(motion, remarks);
            }
            catch (ArgumentException failure) when (attempts[attempt] is not null)
            {
                // One that is all but singular: rounding on the way leaves it a negative variance.
                if (attempts[attempt + 1] is null) remarks = [.. remarks, $"The stated covariance cannot be carried along the orbit ({failure.Message}). An assumed one stands in."];
            }
        }
    }

    /// <summary>Elements with the burns of a plan, of which one at least is still to come.</summary>
    /// <returns>Null where there is no motion.</returns>
    public FollowedMotion? Follow(ElementSet elements, SurfaceCoefficients surface, IReadOnlyList<OrbitManeuver> plan, Epoch from, Epoch to)
        => PropagatedMotion.Of(_propagator, elements, surface, plan, from, to, AssumedUncertainty.ElementSets).Motion is { } motion ? new FollowedMotion(motion, []) : null;

    private OrbitSource? Try(string key, Func<Epoch, Epoch, OrbitSource?> follow, Epoch from, Epoch to)
    {
        try
        {
            return follow(from, to);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            FusionServiceLog.OrbitNotFollowed(logger, key, e);
            return null;
        }
    }

    private OrbitState InGcrf(OrbitState orbit)
    {
        if (orbit.State.Frame == Frame.Gcrf) return orbit;
        return new OrbitState(orbit.ObjectTag, Turn(orbit.State), orbit.Covariance is null ? null : Turn(orbit.Covariance, orbit.State));
    }

    private CartesianState Turn(CartesianState state) => state.Frame == Frame.Teme ? Fk5.TemeToGcrf(state) : _rotation.To(state, Frame.Gcrf);

    /// <summary>The turn is linear: what it makes of unit states are the columns of its partials.</summary>
    private Covariance6 Turn(Covariance6 covariance, CartesianState at)
    {
        double[,] partials = new double[6, 6];
        for (int column = 0; column < 6; column++)
        {
            var unit = Unit(column % 3);
            var turned = Turn(new CartesianState(at.Epoch, at.Frame, column < 3 ? unit : default, column < 3 ? default : unit));
            double[] six = [turned.PositionKm.X, turned.PositionKm.Y, turned.PositionKm.Z, turned.VelocityKmPerS.X, turned.VelocityKmPerS.Y, turned.VelocityKmPerS.Z];
            for (int row = 0; row < 6; row++) partials[row, column] = six[row];
        }
        var lower = new List<double>(21);
        for (int row = 0; row < 6; row++)
        for (int column = 0; column <= row; column++)
        {
            double sum = 0;
            for (int i = 0; i < 6; i++)
            for (int j = 0; j < 6; j++) sum += partials[row, i] * covariance[i, j] * partials[column, j];
            lower.Add(sum);
        }
        return new Covariance6([.. lower]);

        static Vector3d Unit(int axis) => new(axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0);
    }

    /// <param name="Source">Null where there is no motion.</param>
    /// <param name="Since">When it was followed: before, the clock has been set back.</param>
    private sealed record Followed(OrbitSource? Source, Epoch Since, Epoch Until);
}

/// <summary>An orbit over its span.</summary>
/// <param name="Remarks">What is to be told of its uncertainty.</param>
internal sealed record FollowedMotion(UncertainEphemeris Motion, IReadOnlyList<string> Remarks);
