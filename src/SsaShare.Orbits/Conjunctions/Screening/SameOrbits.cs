using System.Runtime.InteropServices;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// Many objects that hold the very same elements, as one cloud catalogued before its pieces are told apart: their pairs, and their approaches to others, grow with the square of their number and say the same.
/// From a group of more than <see cref="Most"/> two are screened; of the others all is told that is true of those: that they move with them, and every approach to a third.
/// </summary>
internal sealed class SameOrbits
{
    /// <summary>Up to so many every pair is screened and told as any other.</summary>
    public const int Most = 16;

    /// <summary>Approaches that are told of objects left out; where there are more, none is, and each of these objects is a loss.</summary>
    public const int MostRepeated = 1_000_000;

    private readonly Dictionary<long, long> _firstOf = [];
    private readonly Dictionary<long, (long Second, int Count)> _groups = [];

    private SameOrbits()
    {
    }

    /// <summary>Objects that are not screened themselves.</summary>
    public IReadOnlyCollection<long> Left => _firstOf.Keys;

    /// <param name="objects">By number.</param>
    /// <param name="primaries">Of which approaches are asked; a group is all primaries or none.</param>
    public static SameOrbits Of(IReadOnlyDictionary<long, ScreenedObject> objects, IReadOnlySet<long>? primaries)
    {
        var same = new SameOrbits();
        var many = new Dictionary<(Epoch, double, double), int>();
        foreach (var one in objects.Values)
            if (one is ScreenedElements elements) CollectionsMarshal.GetValueRefOrAddDefault(many, Sketch(elements), out _)++;
        if (!many.Values.Any(count => count > Most)) return same;
        var groups = objects.Values.OfType<ScreenedElements>().Where(one => many[Sketch(one)] > Most).GroupBy(one => (one.Elements with { ObjectTag = null }, one.Volume, primaries is null || primaries.Contains(one.Id)));
        foreach (var group in groups)
        {
            if (group.Skip(Most).FirstOrDefault() is null) continue;
            ScreenedElements[] members = [.. group.OrderBy(one => one.Id)];
            // Two of different bodies, so that whoever may not meet the one meets the other.
            var (first, second) = (members[0], members.Skip(1).FirstOrDefault(one => one.Body != members[0].Body) ?? members[1]);
            same._groups.Add(first.Id, (second.Id, members.Length));
            foreach (var one in members)
                if (one != first && one != second) same._firstOf.Add(one.Id, first.Id);
        }
        return same;
    }

    /// <summary>Different where elements differ, nearly always.</summary>
    private static (Epoch, double, double) Sketch(ScreenedElements one) => (one.Elements.Epoch, one.Elements.MeanAnomalyRad, one.Elements.MeanMotionRevPerDay);

    /// <summary>Objects of which something else is told now than by another division.</summary>
    public IEnumerable<long> Different(SameOrbits other)
        => _firstOf.Where(entry => !other._firstOf.TryGetValue(entry.Key, out long first) || first != entry.Value).Select(entry => entry.Key)
            .Concat(other._firstOf.Keys.Where(id => !_firstOf.ContainsKey(id)))
            .Concat(_groups.Keys.Concat(other._groups.Keys).Where(first => _groups.GetValueOrDefault(first).Second != other._groups.GetValueOrDefault(first).Second));

    /// <summary>What is left to be screened.</summary>
    public IReadOnlyDictionary<long, ScreenedObject> Without(IReadOnlyDictionary<long, ScreenedObject> objects)
        => _firstOf.Count == 0 ? objects : objects.Where(entry => !_firstOf.ContainsKey(entry.Key)).ToDictionary();

    /// <summary>Adds of every object left out its approaches: those of the first of its group, or of the second to what is of one body with the first.</summary>
    /// <param name="approaches">Of those that were screened.</param>
    /// <param name="objects">All.</param>
    public void Tell(List<CloseApproach> approaches, List<ScreeningIssue> issues, IReadOnlyDictionary<long, ScreenedObject> objects, ScreeningOptions options)
    {
        if (_firstOf.Count == 0) return;
        var leftOf = _firstOf.ToLookup(entry => entry.Value, entry => entry.Key);
        var firstBySecond = _groups.ToDictionary(entry => entry.Value.Second, entry => entry.Key);
        var added = new List<CloseApproach>();
        foreach (var one in approaches)
        {
            var (a, b) = (GroupOf(one.Id1), GroupOf(one.Id2));
            if (a is null && b is null) continue;
            if (a is not null && a == b)
            {
                // Within the group each is told with the first; one of the first's body with the second.
                foreach (long id in leftOf[a.Value]) Add(one, MayMeet(id, a.Value) ? a.Value : _groups[a.Value].Second, id);
            }
            else
            {
                foreach (long id in Left(a, one.Id1, one.Id2)) Add(one, id, one.Id2);
                foreach (long id in Left(b, one.Id2, one.Id1)) Add(one, one.Id1, id);
                if (a is null || b is null) continue;
                if (Stand(a.Value, b.Value) != (one.Id1, one.Id2)) continue;
                foreach (long id in leftOf[a.Value])
                    foreach (long other in leftOf[b.Value]) Add(one, id, other);
            }
            if (added.Count > MostRepeated) break;
        }
        bool isTold = added.Count <= MostRepeated;
        if (isTold) approaches.AddRange(added);
        foreach (var (id, first) in _firstOf)
            issues.Add(new ScreeningIssue(id, isTold ? ScreeningIssueKind.SameOrbit : ScreeningIssueKind.SameOrbitUntold, options.Start, options.End, isTold
                ? $"{_groups[first].Count} objects hold the elements of {first}: {first} and {_groups[first].Second} were screened, and what was found is told of each of them."
                : $"{_groups[first].Count} objects hold the elements of {first}: its approaches are those of each of them, too many to tell, and told for {first} and {_groups[first].Second} only. Screen one object for each such group."));

        long? GroupOf(long id) => _groups.ContainsKey(id) ? id : firstBySecond.TryGetValue(id, out long first) ? first : null;

        // Those for whom one of the two stands towards another object.
        IEnumerable<long> Left(long? group, long own, long other)
            => group is not { } first ? [] : own == (MayMeet(first, other) ? first : _groups[first].Second) ? leftOf[first].Where(id => MayMeet(id, other)) : [];

        // Of two groups the pair that stands for all others.
        (long, long) Stand(long a, long b)
        {
            foreach (long id in (long[])[a, _groups[a].Second])
                foreach (long other in (long[])[b, _groups[b].Second])
                    if (MayMeet(id, other)) return (id, other);
            return default;
        }

        bool MayMeet(long id, long other) => objects[id].Body is not { } body || body != objects[other].Body;

        void Add(CloseApproach one, long id, long other)
        {
            if (added.Count <= MostRepeated && MayMeet(id, other)) added.Add(one with { Id1 = Math.Min(id, other), Id2 = Math.Max(id, other) });
        }
    }
}
