using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Protocol;

/// <summary>The orbital regime that a record's facts state: computed from its figures, never taken from its maker.</summary>
internal static class RecordRegimes
{
    private const double EarthMuKm3PerS2 = 398_600.4418, EarthRotationRadPerS = 7.292_115e-5, SecondsPerDay = 86_400;

    /// <summary>Of the osculating orbit; unspecified where there is none.</summary>
    public static OrbitalRegime Of(CartesianState state)
    {
        if (state.Frame != Frame.Itrf) return OrbitalRegimes.Of(state);
        var (r, v) = (state.PositionKm, state.VelocityKmPerS);
        // At that instant the axes are turned against inertial ones, which changes no height.
        return OrbitalRegimes.Of(new CartesianState(state.Epoch, Frame.Gcrf, r, v + new Vector3d(0, 0, EarthRotationRadPerS).Cross(r)));
    }

    /// <summary>By the mean elements.</summary>
    public static OrbitalRegime Of(ElementSet elements)
    {
        double motionRadPerS = elements.MeanMotionRevPerDay * Math.Tau / SecondsPerDay;
        double axisKm = Math.Cbrt(EarthMuKm3PerS2 / (motionRadPerS * motionRadPerS));
        return OrbitalRegimes.Of(new KeplerianElements(axisKm, elements.Eccentricity, elements.InclinationRad, elements.RightAscensionOfNodeRad, elements.ArgumentOfPericenterRad, elements.MeanAnomalyRad));
    }
}
