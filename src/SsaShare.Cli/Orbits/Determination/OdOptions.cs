using System.CommandLine;
using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>The options of `ssa od`.</summary>
internal sealed class OdOptions
{
    /// <summary>Of one step; over a day in low orbit it adds up to millimetres.</summary>
    private const double PositionToleranceKm = 1e-9;

    private readonly Option<string> _sensors = new("--sensors") { Description = "The sensors: SENSOR.DAT, or our JSON of several or of one (docs/formats.md).", HelpName = "FILE", Required = true };
    private readonly Option<Epoch?> _start = UtcOption.Create("--start", "No observations before it."), _stop = UtcOption.Create("--stop", "No observations from it on."), _epoch = UtcOption.Create("--epoch", "Of the orbit. Default: that of the prior, else of the last observation.");
    private readonly Option<string> _prior = new("--prior") { Description = "An orbit to begin from: element set, OPM, OEM, OCM. Its covariance, where it has one, counts as knowledge. Without it a first orbit is found from radar passes, two positions or three lines of sight; ranges alone need one.", HelpName = "FILE" };
    private readonly Option<string> _object = new("--object") { Description = "Only observations with this tag; 'any' takes all tags as one object.", HelpName = "TAG" };
    private readonly Option<string> _biases = Treatment("--biases", "Constant biases of sensors.", "estimate"), _surface = Treatment("--surface", "Ballistic and radiation coefficients.", "estimate");
    private readonly Option<double?> _ballistic = new("--ballistic") { Description = "Drag coefficient times area by mass beforehand, m2/kg; 0 takes drag out. Default 0.02 ± 0.05.", HelpName = "B" };
    private readonly Option<double?> _radiation = new("--radiation") { Description = "Radiation pressure coefficient times area by mass beforehand, m2/kg; 0 takes it out. Default 0.02 ± 0.02.", HelpName = "R" };
    private readonly Option<double> _correlation = new("--correlation") { Description = "Errors of one sensor within so many seconds count as one. Default 60; 0 takes all as independent.", DefaultValueFactory = _ => 60, HelpName = "SECONDS" };
    private readonly Option<double> _reject = new("--reject") { Description = "Observations with a residual beyond so many sigmas are edited. Default 5.", DefaultValueFactory = _ => 5, HelpName = "SIGMAS" };
    private readonly NumericalForces _forces = new();
    private readonly EarthFiles _earth = new();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_sensors, _start, _stop, _epoch, _prior, _object, _biases, _surface, _ballistic, _radiation, _correlation, _reject]) command.Add(option);
        _forces.AddTo(command);
        _earth.AddTo(command);
    }

    public string SensorsFile(ParseResult parsed) => parsed.GetValue(_sensors)!;

    public string? PriorFile(ParseResult parsed) => parsed.GetValue(_prior);

    public string? Object(ParseResult parsed) => parsed.GetValue(_object);

    public bool IsWithin(ParseResult parsed, Epoch epoch) => !(epoch < parsed.GetValue(_start)) && !(epoch >= parsed.GetValue(_stop));

    public EarthOrientation Orientation(ParseResult parsed) => _earth.Orientation(parsed);

    /// <exception cref="FormatException">An option makes no sense.</exception>
    /// <exception cref="InvalidDataException">A file cannot be read.</exception>
    public OdProblem Problem(ParseResult parsed, IReadOnlyList<TrackingObservation> observations, OrbitState? prior, EarthRotation rotation, out IReadOnlyList<string> warnings)
    {
        var (first, last) = (observations[0].Epoch, observations[^1].Epoch);
        bool hasSurface = _forces.HaveSurface(parsed);
        double Surface(Option<double?> option) => Coefficient(parsed, option) ?? (hasSurface ? 0.02 : 0);
        var surface = new SurfaceCoefficients(Surface(_ballistic), Surface(_radiation));
        if (surface != default && !hasSurface) throw new FormatException("--forces light has no drag and no radiation pressure; take precise or full with --ballistic and --radiation.");
        var bodies = _earth.Bodies(parsed);
        var weather = _earth.Weather(parsed);
        var atmosphere = weather is null ? null : new NrlmsiseAtmosphere(weather);
        foreach (var epoch in (Epoch?[])[first, last, prior?.State.Epoch, parsed.GetValue(_epoch)])
        {
            if (epoch is not { } at) continue;
            if (bodies is not null && !(bodies.Covers(CelestialBody.Sun, at) && bodies.Covers(CelestialBody.Moon, at))) throw new InvalidDataException($"The ephemeris does not cover {at}; give another, or none.");
            if (atmosphere is not null && surface.BallisticM2PerKg > 0 && !atmosphere.Covers(at)) throw new InvalidDataException($"The space weather does not cover {at}; give another file, or none.");
        }
        var forces = _forces.Create(parsed, rotation, bodies, weather, surface);
        // What was told is known about to half of it; what was not is the fitter's own idea.
        double Sigma(Option<double?> option, double told, double usual) => parsed.GetValue(option) is null ? usual : told / 2;
        ParameterTreatment Coefficients(double value) => value == 0 ? ParameterTreatment.Fixed : Of(parsed.GetValue(_surface));
        double correlation = parsed.GetValue(_correlation), reject = parsed.GetValue(_reject);
        if (correlation is not (>= 0 and <= 86_400)) throw new FormatException($"--correlation is {correlation.ToString(CultureInfo.InvariantCulture)}; expected 0 to 86400 seconds.");
        if (reject is not (>= 2 and <= 1_000)) throw new FormatException($"--reject is {reject.ToString(CultureInfo.InvariantCulture)}; expected 2 to 1000 sigmas.");
        var options = new OrbitFitOptions
        {
            CorrelationSeconds = correlation,
            RejectBeyondSigmas = reject,
            BiasTreatment = Of(parsed.GetValue(_biases)),
            BallisticTreatment = Coefficients(surface.BallisticM2PerKg),
            RadiationTreatment = Coefficients(surface.RadiationM2PerKg),
            Surface = surface,
            SurfaceSigma = new SurfaceCoefficients(Sigma(_ballistic, surface.BallisticM2PerKg, 0.05), Sigma(_radiation, surface.RadiationM2PerKg, 0.02)),
        };
        warnings = forces.Warnings(first, last, withDrag: surface.BallisticM2PerKg > 0);
        return new OdProblem(observations, prior, parsed.GetValue(_epoch), new Propagator(forces, PositionToleranceKm), new MeasurementModel(rotation, SignalConventions.Corrected, bodies), options, new OdForces(_forces.Describe(parsed), weather is null ? "mean exponential" : "NRLMSISE-00", bodies is null ? "short series" : "JPL ephemeris"));
    }

    private static double? Coefficient(ParseResult parsed, Option<double?> option)
        => parsed.GetValue(option) is not { } value || value is >= 0 and <= 1_000 ? parsed.GetValue(option) : throw new FormatException($"{option.Name} is {value.ToString(CultureInfo.InvariantCulture)}; expected 0 to 1000 m2/kg.");

    private static Option<string> Treatment(string name, string what, string usual)
    {
        var option = new Option<string>(name) { Description = $"{what} estimate, consider (their uncertainty counts, their values stay), or fixed. Default {usual}.", DefaultValueFactory = _ => usual, HelpName = "estimate|consider|fixed" };
        option.AcceptOnlyFromAmong("estimate", "consider", "fixed");
        return option;
    }

    private static ParameterTreatment Of(string? word) => word switch { "consider" => ParameterTreatment.Considered, "fixed" => ParameterTreatment.Fixed, _ => ParameterTreatment.Estimated };
}
