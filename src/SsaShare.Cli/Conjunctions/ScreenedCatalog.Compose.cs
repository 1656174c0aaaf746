using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>From what the files say to the objects that are screened.</summary>
internal sealed partial class ScreenedCatalog
{
    /// <summary>Of Cd·A/m for a B* per Earth radius: 2 over the reference density of SGP4, 0.1570 kg/m² for each Earth radius (Vallado 2013, section 9.4.2).</summary>
    private const double DragM2PerKgOfBStar = 2 / 0.1570;

    private readonly Dictionary<long, (OperatorName Name, string? Ephemeris, IReadOnlyList<string> Comments, bool HasBurns)> _known = [];
    private readonly Dictionary<IScreenedMotion, UncertainEphemeris> _motions = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, HashSet<long>> _named = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, ObjectSettings> _settings = [];

    /// <summary>To be screened; several of one number where files disagree, of which the screening chooses and tells.</summary>
    public List<ScreenedObject> Objects { get; } = [];

    /// <summary>Of an object that a screening reports, all that a message says of it.</summary>
    public EncounterObject Encounter(ScreenedObject screened)
    {
        _known.TryGetValue(screened.Id, out var known);
        _settings.TryGetValue(screened.Id, out var settings);
        IUncertainMotion motion = screened switch
        {
            ScreenedElements elements => new ElementSetMotion(elements.Elements, AssumedUncertainty.ElementSets),
            ScreenedEphemeris ephemeris => _motions[ephemeris.Motion],
            _ => throw new ArgumentException($"Expected elements or an ephemeris, got {screened}.", nameof(screened)),
        };
        bool isAssigned = Numbers.Assigned.ContainsKey(screened.Id), isFollowed = screened is ScreenedEphemeris;
        return new EncounterObject(screened.Id, motion, settings?.RadiusM / 1_000)
        {
            Designator = isAssigned ? known.Name?.CosparId ?? known.Name?.Name : null, Catalog = isAssigned ? null : "SATCAT", Name = settings?.Name ?? known.Name?.Name, InternationalDesignator = known.Name?.CosparId,
            ObjectType = settings?.ObjectType, Operator = settings?.Operator, IsManeuverable = settings?.IsManeuverable ?? (known.HasBurns ? true : null), EphemerisName = isFollowed ? known.Ephemeris : null,
            Body = settings is { MassKg: null, AreaM2: null } or null ? null : new ConjunctionBody(settings.AreaM2, settings.MassKg, null, null, null, null), Comments = isFollowed ? known.Comments ?? [] : [],
        };
    }

    /// <param name="screening">The span.</param>
    /// <param name="settings">Of single objects.</param>
    /// <param name="propagator">For what has to be followed; asked for only then.</param>
    /// <param name="tell">Gets a line for each thing that people should know.</param>
    /// <exception cref="InvalidDataException">Two lines of the settings are of one object.</exception>
    public void Compose(ScreeningOptions screening, IReadOnlyList<ObjectSettings> settings, Func<Propagator> propagator, Action<string> tell)
    {
        var elements = _elements.Select(start => (Id: Number(OperatorName.Of(start.Id, start.CosparId, start.Name)), start.Elements)).ToLookup(one => one.Id, one => one.Elements!);
        var ephemerides = _stretches.GroupBy(one => Number(one.Name)).ToList();
        var states = _states.Select(one => (Id: Number(one.State.Name), one.File, one.State)).ToList();
        var plans = _plans.ToLookup(one => Number(one.State.Name));
        foreach (var (number, name) in Numbers.Assigned) tell($"{name}: has no catalogue number; called {number} here");
        // Who follows states tells it of the forces, too.
        if (_isEarthFixed && _states.Count + _plans.Count == 0 && rotation.Orientation.Warning(screening.Start, screening.End) is { } warning) tell(warning);
        var all = elements.Select(group => group.Key).Concat(ephemerides.Select(group => group.Key)).Concat(states.Select(one => one.Id)).ToHashSet();
        Settle(settings, all, tell);
        foreach (var group in plans.Where(group => !all.Contains(group.Key))) Lose($"{group.First().File}: {group.First().State.Name}: not flown: no file has an orbit of it", tell);

        foreach (var group in ephemerides)
        {
            var found = EphemerisMotion.Of(group.Select(one => one.Stretch), AssumedUncertainty.ElementSets);
            Take(group.Key, found, string.Join(", ", group.Select(one => one.File).Distinct()), tell, isEphemeris: true, hasBurns: false);
            if (plans.Contains(group.Key)) tell($"{group.Key}: notice: its plan is not flown: its ephemeris counts, which has its burns in it");
        }
        var withEphemeris = ephemerides.Select(group => group.Key).ToHashSet();
        foreach (var (id, file, state) in states)
        {
            if (withEphemeris.Contains(id))
            {
                tell($"{id}: notice: its state in {file} is left out: its ephemeris counts");
                continue;
            }
            if (state.Surface is null) tell($"{id}: notice: {file} does not give MASS, DRAG_AREA and DRAG_COEFF; followed without drag and radiation pressure");
            OrbitManeuver[] burns = [.. state.Burns, .. plans[id].SelectMany(plan => plan.State.Burns)];
            Take(id, PropagatedMotion.Of(propagator(), state.State!, state.Surface ?? default, burns, screening.Start, screening.End, AssumedUncertainty.ElementSets), file, tell, isEphemeris: false, hasBurns: burns.Length > 0);
        }
        var followed = withEphemeris.Concat(states.Select(one => one.Id)).ToHashSet();
        var middle = screening.Start.PlusSeconds(screening.End.SecondsSince(screening.Start) / 2);
        foreach (var group in elements)
        {
            if (!followed.Contains(group.Key) && plans.Contains(group.Key) && Planned(group.Key, group.MinBy(set => Math.Abs(set.Epoch.SecondsSince(middle)))!, [.. plans[group.Key]], screening, propagator, tell)) continue;
            foreach (var set in group) Objects.Add(new ScreenedElements(group.Key, set, Volume(group.Key)));
        }
    }

