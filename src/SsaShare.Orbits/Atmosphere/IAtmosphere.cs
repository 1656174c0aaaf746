using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Density of the upper atmosphere. Implementations are immutable, allocate nothing and are safe for concurrent use.</summary>
public interface IAtmosphere
{
    /// <summary>Total mass density, kg/m³; zero where the model holds that there is no air.</summary>
    /// <param name="epoch">The instant.</param>
    /// <param name="place">Above the WGS 84 ellipsoid.</param>
    /// <exception cref="ArgumentOutOfRangeException">The instant is not covered.</exception>
    double DensityKgPerM3(Epoch epoch, Geodetic place);

    /// <summary>A sentence for whoever uses the densities of a span of time, with the loss of accuracy; null where there is nothing to tell.</summary>
    string? Warning(Epoch from, Epoch to) => null;

    /// <summary>Whether <see cref="DensityKgPerM3"/> answers for the instant.</summary>
    bool Covers(Epoch epoch);
}
