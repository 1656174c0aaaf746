using System.Runtime.InteropServices;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// Many objects that hold the very same elements, as one cloud catalogued before its pieces are told apart: their pairs, and their approaches to others, grow with the square of their number and say the same.
/// From a group of more than <see cref="Most"/> two are screened; the others are named, and each is told once as moving with the first.
/// </summary>
internal sealed class SameOrbits
{
    /// <summary>Up to so many every pair is screened and told as any other.</summary>
    public const int Most = 16;

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
            long[] ids = [.. group.Select(one => one.Id).Order()];
            same._groups.Add(ids[0], (ids[1], ids.Length));
            foreach (long id in ids[2..]) same._firstOf.Add(id, ids[0]);
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

    /// <summary>Adds of every object left out that it moves with the first, as the second does.</summary>
    public void Tell(List<CloseApproach> approaches, List<ScreeningIssue> issues, ScreeningOptions options)
    {
        if (_firstOf.Count == 0) return;
        var stays = approaches.Where(one => _groups.TryGetValue(one.Id1, out var group) && group.Second == one.Id2).ToLookup(one => one.Id1);
        foreach (var (id, first) in _firstOf)
        {
            approaches.AddRange(stays[first].Select(stay => stay with { Id2 = id }));
            issues.Add(new ScreeningIssue(id, ScreeningIssueKind.SameOrbit, options.Start, options.End,
                $"{_groups[first].Count} objects hold the elements of {first}: its approaches are those of each of them and told once, for {first} and {_groups[first].Second}."));
        }
    }
}
