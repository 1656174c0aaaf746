namespace SsaShare.Formats;

/// <summary>Keplerian elements have one anomaly. Before version 3.0 the blocks of the spacecraft and of a manoeuvre are given whole or not at all.</summary>
internal sealed class OpmRules(string version) : NdmRules
{
    private readonly HashSet<string> _has = new(StringComparer.Ordinal);

    public override void Started(NdmBlock block) => _has.Clear();

    public override NdmFault? Field(NdmBlock block, NdmKeyword keyword, NdmEvent one)
    {
        _has.Add(keyword.Name);
        bool isSecond = keyword.Name is "TRUE_ANOMALY" or "MEAN_ANOMALY" && _has.Contains("TRUE_ANOMALY") && _has.Contains("MEAN_ANOMALY");
        return isSecond ? new NdmFault(one.Name, one.Text, "both anomalies are given", "give the true or the mean one") : null;
    }

    public override NdmFault? Ended(NdmBlock block, bool hasRows, NdmEvent start)
    {
        if (block.Name == "keplerianElements" && !_has.Contains("TRUE_ANOMALY") && !_has.Contains("MEAN_ANOMALY"))
            return new NdmFault("TRUE_ANOMALY", "", "mandatory in keplerianElements and missing", "give it or MEAN_ANOMALY");
        if (version == "3.0" || block.Name is not ("spacecraftParameters" or "maneuverParameters")) return null;
        return block.Entries.FirstOrDefault(entry => !_has.Contains(entry.Name)) is { } missing
            ? new NdmFault(missing.Name, "", $"mandatory in {block.Name} of version {version} and missing", "add it", IsForbidden: true)
            : null;
    }
}