    /// <summary>Which object each line of the table means, by number, designator or name.</summary>
    private void Settle(IReadOnlyList<ObjectSettings> settings, HashSet<long> all, Action<string> tell)
    {
        foreach (var one in settings)
        {
            long[] meant = OperatorName.Of(one.Id, null, null).NoradId is { } number ? [number] : [.. _named.GetValueOrDefault(one.Id) ?? []];
            meant = [.. meant.Where(all.Contains).Order()];
            if (meant.Length == 0) Lose($"{one.Id}: of the table of objects (line {one.Line}), but in no file", tell);
            else if (meant.Length > 1) Lose($"{one.Id}: of the table of objects (line {one.Line}), but the name of several: {string.Join(", ", meant)}; give the number of one", tell);
            else if (!_settings.TryAdd(meant[0], one))
                throw new InvalidDataException($"--objects: lines {_settings[meant[0]].Line} ({_settings[meant[0]].Id}) and {one.Line} ({one.Id}) are both of {meant[0]}; give each object one line");
        }
    }

    /// <returns>False where the plan has nothing to fly: the elements count then.</returns>
    private bool Planned(long id, ElementSet set, IReadOnlyList<(string File, OperatorState State)> plans, ScreeningOptions screening, Func<Propagator> propagator, Action<string> tell)
    {
        OrbitManeuver[] burns = [.. plans.SelectMany(plan => plan.State.Burns)];
        if (!burns.Any(burn => burn.To > set.Epoch && burn.From < screening.End))
        {
            tell($"{id}: notice: its plan has no burn between its elements of {set.Epoch} and the end of the span");
            return false;
        }
        var surface = plans.Select(plan => plan.State.Surface).FirstOrDefault(one => one is not null);
        if (surface is null)
        {
            surface = new SurfaceCoefficients(Math.Max(0, DragM2PerKgOfBStar * set.BStarPerEarthRadii), 0);
            tell(set.BStarPerEarthRadii > 0
                ? FormattableString.Invariant($"{id}: notice: its plan does not give MASS, DRAG_AREA and DRAG_COEFF; followed with the drag of its elements' B* ({surface.Value.BallisticM2PerKg:G3} m²/kg) and without radiation pressure")
                : $"{id}: notice: its plan does not give MASS, DRAG_AREA and DRAG_COEFF, nor do its elements give a drag term above 0; followed without drag and radiation pressure");
        }
        Take(id, PropagatedMotion.Of(propagator(), set, surface ?? default, burns, screening.Start, screening.End, AssumedUncertainty.ElementSets), string.Join(", ", plans.Select(plan => plan.File).Distinct()), tell, isEphemeris: false, hasBurns: true);
        return true;
    }

    private void Take(long id, MotionFound found, string file, Action<string> tell, bool isEphemeris, bool hasBurns)
    {
        foreach (string loss in found.Losses) Lose($"{file}: {id}: {(found.Motion is null ? "not screened: " : "")}{loss}", tell);
        foreach (string remark in found.Remarks) tell($"{id}: notice: {remark}");
        if (found.Motion is not { } motion) return;
        _motions.Add(motion.Motion, motion);
        _known.TryGetValue(id, out var known);
        _known[id] = (known.Name ?? new OperatorName(id, null, null), isEphemeris ? Path.GetFileName(file) : null, found.Remarks, hasBurns);
        Objects.Add(motion.ToScreened(id, Volume(id)));
    }

    private void Lose(string line, Action<string> tell)
    {
        IsComplete = false;
        tell(line);
    }

    private ScreeningVolume? Volume(long id) => _settings.TryGetValue(id, out var settings) ? settings.Volume : null;

    /// <summary>Its number, and its names remembered.</summary>
    private long Number(OperatorName name)
    {
        long number = Numbers.Of(name);
        if (!_known.TryGetValue(number, out var known)) _known.Add(number, (name, null, [], false));
        else _known[number] = known with { Name = new OperatorName(number, known.Name.CosparId ?? name.CosparId, known.Name.Name ?? name.Name) };
        foreach (string? called in (string?[])[name.CosparId, name.Name])
        {
            if (called is null) continue;
            if (!_named.TryGetValue(called, out var numbers)) _named.Add(called, numbers = []);
            numbers.Add(number);
        }
        return number;
    }
}
