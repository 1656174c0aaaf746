namespace SsaShare.Formats;

/// <summary>Two objects, each once; a covariance is given whole: 508.0-B-1 section 3.</summary>
internal sealed class CdmRules(string version) : NdmRules
{
    private readonly HashSet<string> _entries = new(StringComparer.Ordinal);
    private int _objects;

    public override void Started(NdmBlock block)
    {
        if (block.Name == "covarianceMatrix") _entries.Clear();
    }

    public override NdmFault? Field(NdmBlock block, NdmKeyword keyword, NdmEvent one)
    {
        if (block.Name == "covarianceMatrix") _entries.Add(keyword.Name);
        if (keyword.Name != "OBJECT") return null;
        string expected = ++_objects == 1 ? "OBJECT1" : "OBJECT2";
        if (_objects > 2) return new NdmFault("OBJECT", one.Text, "a third object", "give OBJECT1 and OBJECT2");
        return one.Text.Equals(expected, StringComparison.OrdinalIgnoreCase) ? null : new NdmFault("OBJECT", one.Text, $"{expected} is expected here", "give OBJECT1, then OBJECT2");
    }

    public override NdmFault? Ended(NdmBlock block, bool hasRows, NdmEvent start)
    {
        if (block.Parent is null && _objects < 2) return new NdmFault("OBJECT", "", "an object is missing", "give OBJECT1 and OBJECT2");
        if (block.Name != "covarianceMatrix") return null;
        var states = CdmKeywords.Covariance[..21].Select(entry => entry.Keyword).ToList();
        if ((version == "1.0" || states.Exists(_entries.Contains)) && states.Find(name => !_entries.Contains(name)) is { } missing)
            return new NdmFault(missing, "", "mandatory in covarianceMatrix and missing", "give the covariance of position and velocity whole");
        foreach (string prefix in (ReadOnlySpan<string>)["CDRG_", "CSRP_", "CTHR_"])
        {
            var row = CdmKeywords.Covariance.Select(entry => entry.Keyword).Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
            if (version == "1.0" && row.Exists(_entries.Contains) && row.Find(name => !_entries.Contains(name)) is { } absent)
                return new NdmFault(absent, "", $"missing although others of {prefix[..^1]} are given", "give the row whole", IsForbidden: true);
        }
        return null;
    }
}
