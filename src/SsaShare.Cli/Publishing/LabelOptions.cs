using System.Collections.Immutable;
using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Protocol;
using V1 = SsaShare.Protocol.Common.V1;

namespace SsaShare.Cli;

/// <summary>The marking of what is published.</summary>
internal sealed class LabelOptions
{
    private readonly Option<HandlingLevel> _level = new("--level") { Description = "Handling level: Public, PartnersOnly or Restricted.", DefaultValueFactory = _ => HandlingLevel.PartnersOnly };
    private readonly Option<DataMode> _mode = new("--mode") { Description = "Data mode: Real, Test, Simulated or Exercise.", DefaultValueFactory = _ => DataMode.Real };
    private readonly Option<string[]> _releasableTo = new("--releasable-to") { Description = "Partners that may see it. Default: whoever an agreement names.", HelpName = "ID,...", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> _controlled = new("--originator-controlled") { Description = "No onward sharing without our own agreement." };

    public void AddTo(Command command)
    {
        command.Add(_level);
        command.Add(_mode);
        command.Add(_releasableTo);
        command.Add(_controlled);
    }

    public V1.Label Read(ParseResult parsed)
    {
        var named = (parsed.GetValue(_releasableTo) ?? []).SelectMany(names => names.Split(',')).Select(name => PartnerId.Parse(name).Value).ToImmutableSortedSet(StringComparer.Ordinal);
        return LabelCodec.ToWire(new Label(parsed.GetValue(_level), parsed.GetValue(_mode), named.IsEmpty ? null : named, parsed.GetValue(_controlled)));
    }
}
