using System.Globalization;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Orbits;

namespace SsaShare.FusionService;

/// <summary>Makes of published orbits what the board screens: each orbit as it is, and with the burns that its originator announced. The same orbit gives the same instance for as long as it is asked for. Used by one thread at a time.</summary>
internal sealed class OrbitSourceMaker(FollowedOrbits followed)
{
    /// <summary>A state of so long ago is not followed: it says nothing of today.</summary>
    internal const double OldestStateDays = 30;

    /// <summary>Of a body of which nothing is known: drag coefficient 2.2 and radiation coefficient 1.3 with 0.01 m²/kg.</summary>
    internal static SurfaceCoefficients UnknownSurface { get; } = new(0.022, 0.013);

    private Dictionary<RecordId, OrbitSource> _elements = [];
    private List<UnscreenedOrbit> _unscreened = [];

    /// <summary>Of the orbits last asked for, those that cannot be followed.</summary>
    public IReadOnlyList<UnscreenedOrbit> Unscreened => _unscreened;

    /// <summary>Of these orbits, those that can be followed.</summary>
    /// <param name="orbits">The newest for some reader.</param>
    /// <param name="maneuvers">All notices.</param>
    /// <param name="readers">What each may see: a plan is of the notices that one of them may see, all of them and no other.</param>
    /// <param name="now">The present.</param>
    /// <param name="hasTime">Whether there is time to follow one more; otherwise it comes later.</param>
    /// <param name="isLate">Something comes later.</param>
    public IEnumerable<OrbitSource> Make(IReadOnlyCollection<PublishedOrbit> orbits, IReadOnlyList<AnnouncedManeuver> maneuvers, IReadOnlyList<RecordView> readers, Epoch now, Func<bool> hasTime, ref bool isLate)
    {
        var elements = new Dictionary<RecordId, OrbitSource>(orbits.Count);
        var (made, unscreened) = (new List<OrbitSource>(orbits.Count), new List<UnscreenedOrbit>());
        var burns = maneuvers.Where(notice => notice.Notice.DeltaVRtnKmPerS is not null && notice.Notice.End > now).ToLookup(notice => (notice.Originator, notice.Tag));
        foreach (var orbit in orbits)
        {
            if (orbit.Elements is not null)
            {
                var source = elements[orbit.Record] = _elements.GetValueOrDefault(orbit.Record) ?? Of(orbit, new ElementSetMotion(orbit.Elements, AssumedUncertainty.ElementSets), [], []);
                made.Add(source);
            }
            else if (IsOutdated(orbit, now)) unscreened.Add(UnscreenedOrbit.Of(orbit, UnscreenedReason.TooOld));
            else
            {
                bool isLater = false;
                if (Follow(orbit, [], now, hasTime, ref isLater) is { } source) made.Add(source);
                else if (!isLater) unscreened.Add(UnscreenedOrbit.Of(orbit, UnscreenedReason.NotFollowed));
                isLate |= isLater;
            }
            foreach (var plan in PlansOf(orbit, [.. burns[(orbit.Originator, orbit.Tag)]], readers))
                if (Follow(orbit, plan, now, hasTime, ref isLate) is { } planned) made.Add(planned);
        }
        (_elements, _unscreened) = (elements, unscreened);
        return made;
    }

    /// <summary>A number is the object's in everybody's catalog, and so is an international designator; any other tag is its owner's alone.</summary>
    public static ObjectDesignation Designate(ObjectTag tag, PartnerId owner)
        => NumberOf(tag.Value) is { } number ? new ObjectDesignation(catalogNumber: number)
            : IsInternational(tag.Value) ? new ObjectDesignation(cosparId: tag.Value)
            : new ObjectDesignation(own: new OwnDesignation(owner, tag.Value.ToUpperInvariant()));

    /// <returns>Null where the text is no number in a catalog.</returns>
    public static long? NumberOf(string tag) => long.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 ? number : null;

