using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>One object of a message; of elements, a stretch and a state one is given.</summary>
internal readonly record struct OperatorFound(OperatorName Name, OrbitStart? Elements, EphemerisStretch? Stretch, OperatorState? State);

/// <summary>Orbit messages, alone or combined (NDM): each by its kind.</summary>
/// <param name="options">Of the file.</param>
/// <param name="isPlan">Only burns are wanted.</param>
/// <param name="tell">Gets what is wrong.</param>
internal sealed class OperatorMessages(string fileName, EarthRotation rotation, FormatReadOptions options, bool isPlan, Action<ReadIssue> tell)
{
    private readonly OperatorStates _states = new(fileName, rotation, tell);
    private readonly OperatorComprehensives _comprehensives = new(fileName, rotation, isPlan, tell);
    private string _kind = "";

    /// <summary>Whether something was turned with the Earth.</summary>
    public bool IsEarthFixed { get; private set; }

    public IEnumerable<OperatorFound> Read(IEnumerable<FormatItem<NdmEvent>> items)
    {
        var events = new List<NdmEvent>();
        foreach (var item in items)
        {
            if (item.Issue is { } issue) tell(issue);
            if (item.Value is not { } value) continue;
            if (value.Kind == NdmEventKind.MessageStart) _kind = value.Name;
            switch (_kind)
            {
                case "opm":
                    if (_states.Take(value) is { } state) yield return new OperatorFound(state.Name, null, null, state);
                    break;
                case "ocm":
                    foreach (var (name, stretch, single) in _comprehensives.Take(value)) yield return new OperatorFound(name, null, stretch, single);
                    IsEarthFixed |= _comprehensives.IsEarthFixed;
                    break;
                case "oem" or "omm" when !isPlan:
                    events.Add(value);
                    break;
                default:
                    if (value.Kind == NdmEventKind.MessageStart && !isPlan) tell(new ReadIssue(fileName, Math.Max(1, value.Line), IssueSeverity.Refused, "message", _kind, "has no orbits", "give OMM, OPM, OEM or OCM"));
                    break;
            }
            if (value.Kind != NdmEventKind.MessageEnd) continue;
            foreach (var found in _kind == "oem" ? Ephemerides(events) : _kind == "omm" ? Elements(events) : []) yield return found;
            events.Clear();
            _kind = "";
        }
    }

    private List<OperatorFound> Ephemerides(IReadOnlyList<NdmEvent> events)
    {
        var reader = new OperatorEphemerides(fileName, rotation, tell);
        List<OperatorFound> found = [.. reader.Read(Bridged<EphemerisItem>(events, to => EphemerisBridges.FromOem(to, Bridging))).Select(one => new OperatorFound(one.Name, null, one.Stretch, null))];
        IsEarthFixed |= reader.IsEarthFixed;
        return found;
    }

    private List<OperatorFound> Elements(IReadOnlyList<NdmEvent> events)
    {
        List<OperatorFound> found = [];
        foreach (var item in Bridged<MeanElements>(events, to => MeanElementsNdm.FromNdm(to, Bridging)))
        {
            var issues = new List<ReadIssue>();
            if (item.Issue is { } issue) tell(issue);
            if (item.Value is not { } said) continue;
            var set = ElementSets.Interpret(said, options, item.Line, issues);
            issues.ForEach(tell);
            var name = OperatorName.Of(set?.ObjectTag, said.ObjectId, said.ObjectName);
            if (set is not null) found.Add(new OperatorFound(name, new OrbitStart(set.ObjectTag ?? name.ToString(), said.ObjectName, said.ObjectId, set, null), null, null));
        }
        return found;
    }

    private FormatWriteOptions Bridging => new() { FileName = fileName, Now = options.Now };

    private static IEnumerable<FormatItem<T>> Bridged<T>(IReadOnlyList<NdmEvent> events, Func<IFormatWriter<T>, IFormatWriter<NdmEvent>> connect) where T : class
    {
        var gathered = new GatheringWriter<T>();
        var bridge = connect(gathered);
        foreach (var one in events)
        {
            if (bridge.Write(one) is { } objection) yield return FormatItem.Of<T>(objection);
            foreach (var value in gathered.Take()) yield return FormatItem.Of(value, one.Line);
        }
        bridge.Complete();
        foreach (var value in gathered.Take()) yield return FormatItem.Of(value, 1);
    }
}
