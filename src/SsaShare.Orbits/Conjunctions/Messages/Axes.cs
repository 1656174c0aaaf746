using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Radial, transverse and normal axes of any state.</summary>
internal static class Axes
{
    /// <returns>False where the state has none: its position and velocity are parallel, or one of them is zero.</returns>
    public static bool TryOf(CartesianState state, out LocalOrbitFrame? axes)
    {
        var (r, v) = (state.PositionKm, state.VelocityKmPerS);
        bool has = r.IsFinite && v.IsFinite && r.Cross(v).Norm > 1e-11 * r.Norm * v.Norm;
        axes = has ? LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn) : null;
        return has;
    }
}
