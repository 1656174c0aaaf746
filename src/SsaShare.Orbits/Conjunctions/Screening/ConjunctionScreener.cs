using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// Finds every close approach of a catalog, all on all or some on all, over hours to days: of SGP4 element sets and of ephemerides, mixed.
/// </summary>
/// <remarks>
/// Windows of 8 s; in each the objects' ways are bounded around straight chords (<see cref="MotionBound"/>), neighbours found by cells of space, and what can come near examined with the models themselves:
/// positions alone give the time and the distance. Pairs that hardly move relative to each other are followed over the whole span. SGP4 is taken as it is, with its small jumps (deep space at
/// 0.2 rad of inclination, and where the node of a nearly equatorial orbit passes zero). The order of the objects, the number of threads and of windows at a time change nothing in the result.
/// </remarks>
public static class ConjunctionScreener
{
    /// <summary>Screens a catalog.</summary>
    /// <param name="objects">Any: what cannot be screened is told in <see cref="ScreeningReport.Issues"/>.</param>
    /// <param name="progress">Told the share done, 0 to 1.</param>
    /// <exception cref="CrowdedScreeningException">More than 200,000 pairs move together.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ScreeningReport Screen(
        IEnumerable<ScreenedObject> objects, ScreeningOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
        => Screen(new ScreeningIntake(objects, options), options, null, null, progress, cancellationToken);

    /// <summary>
    /// The same result as <see cref="Screen(IEnumerable{ScreenedObject}, ScreeningOptions, IProgress{double}?, CancellationToken)"/> by looking only at what is new, different or gone since a former one.
    /// </summary>
    /// <param name="former">Of the same span, volumes and primaries.</param>
    /// <param name="objects">The whole catalog as it is now.</param>
    /// <exception cref="ArgumentException">The former result answers another question.</exception>
    /// <exception cref="CrowdedScreeningException">More than 200,000 pairs move together.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ScreeningReport Rescreen(
        ScreeningReport former, IEnumerable<ScreenedObject> objects, ScreeningOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        if (!former.Options.AsksTheSame(options)) throw new ArgumentException("The former result is of another span, other volumes or other primaries.", nameof(former));
        var intake = new ScreeningIntake(objects, options);
        var changed = new HashSet<long>(intake.Objects.Where(entry => !former.Objects.TryGetValue(entry.Key, out var before) || before != entry.Value).Select(entry => entry.Key));
        changed.UnionWith(former.Objects.Keys.Where(id => !intake.Objects.ContainsKey(id)));
        changed.UnionWith(SameOrbits.Of(former.Objects, options.Primaries).Different(SameOrbits.Of(intake.Objects, options.Primaries)));
        return Screen(intake, options, former, changed, progress, cancellationToken);
    }

    /// <param name="stride">Windows at a time; chosen when null. For tests: it must not matter.</param>
    internal static ScreeningReport Screen(
        ScreeningIntake intake, ScreeningOptions options, ScreeningReport? former, HashSet<long>? changed, IProgress<double>? progress, CancellationToken cancellationToken, int? stride = null)
    {
        var same = SameOrbits.Of(intake.Objects, options.Primaries);
        var objects = same.Without(intake.Objects);
        var set = new ScreenedSet(objects, options, changed);
        if (set.FewestSeekers() is { Length: > 0 } seekers && ShellFilter.Keep(set, seekers) is { } kept)
            set = new ScreenedSet(objects.Where(entry => kept.Contains(entry.Key)).ToDictionary(), options, changed);
        var run = new ScreeningRun(set, stride);
        run.Go(progress, cancellationToken);
        var (approaches, issues) = (run.Approaches, intake.Issues);
        issues.AddRange(run.Issues);
        if (former is not null && changed is not null)
        {
            var left = same.Left.ToHashSet();
            approaches.AddRange(former.Approaches.Where(old => !changed.Contains(old.Id1) && !changed.Contains(old.Id2) && !left.Contains(old.Id1) && !left.Contains(old.Id2)));
            var told = run.Issues.Select(issue => issue.Id).ToHashSet();
            issues.AddRange(former.Issues.Where(old => old.Kind is ScreeningIssueKind.NoState or ScreeningIssueKind.BeyondModel && !changed.Contains(old.Id) && !told.Contains(old.Id)));
        }
        same.Tell(approaches, issues, intake.Objects, options);
        approaches.Sort(CloseApproach.Compare);
        issues.Sort((a, b) => a.Id != b.Id ? a.Id.CompareTo(b.Id) : a.Kind.CompareTo(b.Kind));
        progress?.Report(1);
        return new ScreeningReport(options, intake.Objects, approaches, issues, run.Work);
    }
}
