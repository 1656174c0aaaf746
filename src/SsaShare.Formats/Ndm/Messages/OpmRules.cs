namespace SsaShare.Formats;

/// <summary>Keplerian elements have one anomaly.</summary>
internal sealed class OpmRules : NdmRules
{
    private bool _hasTrue, _hasMean;

    public override void Started(NdmBlock block) => (_hasTrue, _hasMean) = (false, false);

    public override NdmFault? Field(NdmBlock block, NdmKeyword keyword, NdmEvent one)
    {
        _hasTrue |= keyword.Name == "TRUE_ANOMALY";
        _hasMean |= keyword.Name == "MEAN_ANOMALY";
        return _hasTrue && _hasMean && keyword.Name.EndsWith("_ANOMALY", StringComparison.Ordinal) ? new NdmFault(one.Name, one.Text, "both anomalies are given", "give the true or the mean one") : null;
    }

    public override NdmFault? Ended(NdmBlock block, bool hasRows, NdmEvent start)
        => block.Name == "keplerianElements" && !_hasTrue && !_hasMean ? new NdmFault("TRUE_ANOMALY", "", "mandatory in keplerianElements and missing", "give it or MEAN_ANOMALY") : null;
}
