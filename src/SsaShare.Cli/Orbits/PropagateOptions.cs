using System.CommandLine;
using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>What `ssa propagate` is asked to do.</summary>
/// <param name="Model">How orbits are followed.</param>
/// <param name="Times">When.</param>
/// <param name="Writer">Makes what writes the tracks.</param>
internal sealed record PropagationTask(IOrbitModel Model, PropagationTimes Times, Func<Stream, IStateWriter> Writer);

/// <summary>The options of `ssa propagate`.</summary>
internal sealed class PropagateOptions
{
    private readonly Option<Epoch?> _start = UtcOption.Create("--start", "First instant, the same for all objects."), _stop = UtcOption.Create("--stop", "No instant after it.");
    private readonly Option<decimal?> _step = new("--step") { Description = "Seconds between instants. Default 60.", HelpName = "SECONDS" };
    private readonly Option<string> _minutes = new("--minutes") { Description = "Instead of --start: minutes from each object's own epoch, FROM:TO:STEP. Default 0:1440:10.", HelpName = "A:B:STEP" };
    private readonly Option<string> _model = new("--model") { Description = "sgp4, or numerical: gravity, Sun, Moon, planets, tides, relativity, drag, radiation pressure.", DefaultValueFactory = _ => "sgp4", HelpName = "sgp4|numerical" };
    private readonly Option<string> _frame = new("--frame") { Description = "Axes of the result.", HelpName = "teme|gcrf|itrf" };
    private readonly Option<string> _to = ResultFormat.Option("oem", "czml");
    private readonly Option<string> _output = new("--out", "-o") { Description = "The file to write; compressed when its name ends in .gz or .zst. Default, and '-': standard output.", HelpName = "OUT" };
    private readonly Option<string> _originator = new("--originator") { Description = "ORIGINATOR of an OEM.", DefaultValueFactory = _ => "SSASHARE", HelpName = "NAME" };
    private readonly Option<double?> _ballistic = new("--ballistic") { Description = "Drag coefficient times area by mass, m2/kg, numerical model. Default 0: no drag.", HelpName = "B" };
    private readonly Option<double?> _radiation = new("--radiation") { Description = "Radiation pressure coefficient times area by mass, m2/kg, numerical model. Default 0: no radiation pressure.", HelpName = "R" };
    private readonly NumericalForces _forces = new();
    private readonly EarthFiles _earth = new();

    /// <summary>Of one step; over a day in low orbit and back it adds up to millimetres.</summary>
    private const double PositionToleranceKm = 1e-9;

    public PropagateOptions()
    {
        _model.AcceptOnlyFromAmong("sgp4", "numerical");
        _frame.AcceptOnlyFromAmong("teme", "gcrf", "itrf");
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_start, _stop, _step, _minutes, _model, _frame, _to, _output, _originator, _ballistic, _radiation]) command.Add(option);
        _forces.AddTo(command);
        _earth.AddTo(command);
    }

    /// <returns>Null for standard output.</returns>
    public string? Path(ParseResult parsed) => parsed.GetValue(_output) is { } name && name != FormatInput.StandardStream ? name : null;

    /// <exception cref="FormatException">The options contradict each other.</exception>
    /// <exception cref="InvalidDataException">A file that they name cannot be read.</exception>
    public PropagationTask Read(ParseResult parsed)
    {
        bool isNumerical = parsed.GetValue(_model) == "numerical";
        string to = ResultFormat.Of(parsed, _to, Path(parsed));
        var frame = parsed.GetValue(_frame) switch { "teme" => Frame.Teme, "gcrf" => Frame.Gcrf, "itrf" => Frame.Itrf, _ => to == "czml" ? Frame.Itrf : isNumerical ? Frame.Gcrf : Frame.Teme };
        if (to == "czml" && frame == Frame.Teme) throw new FormatException("CZML has no TEME; give --frame itrf or --frame gcrf.");
        if (!isNumerical && (_earth.NamesForces(parsed) || _forces.IsGiven(parsed) || parsed.GetValue(_ballistic) is not null || parsed.GetValue(_radiation) is not null))
            throw new FormatException("--forces, --gravity-degree, --ballistic, --radiation, --space-weather and --ephemeris are of the numerical model; add --model numerical.");
        var rotation = new EarthRotation(_earth.Orientation(parsed));
        IOrbitModel model = isNumerical ? Numerical(parsed, rotation, to, frame) : new Sgp4Model(rotation, frame);
        var times = Times(parsed.GetValue(_start), parsed.GetValue(_stop), parsed.GetValue(_step), parsed.GetValue(_minutes), 60, "0:1440:10");
        return new PropagationTask(model, times, stream => Writer(parsed, stream, to, isNumerical ? "numerical" : "sgp4", frame));
    }

    /// <summary>What --start, --stop, --step and --minutes mean together.</summary>
    /// <exception cref="FormatException">They contradict each other.</exception>
    public static PropagationTimes Times(Epoch? start, Epoch? stop, decimal? step, string? minutes, decimal usualStep, string usualMinutes)
    {
        if (minutes is not null) return start is null && stop is null && step is null ? PropagationTimes.Minutes(minutes) : throw new FormatException("Give --start, --stop and --step, or --minutes, not both.");
        if (start is null) return stop is null && step is null ? PropagationTimes.Minutes(usualMinutes) : throw new FormatException("--start is missing.");
        return stop is { } end ? PropagationTimes.Between(start.Value, end, step ?? usualStep) : throw new FormatException("--stop is missing.");
    }

    private NumericalModel Numerical(ParseResult parsed, EarthRotation rotation, string to, Frame frame)
    {
        var coefficients = new SurfaceCoefficients(Coefficient(parsed, _ballistic), Coefficient(parsed, _radiation));
        if (coefficients != default && !_forces.HaveSurface(parsed)) throw new FormatException("--forces light has no drag and no radiation pressure; take precise or full with --ballistic and --radiation.");
        var forces = _forces.Create(parsed, rotation, _earth.Bodies(parsed), _earth.Weather(parsed), coefficients);
        return new NumericalModel(new Propagator(forces, PositionToleranceKm), coefficients, to is "json" or "oem", frame);
    }

    private static double Coefficient(ParseResult parsed, Option<double?> option)
        => parsed.GetValue(option) switch
        {
            null => 0,
            { } value when value is >= 0 and <= 1_000 => value,
            { } value => throw new FormatException($"{option.Name} is {value.ToString(CultureInfo.InvariantCulture)}; expected 0 to 1000 m2/kg."),
        };

    private IStateWriter Writer(ParseResult parsed, Stream stream, string to, string model, Frame frame)
    {
        var options = new FormatWriteOptions { FileName = Path(parsed) ?? "(standard output)", Now = Utc.FromDateTime(TimeProvider.System.GetUtcNow()), Originator = parsed.GetValue(_originator)! };
        switch (to)
        {
            case ResultFormat.Table:
                return new TableStates(stream, model, frame);
            case ResultFormat.Csv:
                return new CsvStates(stream);
            case ResultFormat.Json:
                return new JsonStates(stream, model, frame);
            case "czml":
                return new EphemerisTracks(CzmlFormat.Czml.Create!(stream, options), () => { }, options.Originator, null);
            default:
                var messages = NdmFormats.Of("oem", NdmSyntax.Kvn).Create!(stream, options);
                return new EphemerisTracks(EphemerisBridges.ToOem(messages, options), messages.Complete, options.Originator, model == "sgp4" ? "SGP4, improved mode, WGS-72" : "Numerical propagation");
        }
    }
}
