using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>The objects of files, to be screened: element sets, ephemerides, states with planned burns.</summary>
/// <param name="rotation">Of the Earth, for what is Earth-fixed.</param>
internal sealed partial class ScreenedCatalog(EarthRotation rotation)
{
    private readonly List<OrbitStart> _elements = [];
    private readonly List<(string File, OperatorName Name, EphemerisStretch Stretch)> _stretches = [];
    private readonly List<(string File, OperatorState State)> _states = [];
    private readonly List<(string File, OperatorState State)> _plans = [];

    private bool _isEarthFixed;

    /// <summary>Nothing was refused.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>By what numbers the objects go.</summary>
    public OperatorNumbers Numbers { get; } = new();

    /// <summary>Reads one file, and tells on standard error what is wrong with it.</summary>
    /// <param name="isPlan">Of its states only the burns count.</param>
    /// <returns>False when there is no such file.</returns>
    public async Task<bool> AddAsync(FormatInput input, ParseResult parsed, string file, bool isPlan, CancellationToken cancellationToken)
    {
        var told = new List<string>();
        await using var opened = input.Open(parsed, file, Tell, out bool isThere);
        if (opened is not null) await FileProgress.ShowAsync(opened.Name, opened.Bytes, say => Task.Run(() => Read(opened, say), cancellationToken));
        told.ForEach(Console.Error.WriteLine);
        return isThere;

        void Tell(ReadIssue issue)
        {
            IsComplete &= issue.Severity != IssueSeverity.Refused;
            told.Add(FormatText.Line(issue));
        }

        bool Read(FormatInputFile from, Action<FileStep> say)
        {
            long count = 0;
            if ((OrbitInput.Messages(from, "opm") ?? OrbitInput.Messages(from, "ocm") ?? OrbitInput.Messages(from, "ndm")) is { } messages)
            {
                var reader = new OperatorMessages(from.Name, rotation, from.Options, isPlan, Tell);
                foreach (var found in reader.Read(messages))
                    Step(() =>
                    {
                        if (found.Elements is { } set) Add(set);
                        if (found.Stretch is { } stretch) _stretches.Add((from.Name, found.Name, stretch));
                        if (found.State is { } state) (isPlan ? _plans : _states).Add((from.Name, state));
                    });
                _isEarthFixed |= reader.IsEarthFixed;
                if (isPlan && _plans.All(plan => plan.File != from.Name || plan.State.Burns.Count == 0)) Tell(NoPlan(from));
            }
            else if (isPlan) Tell(NoPlan(from));
            else if (OrbitInput.Ephemerides(from) is { } items)
            {
                var ephemerides = new OperatorEphemerides(from.Name, rotation, Tell);
                foreach (var (name, stretch) in ephemerides.Read(items)) Step(() => _stretches.Add((from.Name, name, stretch)));
                _isEarthFixed |= ephemerides.IsEarthFixed;
            }
            else
                foreach (var found in OrbitInput.Read(from))
                {
                    if (found.Issue is { } issue) Tell(issue);
                    if (found.Start is { Elements: not null } start) Step(() => Add(start));
                    else if (found.Start is { State: { } state } other)
                        Step(() => _states.Add((from.Name, new OperatorState(OperatorName.Of(other.Id, other.CosparId, other.Name), Gcrf(state), [], null, null))));
                }
            return true;

            void Step(Action add)
            {
                cancellationToken.ThrowIfCancellationRequested();
                add();
                say(new FileStep(from.Source.BytesRead, $"{++count:N0} objects"));
            }
        }
    }

    private static ReadIssue NoPlan(FormatInputFile file) => new(file.Name, 1, IssueSeverity.Refused, "file", file.Format.Name, "has no manoeuvres that are read", "give an orbit parameter message (OPM) with MAN_EPOCH_IGNITION and what follows it, or an orbit comprehensive message (OCM) with manoeuvres");

    private void Add(OrbitStart start)
    {
        _elements.Add(start);
        Numbers.Learn(OperatorName.Of(start.Id, start.CosparId, start.Name));
    }

    private OrbitState Gcrf(OrbitState state)
    {
        var turned = state.State.Frame == Frame.Teme ? Fk5.TemeToGcrf(state.State) : rotation.To(state.State, Frame.Gcrf);
        return new OrbitState(state.ObjectTag, turned, state.Covariance is null ? null : CovarianceFrames.ToGcrf(state.Covariance, state.State, rotation));
    }
}
