using System.CommandLine;
using System.Globalization;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>The options of `ssa screen` that say which approaches are looked for.</summary>
internal sealed class ScreenOptions
{
    private const double HoursMax = 31 * 24, PositionToleranceKm = 1e-7;

    private readonly Option<Epoch?> _start = UtcOption.Create("--start", "First instant of the span.");
    private readonly Option<double?> _hours = new("--hours") { Description = $"Length of the span, up to {HoursMax} (31 days).", HelpName = "H", Required = true };
    private readonly Option<double?> _threshold = new("--threshold-km") { Description = $"Radius of the sphere around every object, up to {ScreeningVolume.LargestKm} km.", HelpName = "K" };
    private readonly Option<string> _box = new("--box-km") { Description = "Instead of --threshold-km: from each object to the faces of a box along its radial, transverse and normal axes, km. An approach counts where one object comes into the box of the other.", HelpName = "R,T,N" };
    private readonly Option<long[]> _primaries = new("--primary") { Description = "Catalogue numbers: only approaches of these objects. Default: all on all.", HelpName = "ID...", AllowMultipleArgumentsPerToken = true };

    private readonly Option<string?> _objects = new("--objects") { Description = ObjectSettingsFile.Description, HelpName = "FILE" };
    private readonly Option<string[]> _plans = new("--plan") { Description = "Orbit parameter or comprehensive messages (OPM, OCM) whose manoeuvres are flown by the objects they name: an element set is moved by SGP4 up to the first burn and numerically from there. The state in such a file is not used. Burns of states given as FILE are flown in any case.", HelpName = "FILE...", AllowMultipleArgumentsPerToken = true };
    private readonly EarthFiles _earth = new();
    private readonly NumericalForces _forces = new();

    public ScreenOptions() => _start.Required = true;

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_primaries, _start, _hours, _threshold, _box, _objects, _plans]) command.Add(option);
        _forces.AddTo(command);
        _earth.AddTo(command);
    }

    /// <summary>Files of manoeuvres.</summary>
    public string[] Plans(ParseResult parsed) => parsed.GetValue(_plans) ?? [];

    /// <exception cref="InvalidDataException">The table of objects is wrong.</exception>
    public IReadOnlyList<ObjectSettings> Objects(ParseResult parsed) => parsed.GetValue(_objects) is { } path ? ObjectSettingsFile.Read(path) : [];

    /// <exception cref="InvalidDataException">A file is wrong.</exception>
    public EarthRotation Rotation(ParseResult parsed) => new(_earth.Orientation(parsed));

    /// <summary>What follows states and burns.</summary>
    /// <exception cref="InvalidDataException">A file is wrong.</exception>
    public Propagator Propagator(ParseResult parsed, EarthRotation rotation)
        => new(_forces.Create(parsed, rotation, _earth.Bodies(parsed), _earth.Weather(parsed), new SurfaceCoefficients(1, 1)), PositionToleranceKm);

    /// <exception cref="FormatException">They make no sense.</exception>
    public ScreeningOptions Read(ParseResult parsed)
    {
        var start = parsed.GetValue(_start)!.Value;
        double hours = Checked(_hours.Name, parsed.GetValue(_hours)!.Value, HoursMax, "hours");
        var volume = (parsed.GetValue(_threshold), parsed.GetValue(_box)) switch
        {
            ({ } radius, null) => ScreeningVolume.Sphere(Checked(_threshold.Name, radius, ScreeningVolume.LargestKm, "km")),
            (null, { } sizes) => Box(sizes),
            (null, null) => throw new FormatException("Give --threshold-km or --box-km."),
            _ => throw new FormatException("Give --threshold-km or --box-km, not both."),
        };
        long length = (long)decimal.Round((decimal)hours * 3_600_000_000_000m);
        if (length < 1 || start.NanosecondsSinceJ2000 > long.MaxValue - length) throw new FormatException($"--hours is {Text(hours)}: no span from {start} on.");
        long[] primaries = parsed.GetValue(_primaries) ?? [];
        return new ScreeningOptions(start, new Epoch(start.NanosecondsSinceJ2000 + length), volume) { Primaries = primaries.Length > 0 ? primaries.ToHashSet() : null };
    }

    private ScreeningVolume Box(string sizes)
    {
        double[] km = [.. sizes.Split(',').Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double size) ? size : double.NaN)];
        if (km.Length != 3 || !km.All(size => size > 0) || !(Math.Sqrt(km.Sum(size => size * size)) <= ScreeningVolume.LargestKm))
            throw new FormatException($"{_box.Name} is '{sizes}'; expected three sizes above 0 in km, radial, transverse and normal, such as 2,25,25, with corners within {ScreeningVolume.LargestKm} km.");
        return ScreeningVolume.Box(km[0], km[1], km[2]);
    }

    private static double Checked(string option, double value, double most, string unit)
        => value > 0 && value <= most ? value : throw new FormatException($"{option} is {Text(value)}; expected more than 0 and at most {Text(most)} {unit}.");

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
