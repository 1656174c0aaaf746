namespace SsaShare.Agreements;

/// <summary>The fields of one mapping, each known by name.</summary>
internal sealed class Fields
{
    private readonly MappingNode _mapping;
    private readonly IssueList _issues;

    private Fields(MappingNode mapping, IssueList issues) => (_mapping, _issues) = (mapping, issues);

    /// <summary>Where the mapping begins: the place of what is missing in it.</summary>
    public DocumentNode Place => _mapping;

    /// <returns>Null, with an issue, when the node is no mapping. Unknown names are issues too.</returns>
    public static Fields? Of(DocumentNode node, string what, string[] known, IssueList issues)
    {
        if (node is not MappingNode mapping)
        {
            issues.Add(node, $"Expected {what} as fields with names.");
            return null;
        }
        foreach (var (key, _) in mapping.Entries)
            if (!known.Contains(key.Text)) issues.AddUnknown(key, "field", known);
        return new Fields(mapping, issues);
    }

    /// <summary>The names given, in order.</summary>
    public IEnumerable<string> Names => _mapping.Entries.Select(entry => entry.Key.Text);

    public DocumentNode? Find(string name)
    {
        foreach (var (key, value) in _mapping.Entries)
            if (key.Text == name) return value;
        return null;
    }

    public DocumentNode? Need(string name)
    {
        var value = Find(name);
        if (value is null) _issues.Add(_mapping, $"'{name}' is missing.");
        return value;
    }
}
