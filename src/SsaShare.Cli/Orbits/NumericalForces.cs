using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>The forces of numerical propagation, as full as the files at hand allow.</summary>
internal static class NumericalForces
{
    /// <param name="bodies">Null for short series.</param>
    /// <param name="weather">Null for a mean atmosphere.</param>
    /// <param name="surface">Forces that have no coefficient are left out.</param>
    /// <param name="gravityDegree">Null for the model's own.</param>
    /// <exception cref="FormatException">There is no such degree.</exception>
    public static ForceModel Create(EarthRotation rotation, JplEphemeris? bodies, SpaceWeather? weather, SurfaceCoefficients surface, int? gravityDegree)
    {
        var options = ForceModelOptions.Full with { Surface = surface != default };
        if (bodies is null) options = options with { Planets = false, LunarGravityDegree = 0 };
        if (gravityDegree is { } degree) options = options with { GravityDegree = degree };
        try
        {
            return new ForceModel(options, rotation: rotation, bodies: bodies, atmosphere: weather is null ? null : new NrlmsiseAtmosphere(weather));
        }
        catch (ArgumentException)
        {
            throw new FormatException($"--gravity-degree is {gravityDegree}; the built-in field goes from 2 to {GravityField.Default.Degree}.");
        }
    }
}
