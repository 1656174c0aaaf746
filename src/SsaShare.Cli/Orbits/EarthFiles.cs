using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>The files of Earth orientation, space weather and planets that a command takes, and what stands in for them.</summary>
internal sealed class EarthFiles
{
    private readonly Option<string> _orientation = new("--eop") { Description = "Earth orientation: CelesTrak EOP-All (text or CSV), IERS EOP C04 (CSV), Bulletin A (CSV) or finals2000A. Default: the built-in days, carried on beyond them; a warning says how many metres that may cost.", HelpName = "FILE" };
    private readonly Option<string> _weather = new("--space-weather") { Description = "Space weather for NRLMSISE-00, the density of the air: CelesTrak SW-All or SW-Last5Years, text or CSV. Default: a mean atmosphere.", HelpName = "FILE" };
    private readonly Option<string> _bodies = new("--ephemeris") { Description = "A JPL ephemeris (DE4xx, binary) or a slice of one for Sun, Moon and planets. Default: short series for Sun and Moon, good to arc minutes.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(_orientation);
        command.Add(_weather);
        command.Add(_bodies);
    }

    /// <summary>Whether a file was named that only numerical propagation needs.</summary>
    public bool NamesForces(ParseResult parsed) => parsed.GetValue(_weather) is not null || parsed.GetValue(_bodies) is not null;

    /// <summary>The table, with an answer for every instant since 1972; <see cref="EarthOrientation.Warning"/> says what that costs.</summary>
    /// <exception cref="InvalidDataException">The file is not one of Earth orientation.</exception>
    public EarthOrientation Orientation(ParseResult parsed)
    {
        if (parsed.GetValue(_orientation) is not { } path) return EarthOrientation.Default.Extended();
        return EarthOrientationReader.TryRead(Text(path), path, out var table, out var fault) ? table.Extended() : throw new InvalidDataException(fault.ToString());
    }

    /// <returns>Null where no file is named.</returns>
    /// <exception cref="InvalidDataException">The file is not one of space weather.</exception>
    public SpaceWeather? Weather(ParseResult parsed) => parsed.GetValue(_weather) is { } path ? ReadWeather(path) : null;

    /// <exception cref="InvalidDataException">The file is not one of space weather.</exception>
    public static SpaceWeather ReadWeather(string path)
        => SpaceWeatherReader.TryRead(Text(path), path, out var weather, out var fault) ? weather : throw new InvalidDataException(fault.ToString());

    /// <returns>Null where no file is named.</returns>
    /// <exception cref="InvalidDataException">The file is no planetary ephemeris.</exception>
    public JplEphemeris? Bodies(ParseResult parsed)
    {
        if (parsed.GetValue(_bodies) is not { } path) return null;
        return JplEphemeris.TryRead(File.ReadAllBytes(path), path, out var bodies, out var fault) ? bodies : throw new InvalidDataException(fault.ToString());
    }

    /// <summary>As it is or compressed.</summary>
    private static string Text(string path)
    {
        using var source = FormatSource.Open(File.OpenRead(path));
        using var reader = new StreamReader(source.Stream);
        return source.Refusal(path) is { } refusal ? throw new InvalidDataException(FormatText.Line(refusal)) : reader.ReadToEnd();
    }
}
