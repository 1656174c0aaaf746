using System.CommandLine;
using System.Globalization;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>What `ssa pc` is asked to compute.</summary>
/// <param name="RadiusKm">Of both objects together; null to take the messages' own.</param>
/// <param name="Options">Methods, trials and what stands in for missing covariances.</param>
/// <param name="IsSharedUsed">Whether an error that both objects share is taken into account in every figure, where a message states one.</param>
internal sealed record PcTask(double? RadiusKm, ProbabilityOptions Options, bool IsSharedUsed = false);

/// <summary>The options of `ssa pc`.</summary>
internal sealed class PcOptions
{
    private const double RadiusMaxM = 10_000;
    private const long TrialsMax = 100_000_000_000;

    private static readonly Dictionary<string, ProbabilityMethods> Methods = new(StringComparer.Ordinal)
    {
        ["all"] = ProbabilityMethods.All,
        ["pc_2d"] = ProbabilityMethods.TwoDimensional,
        ["nc_2d"] = ProbabilityMethods.ShortCurved,
        ["nc_3d"] = ProbabilityMethods.LongCurved,
        ["pc_max"] = ProbabilityMethods.Maximum,
        ["monte_carlo"] = ProbabilityMethods.MonteCarlo,
    };

    private readonly Option<double?> _radius = new("--radius-m") { Description = "Hard-body radius: the sum of the radii of spheres around both objects, m. Default: the message's comment HBR.", HelpName = "R" };
    private readonly Option<string[]> _methods = new("--method") { Description = "What to compute; can be given several times. Default: all but monte_carlo, which takes long.", HelpName = string.Join('|', Methods.Keys) };
    private readonly Option<long> _trials = new("--trials") { Description = "Of monte_carlo. A relative error of 10 % takes about 400 hits. Default 100000.", DefaultValueFactory = _ => 100_000, HelpName = "N" };
    private readonly Option<int> _seed = new("--seed") { Description = "Of monte_carlo: the same seed gives the same figures. Default 1.", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<bool> _defaults = new("--default-covariance") { Description = "Let a rough default by regime stand in for a missing covariance, with a warning. Default: such a message has no probability." };
    private readonly Option<bool> _shared = new("--shared-error") { Description = "Where a message states the error of the forecast density of the air for both objects (comments 'DCP ...'), take it as one error in every figure. Default: errors are independent, and a warning tells where it matters." };

    public PcOptions() => _methods.AcceptOnlyFromAmong([.. Methods.Keys]);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_radius, _methods, _trials, _seed, _defaults, _shared]) command.Add(option);
    }

    /// <returns>In km; null where none is given.</returns>
    /// <exception cref="FormatException">It is none.</exception>
    public static double? Radius(double? metres, string option)
        => metres is null or (> 0 and <= RadiusMaxM) ? metres / 1e3 : throw new FormatException($"{option} is {metres.Value.ToString(CultureInfo.InvariantCulture)}; expected more than 0 and at most {RadiusMaxM} m.");

    /// <exception cref="FormatException">They make no sense.</exception>
    public PcTask Read(ParseResult parsed)
    {
        double? radiusKm = Radius(parsed.GetValue(_radius), _radius.Name);
        long trials = parsed.GetValue(_trials);
        if (trials is < 1 or > TrialsMax) throw new FormatException($"{_trials.Name} is {trials}; expected 1 to {TrialsMax}.");
        var methods = (parsed.GetValue(_methods) ?? []).Aggregate(ProbabilityMethods.None, (all, name) => all | Methods[name]);
        return new PcTask(radiusKm, new ProbabilityOptions(methods == ProbabilityMethods.None ? ProbabilityMethods.All & ~ProbabilityMethods.MonteCarlo : methods)
        {
            MonteCarlo = new MonteCarloOptions(trials, parsed.GetValue(_seed)) { Threads = Environment.ProcessorCount },
            Defaults = parsed.GetValue(_defaults) ? CovarianceDefaults.ElementSets : null,
        }, parsed.GetValue(_shared));
    }
}
