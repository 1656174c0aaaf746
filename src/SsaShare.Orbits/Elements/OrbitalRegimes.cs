using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Sorts orbits into the regimes of the domain.</summary>
public static class OrbitalRegimes
{
    private const double GeostationaryHeightKm = 35_786, GeostationaryWidthKm = 200;

    /// <summary>The regime of an osculating orbit; unspecified where the state is not on an ellipse.</summary>
    public static OrbitalRegime Of(CartesianState state)
        => KeplerianElements.TryFromState(state, out var elements) ? Of(elements) : OrbitalRegime.Unspecified;

    public static OrbitalRegime Of(KeplerianElements elements)
    {
        var (perigee, apogee) = (elements.PerigeeHeightKm, elements.ApogeeHeightKm);
        if (apogee > 100_000) return OrbitalRegime.Cislunar;
        if (apogee < 2_000) return OrbitalRegime.Leo;
        if (perigee < 2_000 && apogee > 31_000) return OrbitalRegime.Heo;
        return Math.Abs(perigee - GeostationaryHeightKm) <= GeostationaryWidthKm && Math.Abs(apogee - GeostationaryHeightKm) <= GeostationaryWidthKm
            ? OrbitalRegime.Geo
            : OrbitalRegime.Meo;
    }
}
