using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>Orbit comprehensive messages (OCM), event by event: trajectories of several points as ephemerides with their covariances, those of one point as states with the burns that follow.</summary>
/// <param name="isPlan">Only the burns count.</param>
/// <param name="tell">Gets what is wrong, or cannot be used.</param>
internal sealed class OperatorComprehensives(string fileName, EarthRotation rotation, bool isPlan, Action<ReadIssue> tell)
{
    private readonly GatheringWriter<EphemerisItem> _items = new();
    private readonly OcmReport _report = new(fileName, tell);
    private OcmTrajectories? _trajectories;

    /// <summary>Whether something was turned with the Earth.</summary>
    public bool IsEarthFixed { get; private set; }

    public IEnumerable<(OperatorName Name, EphemerisStretch? Stretch, OperatorState? State)> Take(NdmEvent value)
    {
        if (value.Kind == NdmEventKind.MessageStart) _trajectories = new OcmTrajectories(_items, fileName);
        _report.Take(value);
        if (!isPlan && _trajectories?.Write(value) is { } issue) tell(issue);
        return value is { Kind: NdmEventKind.MessageEnd, Name: "ocm" } ? Finished(value) : [];
    }

    private IEnumerable<(OperatorName, EphemerisStretch?, OperatorState?)> Finished(NdmEvent end)
    {
        var burns = _report.Burns(isPlan);
        if (isPlan) return [(_report.Name, null, new OperatorState(_report.Name, null, burns, _report.Surface, _report.MassKg))];
        var ephemerides = new OperatorEphemerides(fileName, rotation, tell);
        var items = _items.Take().ToList();
        // Covariances stand behind all trajectories of a message.
        if (items.FindLastIndex(item => item is EphemerisSegmentEnd) is >= 0 and var last) items.InsertRange(last, _report.Covariances);
        var stretches = ephemerides.Read(items.Select(item => FormatItem.Of(item, end.Line))).ToList();
        IsEarthFixed |= ephemerides.IsEarthFixed;
        if (stretches.Count == 0) Tell("TRAJ_TYPE", "has no orbit that is read", "give cartesian positions and velocities (CARTPV), or the file as --plan");
        if (stretches is [var (name, only)] && only.Nodes is [{ VelocityKmPerS: { } velocity } node])
        {
            var state = new CartesianState(node.Epoch, only.Frame, node.PositionKm, velocity);
            if (state.Frame == Frame.Teme) state = Fk5.TemeToGcrf(state);
            var sure = only.Covariances.FirstOrDefault(one => one.Epoch == node.Epoch);
            if (sure is null && only.Covariances.Count > 0) Tell("covLine", "no covariance is of the instant of the only state; the orbit is followed without", "give one of that instant");
            return [(name, null, new OperatorState(name, new OrbitState(name.ToString(), state, sure?.Of(state)), burns, _report.Surface, _report.MassKg))];
        }
        if (stretches.Count > 0 && burns.Count > 0) Tell("MAN_ID", $"its {burns.Count} manoeuvres are not flown: its trajectory counts, which has them in it", "give a trajectory of one state to have them flown", IssueSeverity.Notice);
        // A message's covariances are of its object, whichever of its trajectories counts.
        List<EphemerisSureness> given = [.. stretches.SelectMany(one => one.Stretch.Covariances)];
        return stretches.Select(one => (one.Name, (EphemerisStretch?)(one.Stretch with { Covariances = given }), (OperatorState?)null));

        void Tell(string field, string reason, string remedy, IssueSeverity severity = IssueSeverity.Refused) => tell(new ReadIssue(fileName, Math.Max(1, end.Line), severity, field, "", reason, remedy));
    }
}
