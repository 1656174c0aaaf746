namespace SsaShare.Formats;

/// <summary>What mean elements need by their theory: 502.0-B-3 table 4-3.</summary>
internal sealed class OmmRules(string version) : NdmRules
{
    private readonly HashSet<string> _has = new(StringComparer.Ordinal);
    private string _theory = "";

    public override NdmFault? Field(NdmBlock block, NdmKeyword keyword, NdmEvent one)
    {
        if (keyword.Name == "MEAN_ELEMENT_THEORY") _theory = one.Text.ToUpperInvariant();
        if (keyword.Obligation != NdmObligation.Conditional) return null;
        _has.Add(keyword.Name);
        return _has.Contains("SEMI_MAJOR_AXIS") && keyword.Name == "MEAN_MOTION" ? new NdmFault(one.Name, one.Text, "both SEMI_MAJOR_AXIS and MEAN_MOTION are given", "give one of them", IsForbidden: true) : null;
    }

    public override NdmFault? Ended(NdmBlock block, bool hasRows, NdmEvent start)
    {
        bool isTle = _theory is "SGP" or "SGP4" or "SGP/SGP4" or "SGP4-XP";
        if (block.Name == "meanElements" && !_has.Contains("MEAN_MOTION") && (isTle || !_has.Contains("SEMI_MAJOR_AXIS")))
            return new NdmFault("MEAN_MOTION", "", "mandatory in meanElements and missing", isTle ? $"give it, as {_theory} needs it" : "give it or SEMI_MAJOR_AXIS");
        if (block.Parent is not null || !isTle) return null;
        if (version != "3.0" && !_has.Contains("MEAN_MOTION_DDOT")) return new NdmFault("MEAN_MOTION_DDOT", "", $"mandatory in version {version} and missing", "add it", IsForbidden: true);
        string[] needed = _theory == "SGP4-XP" ? ["BTERM", "AGOM"] : ["BSTAR", "MEAN_MOTION_DOT"];
        foreach (string name in needed)
            if (!_has.Contains(name)) return new NdmFault(name, "", $"mandatory with MEAN_ELEMENT_THEORY = {_theory} and missing", "add it");
        return null;
    }
}
