using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>From what was given to one object for each number, with a reason for everything left out.</summary>
internal sealed class ScreeningIntake
{
    private readonly ScreeningOptions _options;
    private readonly Epoch _middle;

    public ScreeningIntake(IEnumerable<ScreenedObject> given, ScreeningOptions options)
    {
        _options = options;
        _middle = new Epoch(options.Start.NanosecondsSinceJ2000 + (options.End.NanosecondsSinceJ2000 - options.Start.NanosecondsSinceJ2000) / 2);
        foreach (var group in given.GroupBy(one => one.Id))
            if (Choose(group.Key, [.. group]) is { } chosen) Objects.Add(group.Key, chosen);
        foreach (long primary in options.Primaries ?? new HashSet<long>())
            if (!Objects.ContainsKey(primary) && !Issues.Exists(issue => issue.Id == primary && issue.IsLoss))
                Tell(primary, ScreeningIssueKind.UnknownPrimary, "A primary that is not among the objects.");
    }

    public Dictionary<long, ScreenedObject> Objects { get; } = [];

    public List<ScreeningIssue> Issues { get; } = [];

    private ScreenedObject? Choose(long id, List<ScreenedObject> given)
    {
        var sound = new List<ScreenedObject>();
        foreach (var one in given)
        {
            if (Fault(one) is { } fault) Tell(id, ScreeningIssueKind.Malformed, fault);
            else if (sound.Contains(one)) Tell(id, ScreeningIssueKind.Duplicate, "Given again with the same content; screened once.");
            else sound.Add(one);
        }
        if (sound.Count == 0) return null;
        if (sound.Count > 1 && _options.TwoEpochs == TwoEpochs.Refuse)
        {
            Tell(id, ScreeningIssueKind.SeveralRefused, $"Given {sound.Count} times: {string.Join("; ", sound.Select(Describe))}. Not screened.");
            return null;
        }
        // An ephemeris knows more than elements; of several the one that covers the middle of the span, or is nearest to it.
        var chosen = sound.OrderBy(one => one is not ScreenedEphemeris).ThenBy(DistanceS).ThenByDescending(EpochOf).First();
        foreach (var other in sound)
            if (other != chosen) Tell(id, ScreeningIssueKind.OtherLeftOut, $"{Describe(other)} left out; {Describe(chosen)} screened.");
        if (IsStale(chosen, _options))
        {
            double days = Math.Max(_options.Start.SecondsSince(EpochOf(chosen)), EpochOf(chosen).SecondsSince(_options.End)) / 86_400;
            Tell(id, ScreeningIssueKind.Stale, $"{Describe(chosen)} are {days:F0} days from the span: its approaches say little.");
        }
        return chosen;
    }

    /// <summary>Whether the elements' epoch is too far from the span.</summary>
    public static bool IsStale(ScreenedObject one, ScreeningOptions options)
        => one is ScreenedElements elements && Math.Max(options.Start.SecondsSince(elements.Elements.Epoch), elements.Elements.Epoch.SecondsSince(options.End)) > options.StaleAfter.TotalSeconds;

    private static string? Fault(ScreenedObject one)
    {
        if (one is ScreenedEphemeris { Motion: { } motion })
        {
            if (motion.Last < motion.First) return $"The ephemeris ends ({motion.Last}) before it begins ({motion.First}).";
            return motion.AccelerationBeyondGravityKmPerS2 >= 0 && motion.VelocityStepKmPerS >= 0 ? null : "The ephemeris names no bounds of its motion.";
        }
        var set = ((ScreenedElements)one).Elements;
        double[] numbers = [set.MeanMotionRevPerDay, set.Eccentricity, set.InclinationRad, set.RightAscensionOfNodeRad, set.ArgumentOfPericenterRad, set.MeanAnomalyRad, set.BStarPerEarthRadii];
        if (!numbers.All(double.IsFinite)) return $"The elements of {set.Epoch} hold what is no number.";
        if (!(set.MeanMotionRevPerDay > 0)) return $"The elements of {set.Epoch} have a mean motion of {set.MeanMotionRevPerDay} a day.";
        return set.Eccentricity is >= 0 and < 1 ? null : $"The elements of {set.Epoch} have an eccentricity of {set.Eccentricity}.";
    }

    private double DistanceS(ScreenedObject one) => one switch
    {
        ScreenedElements elements => Math.Abs(elements.Elements.Epoch.SecondsSince(_middle)),
        ScreenedEphemeris { Motion: { } motion } => Math.Max(0, Math.Max(motion.First.SecondsSince(_middle), _middle.SecondsSince(motion.Last))),
        _ => throw new ArgumentException($"Expected elements or an ephemeris, got {one}."),
    };

    private static Epoch EpochOf(ScreenedObject one) => one is ScreenedElements elements ? elements.Elements.Epoch : ((ScreenedEphemeris)one).Motion.First;

    private static string Describe(ScreenedObject one)
        => one is ScreenedElements elements ? $"elements of {elements.Elements.Epoch}" : $"ephemeris from {((ScreenedEphemeris)one).Motion.First} to {((ScreenedEphemeris)one).Motion.Last}";

    private void Tell(long id, ScreeningIssueKind kind, string detail) => Issues.Add(new ScreeningIssue(id, kind, _options.Start, _options.End, detail));
}
