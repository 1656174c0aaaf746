using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>Which of the sources given are screened, and why the others are not. Each is judged by itself, or among those of its own originator.</summary>
internal sealed class BoardIntake
{
    private readonly BoardOptions _options;
    private readonly Epoch _now;

    private BoardIntake(BoardOptions options, Epoch now, long nextNumber) => (_options, _now, NextNumber) = (options, now, nextNumber);

    public static BoardIntake Nothing { get; } = new(new BoardOptions(), default, 1);

    public Dictionary<OrbitSourceId, AdmittedSource> Admitted { get; } = [];

    public List<SourceIssue> SetAside { get; } = [];

    /// <summary>Sources whose motions failed or that were too many of one orbit, so that they are not tried again.</summary>
    public Dictionary<OrbitSourceId, string> Faults { get; } = [];

    /// <summary>Numbers of objects by the strongest of their names.</summary>
    private Dictionary<string, long> Bodies { get; } = new(StringComparer.Ordinal);

    private long NextNumber { get; set; }

    public static BoardIntake Of(IReadOnlyCollection<OrbitSource> given, BoardIntake former, BoardOptions options, Epoch now)
    {
        var intake = new BoardIntake(options, now, former.NextNumber);
        foreach (var ofOne in given.Distinct().GroupBy(source => source.Originator))
        {
            var sources = ofOne.ToList();
            if (sources.Count > options.SourcesPerOriginatorMax)
            {
                sources.Sort((a, b) => a.Equals(b) ? 0 : a.IsNewerThan(b) ? -1 : 1);
                foreach (var older in sources.Skip(options.SourcesPerOriginatorMax)) intake.Aside(older, $"Its originator has more than {options.SourcesPerOriginatorMax} sources; this is one of the oldest.");
                sources.RemoveRange(options.SourcesPerOriginatorMax, sources.Count - options.SourcesPerOriginatorMax);
            }
            foreach (var source in sources) intake.Admit(source, former);
        }
        return intake;
    }

    /// <summary>Sets aside what failed meanwhile.</summary>
    /// <returns>Whether there was any.</returns>
    public bool DropFaulty()
    {
        var faulty = Admitted.Values.Where(one => one.Fault is not null).ToList();
        foreach (var one in faulty)
        {
            Admitted.Remove(one.Source.Id);
            Faults[one.Source.Id] = one.Fault!;
            Aside(one.Source, one.Fault!, isLasting: true);
        }
        return faulty.Count > 0;
    }

    /// <summary>
    /// Sets aside a crowd that moves together, too many to be followed: of those that move with the one named, the sources of whoever brought the most. What others know to be there stays, so that
    /// nobody can hide another's object in a crowd of his own.
    /// </summary>
    public void DropCrowd(CrowdedScreeningException crowd)
    {
        var numbers = crowd.Others.Append(crowd.Id).ToHashSet();
        var dropped = Admitted.Values.Where(one => numbers.Contains(one.Number)).GroupBy(one => one.Source.Originator).OrderByDescending(group => group.Count()).ThenBy(group => group.Min(one => one.Number)).First().ToList();
        string reason = $"One of {dropped.Count} sources of its originator that are hardly distinct orbits: more pairs move together than can be followed.";
        foreach (var one in dropped)
        {
            Admitted.Remove(one.Source.Id);
            Faults[one.Source.Id] = reason;
            Aside(one.Source, reason);
        }
    }

    private void Admit(OrbitSource source, BoardIntake former)
    {
        if (source.Mode is not (DataMode.Real or DataMode.Test or DataMode.Simulated or DataMode.Exercise)) Aside(source, $"Its mode is {source.Mode}.");
        else if (source.AsOf > _now.Plus(_options.FutureMax)) Aside(source, $"It says to know its object up to {source.AsOf}, which is too far ahead.");
        else if (former.Faults.TryGetValue(source.Id, out string? fault))
        {
            Faults.Add(source.Id, fault);
            Aside(source, fault, isLasting: true);
        }
        else if (former.Admitted.TryGetValue(source.Id, out var known))
        {
            Bodies.TryAdd(source.Designation.Key, known.Object.Body!.Value);
            Admitted.Add(source.Id, known);
        }
        else AdmitNew(source, former);
    }

    private void AdmitNew(OrbitSource source, BoardIntake former)
    {
        string key = source.Designation.Key;
        if (!Bodies.TryGetValue(key, out long body)) Bodies.Add(key, body = former.Bodies.TryGetValue(key, out long before) ? before : NextNumber++);
        try
        {
            Admitted.Add(source.Id, AdmittedSource.Of(source, NextNumber++, body));
        }
        catch (ArgumentException failure)
        {
            Faults.Add(source.Id, failure.Message);
            Aside(source, failure.Message, isLasting: true);
        }
    }

    private void Aside(OrbitSource source, string reason, bool isLasting = false) => SetAside.Add(new SourceIssue(source, null, _now, _now.Plus(_options.Ahead), reason) { IsLasting = isLasting });
}
