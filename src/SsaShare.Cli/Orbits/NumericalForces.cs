using System.CommandLine;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>The forces of numerical propagation, as full as the files at hand allow.</summary>
internal sealed class NumericalForces
{
    private const int GradientDegree = 8;

    private readonly Option<string> _set = new("--forces")
    {
        Description = "light: gravity of degree 8 and nothing else, for trials of hours (100 m a day in low orbit). precise: degree 24, Sun, Moon, tide, drag, radiation pressure (metres a day). full: degree 70, tides of Earth, ocean and pole, planets and the Moon's field (with --ephemeris), relativity, shadow with its true edges; the default.",
        DefaultValueFactory = _ => "full", HelpName = "light|precise|full",
    };
    private readonly Option<int?> _degree = new("--gravity-degree") { Description = "Another degree and order of the Earth's gravity.", HelpName = "N" };

    public NumericalForces() => _set.AcceptOnlyFromAmong("light", "precise", "full");

    public void AddTo(Command command)
    {
        command.Add(_set);
        command.Add(_degree);
    }

    public bool IsGiven(ParseResult parsed) => parsed.GetValue(_degree) is not null || parsed.GetResult(_set) is { Implicit: false };

    /// <summary>Whether drag and radiation pressure are among them.</summary>
    public bool HaveSurface(ParseResult parsed) => parsed.GetValue(_set) != "light";

    /// <param name="bodies">Null for short series.</param>
    /// <param name="weather">Null for a mean atmosphere.</param>
    /// <param name="surface">Forces that have no coefficient are left out.</param>
    /// <exception cref="FormatException">There is no such degree.</exception>
    public ForceModel Create(ParseResult parsed, EarthRotation rotation, JplEphemeris? bodies, SpaceWeather? weather, SurfaceCoefficients surface)
    {
        var options = parsed.GetValue(_set) switch { "light" => ForceModelOptions.Light, "precise" => ForceModelOptions.Precise, _ => ForceModelOptions.Full };
        options = options with { Surface = options.Surface && surface != default, GradientDegree = GradientDegree };
        if (bodies is null) options = options with { Planets = false, LunarGravityDegree = 0 };
        if (parsed.GetValue(_degree) is { } degree) options = options with { GravityDegree = degree };
        try
        {
            return new ForceModel(options, rotation: rotation, bodies: bodies, atmosphere: weather is null ? null : new NrlmsiseAtmosphere(weather));
        }
        catch (ArgumentException)
        {
            throw new FormatException($"--gravity-degree is {options.GravityDegree}; the built-in field goes from 2 to {GravityField.Default.Degree}.");
        }
    }

    /// <summary>For people and messages: "full, degree 70".</summary>
    public string Describe(ParseResult parsed) => $"{parsed.GetValue(_set)}{(parsed.GetValue(_degree) is { } degree ? FormattableString.Invariant($", degree {degree}") : "")}";
}
