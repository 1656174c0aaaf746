namespace SsaShare.Formats;

/// <summary>The rules of one kind of message that look at more than one keyword. One instance for each message; used by one thread at a time.</summary>
internal abstract class NdmRules
{
    /// <returns>Null where the tables say it all.</returns>
    public static NdmRules? For(NdmMessage message, string version) => message.Name switch
    {
        "tdm" => new TdmRules(),
        "oem" => new OemRules(),
        "omm" => new OmmRules(version),
        "opm" => new OpmRules(version),
        "ocm" => new OcmRules(),
        "cdm" => new CdmRules(version),
        "rdm" => new RdmRules(),
        _ => null,
    };

    public virtual void Started(NdmBlock block)
    {
    }

    public virtual NdmFault? Field(NdmBlock block, NdmKeyword keyword, NdmEvent one) => null;

    /// <summary>The first row of a block is there: its keywords are complete.</summary>
    public virtual NdmFault? Opened(NdmBlock block, NdmEvent start) => null;

    public virtual NdmFault? Row(NdmBlock block, NdmEvent one) => null;

    /// <summary>A block ends, or the message where it is its outermost.</summary>
    public virtual NdmFault? Ended(NdmBlock block, bool hasRows, NdmEvent start) => null;
}
