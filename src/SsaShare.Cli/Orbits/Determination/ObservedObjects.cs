using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>Which objects observations are of, by their tags: two are one where a number, a designator or a name is the same.</summary>
internal sealed class ObservedObjects
{
    private readonly List<HashSet<string>> _objects = [];

    public int Count => _objects.Count;

    /// <summary>The tag of each by which it was first met.</summary>
    public IEnumerable<string> Names => _objects.Select(tags => tags.First());

    public void Add(ObservedObject target)
    {
        string[] tags = [.. Tags(target)];
        if (tags.Length == 0) tags = [""];
        var same = _objects.FindAll(known => tags.Any(known.Contains));
        var one = same.Count > 0 ? same[0] : [];
        if (same.Count == 0) _objects.Add(one);
        foreach (var other in same.Skip(1))
        {
            one.UnionWith(other);
            _objects.Remove(other);
        }
        one.UnionWith(tags);
    }

    /// <summary>Whether a tag is one of the object's.</summary>
    public static bool Is(ObservedObject target, string tag) => Tags(target).Contains(TrackingInput.Plain(tag), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Tags(ObservedObject target)
        => from tag in (string?[])[target.Number, target.CosparId, target.Name] where !string.IsNullOrEmpty(tag) select TrackingInput.Plain(tag).ToUpperInvariant();
}