    /// <summary>One plan for each set of burns after the orbit's epoch that some reader of the orbit may see.</summary>
    private static IReadOnlyList<AnnouncedManeuver>[] PlansOf(PublishedOrbit orbit, IReadOnlyList<AnnouncedManeuver> burns, IReadOnlyList<RecordView> readers)
    {
        if (burns.Count == 0) return [];
        var plans = new Dictionary<string, IReadOnlyList<AnnouncedManeuver>>(StringComparer.Ordinal);
        foreach (var reader in readers.Where(reader => reader.MaySee(orbit.Record)))
        {
            List<AnnouncedManeuver> seen = [.. burns.Where(burn => burn.Notice.End > orbit.Epoch && reader.MaySee(burn.Record)).OrderBy(burn => burn.Record.ToString(), StringComparer.Ordinal)];
            if (seen.Count > 0) plans.TryAdd(string.Join(' ', seen.Select(burn => burn.Record)), seen);
        }
        return [.. plans.Values];
    }

    private static bool IsOutdated(PublishedOrbit orbit, Epoch now) => Math.Abs(now.SecondsSince(orbit.Epoch)) > OldestStateDays * 86_400;

    private OrbitSource? Follow(PublishedOrbit orbit, IReadOnlyList<AnnouncedManeuver> plan, Epoch now, Func<bool> hasTime, ref bool isLate)
    {
        if (IsOutdated(orbit, now)) return null;
        return followed.Find($"{orbit.Record} {string.Join(' ', plan.Select(burn => burn.Record))}", now, hasTime, (from, to) =>
        {
            List<OrbitManeuver> burns = [.. plan.Select(burn => Burn(burn.Notice))];
            if (orbit.Elements is not null && !burns.Exists(burn => burn.To > orbit.Epoch && burn.From < to)) return null;
            var motion = orbit.Elements is { } elements ? followed.Follow(elements, UnknownSurface, burns, from, to) : followed.Follow(orbit.State!, UnknownSurface, burns, from, to);
            return motion is null ? null : Of(orbit, motion.Motion, plan, motion.Remarks);
        }, ref isLate);
    }

    private static OrbitManeuver Burn(ManeuverNotice notice)
    {
        var change = notice.DeltaVRtnKmPerS ?? throw new ArgumentException("A plan is of burns whose change of velocity is told.", nameof(notice));
        return notice.End > notice.Start ? new FiniteManeuver(notice.Start, notice.End, ManeuverAxes.Rtn, change) : new ImpulsiveManeuver(notice.Start, ManeuverAxes.Rtn, change);
    }

    private static OrbitSource Of(PublishedOrbit orbit, IUncertainMotion motion, IReadOnlyList<AnnouncedManeuver> plan, IReadOnlyList<string> remarks)
    {
        bool isElements = orbit.Elements is not null;
        var encounter = new EncounterObject(1, motion, null)
        {
            Designator = orbit.Tag.Value,
            Catalog = NumberOf(orbit.Tag.Value) is null ? orbit.Originator.Value : "SATCAT",
            Comments =
            [
                $"{(isElements ? "Element set" : "State")} of {orbit.Originator}, record {orbit.Record}.",
                .. isElements && plan.Count == 0 ? Array.Empty<string>() : ["Drag and radiation pressure of the body are assumed."],
                .. remarks,
                .. plan.Select(burn => $"Flies the manoeuvre announced by {burn.Originator} from {Utc.Format(burn.Notice.Start)}, record {burn.Record}."),
            ],
        };
        return new OrbitSource(Designate(orbit.Tag, orbit.Originator), isElements ? OrbitSourceKind.ElementSet : OrbitSourceKind.OrbitState, orbit.Originator, [orbit.Record, .. plan.Select(burn => burn.Record)], DataMode.Real,
            orbit.Epoch, orbit.Published, encounter, plan: plan.Select(burn => burn.Notice));
    }

    /// <summary>For example 1998-067A.</summary>
    private static bool IsInternational(string tag)
        => tag.Length is >= 9 and <= 11 && tag[4] == '-' && tag.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0 && tag.AsSpan(5, 3).IndexOfAnyExceptInRange('0', '9') < 0
            && tag[8..].All(char.IsAsciiLetter);
}
