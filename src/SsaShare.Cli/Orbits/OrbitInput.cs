using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>One thing found in a file of orbits: an object, or what is wrong.</summary>
internal readonly record struct OrbitFound(OrbitStart? Start, ReadIssue? Issue);

/// <summary>Objects of a file of any format that has orbits: element sets, orbit messages, ephemerides (of which the first state counts). In the order of the file, in constant memory.</summary>
internal static class OrbitInput
{
    /// <param name="wanted">Of ephemerides.</param>
    /// <exception cref="IOException">The stream fails.</exception>
    public static IEnumerable<OrbitFound> Read(FormatInputFile file, EphemerisStatesWanted wanted = EphemerisStatesWanted.First) => file.Format.Accept(new Reading(file, wanted));

    /// <summary>What a file of ephemerides (OEM, trajectories of OCM, and the formats of ephemerides) says, in its order.</summary>
    /// <returns>Null where the file is none.</returns>
    /// <exception cref="IOException">The stream fails.</exception>
    public static IEnumerable<FormatItem<EphemerisItem>>? Ephemerides(FormatInputFile file) => file.Format.Accept(new EphemerisItems(file));

    /// <summary>The messages of a file, event by event.</summary>
    /// <returns>Null where the file is none of such messages.</returns>
    /// <exception cref="IOException">The stream fails.</exception>
    public static IEnumerable<FormatItem<NdmEvent>>? Messages(FormatInputFile file, string kind) => file.Format.Name.Split('-')[0] == kind ? file.Format.Accept(new NdmEvents(file)) : null;

    /// <summary>What a bridge makes of messages.</summary>
    private static IEnumerable<FormatItem<T>> Bridged<T>(FormatInputFile file, FileFormat<NdmEvent> messages, Func<IFormatWriter<T>, IFormatWriter<NdmEvent>> connect) where T : class
    {
        var gathered = new GatheringWriter<T>();
        var bridge = connect(gathered);
        foreach (var item in file.Source.Read(messages, file.Options).Read())
        {
            if (item.Issue is { } issue) yield return FormatItem.Of<T>(issue);
            else if (item.Value is { } value && bridge.Write(value) is { } objection) yield return FormatItem.Of<T>(objection with { File = file.Name });
            foreach (var one in gathered.Take()) yield return FormatItem.Of(one, item.Line);
        }
        bridge.Complete();
        foreach (var one in gathered.Take()) yield return FormatItem.Of(one, 1);
    }

    private static FormatWriteOptions Bridging(FormatInputFile file) => new() { FileName = file.Name, Now = file.Options.Now };

    private sealed class EphemerisItems(FormatInputFile file) : IFormatVisitor<IEnumerable<FormatItem<EphemerisItem>>?>
    {
        public IEnumerable<FormatItem<EphemerisItem>>? Visit<T>(FileFormat<T> format) where T : class => format switch
        {
            FileFormat<EphemerisItem> ephemeris => file.Source.Read(ephemeris, file.Options).Read(),
            FileFormat<NdmEvent> messages when messages.Name.Split('-')[0] == "oem" => Bridged(file, messages, (IFormatWriter<EphemerisItem> to) => EphemerisBridges.FromOem(to, Bridging(file))),
            FileFormat<NdmEvent> messages when messages.Name.Split('-')[0] == "ocm" => Bridged(file, messages, (IFormatWriter<EphemerisItem> to) => new OcmTrajectories(to, file.Name)),
            _ => null,
        };
    }

    private sealed class NdmEvents(FormatInputFile file) : IFormatVisitor<IEnumerable<FormatItem<NdmEvent>>?>
    {
        public IEnumerable<FormatItem<NdmEvent>>? Visit<T>(FileFormat<T> format) where T : class => format is FileFormat<NdmEvent> messages ? file.Source.Read(messages, file.Options).Read() : null;
    }

    private sealed class Reading(FormatInputFile file, EphemerisStatesWanted wanted) : IFormatVisitor<IEnumerable<OrbitFound>>
    {
        private readonly List<ReadIssue> _issues = [];
        private int _unnamed;

        public IEnumerable<OrbitFound> Visit<T>(FileFormat<T> format) where T : class => format switch
        {
            FileFormat<MeanElements> elements => FromElements(Values(elements)),
            FileFormat<EphemerisItem> ephemeris => new OrbitEphemerides(file.Name, wanted).Read(Values(ephemeris)),
            FileFormat<NdmEvent> messages => messages.Name.Split('-')[0] switch
            {
                "omm" => FromElements(Bridged(file, messages, (IFormatWriter<MeanElements> to) => MeanElementsNdm.FromNdm(to, Bridging(file)))),
                "oem" or "ocm" => new OrbitEphemerides(file.Name, wanted).Read(Ephemerides(file)!),
                "opm" or "ndm" => FromOrbitMessages(),
                _ => None(format),
            },
            _ => None(format),
        };

        private IEnumerable<OrbitFound> None(FileFormat format)
        {
            yield return new OrbitFound(null, new ReadIssue(file.Name, 1, IssueSeverity.Refused, "file", format.Name, "has no orbits", "give element sets, OMM, OPM, OEM, OCM or an ephemeris"));
        }

        private IEnumerable<FormatItem<T>> Values<T>(FileFormat<T> format) where T : class => file.Source.Read(format, file.Options).Read();

        private IEnumerable<OrbitFound> FromElements(IEnumerable<FormatItem<MeanElements>> items)
        {
            foreach (var item in items)
            {
                if (item.Issue is { } issue) yield return new OrbitFound(null, issue);
                if (item.Value is not { } said) continue;
                _issues.Clear();
                var set = ElementSets.Interpret(said, file.Options, item.Line, _issues);
                foreach (var found in _issues) yield return new OrbitFound(null, found);
                if (set is not null) yield return new OrbitFound(new OrbitStart(Named(set.ObjectTag), said.ObjectName, said.ObjectId, set, null), null);
            }
        }

        private IEnumerable<OrbitFound> FromOrbitMessages()
        {
            var items = new OdmReader(file.Source.Stream, new OdmReadOptions { FileName = file.Name, Now = file.Options.Now }).ReadAsync();
            var guarded = file.Source.GuardAsync(items, file.Name, file.Options.Mode, (issue, _) => [new OdmItem(null, null, issue, issue.Line)]);
            foreach (var item in guarded.ToBlockingEnumerable())
            {
                if (item.Issue is { } issue) yield return new OrbitFound(null, issue);
                else if (item.Elements is { } set) yield return new OrbitFound(new OrbitStart(Named(set.ObjectTag), null, null, set, null), null);
                else if (item.State is { } state) yield return new OrbitFound(new OrbitStart(Named(state.ObjectTag), null, null, null, state), null);
            }
        }

        private string Named(string? tag) => tag ?? $"object-{++_unnamed}";
    }
}
