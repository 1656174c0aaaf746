namespace SsaShare.Formats;

/// <summary>A state has a frame: 508.1-B-1 table 3-3.</summary>
internal sealed class RdmRules : NdmRules
{
    private bool _hasFrame;

    public override NdmFault? Field(NdmBlock block, NdmKeyword keyword, NdmEvent one)
    {
        _hasFrame |= keyword.Name == "REF_FRAME";
        return null;
    }

    public override NdmFault? Ended(NdmBlock block, bool hasRows, NdmEvent start)
        => block.Name == "stateVector" && !_hasFrame ? new NdmFault("REF_FRAME", "", "missing although there is a state", "add it to the metadata") : null;
}
