using System.CommandLine;
using System.Globalization;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>What `ssa screen --to cdm` is asked to write.</summary>
internal sealed record MessageTask(NdmSyntax Syntax, CdmStateFrame Frame, ConjunctionMakerOptions Maker);

/// <summary>The options of `ssa screen` that say what conjunction messages state.</summary>
internal sealed class MessageOptions
{
    private const double RadiusMaxM = 10_000;

    private static readonly Dictionary<string, NdmSyntax> Syntaxes = new(StringComparer.Ordinal) { ["cdm"] = NdmSyntax.Kvn, ["cdm-xml"] = NdmSyntax.Xml, ["cdm-json"] = NdmSyntax.Json };

    private readonly Option<double?> _radius = new("--radius-m") { Description = "For cdm: radius of a sphere around each object of which none is known, m. Default: a message of such states no probability.", HelpName = "R" };
    private readonly Option<string> _frame = new("--frame") { Description = "For cdm: REF_FRAME of the states. Default gcrf, in which they are computed.", HelpName = "gcrf|eme2000" };
    private readonly Option<string> _originator = new("--originator") { Description = "For cdm: ORIGINATOR. Default SSASHARE.", HelpName = "NAME" };
    private readonly Option<Epoch?> _created = UtcOption.Create("--created", "For cdm: CREATION_DATE. Default: now.");

    public MessageOptions() => _frame.AcceptOnlyFromAmong("gcrf", "eme2000");

    /// <summary>Words for --to.</summary>
    public static IEnumerable<string> Formats => Syntaxes.Keys;

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_radius, _frame, _originator, _created]) command.Add(option);
    }

    /// <returns>Null where no messages are asked for.</returns>
    /// <exception cref="FormatException">They make no sense.</exception>
    public MessageTask? Read(ParseResult parsed, string to)
    {
        if (!Syntaxes.TryGetValue(to, out var syntax))
        {
            foreach (Option option in (Option[])[_radius, _frame, _originator, _created])
                if (parsed.GetResult(option) is not null) throw new FormatException($"{option.Name} is for --to cdm.");
            return null;
        }
        double? radius = parsed.GetValue(_radius);
        if (radius is not (null or (> 0 and <= RadiusMaxM))) throw new FormatException($"{_radius.Name} is {radius.Value.ToString(CultureInfo.InvariantCulture)}; expected more than 0 and at most {RadiusMaxM} m.");
        string originator = parsed.GetValue(_originator) ?? "SSASHARE";
        if (originator.Trim().Length is 0 or > 100 || originator.AsSpan().ContainsAnyExceptInRange(' ', '~')) throw new FormatException($"{_originator.Name} is '{originator}'; expected 1 to 100 printable ASCII characters.");
        var created = parsed.GetValue(_created) ?? Utc.FromDateTime(TimeProvider.System.GetUtcNow());
        return new MessageTask(syntax, parsed.GetValue(_frame) == "eme2000" ? CdmStateFrame.Eme2000 : CdmStateFrame.AsKept, new ConjunctionMakerOptions(originator, created) { DefaultRadiusKm = radius / 1e3 });
    }
}
