namespace SsaShare.Formats;

/// <summary>Takes lines of KVN, which may stand for what another syntax says.</summary>
internal interface INdmLineParser : ILineParser
{
    /// <summary>A message ends here: in KVN nothing says so.</summary>
    void MessageEnded();

    /// <summary>Something that is no line of KVN: it costs what stands around it.</summary>
    void Fault(long number, string field, string value, string reason, string remedy);

    /// <summary>Something because of which the rest cannot be read.</summary>
    void Break(long number, string field, string value, string reason, string remedy);
}
