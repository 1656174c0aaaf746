using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>What each kind of signed document is signed as; its payload's member "type" says the same.</summary>
public static class DocumentContexts
{
    public static ContextLabel Publication { get; } = new("publication", 1);
    public static ContextLabel Manifest { get; } = new("manifest", 1);
    public static ContextLabel Receipt { get; } = new("receipt", 1);
    public static ContextLabel Notice { get; } = new("notice", 1);
    public static ContextLabel NoticeReceipt { get; } = new("notice-receipt", 1);
    public static ContextLabel Deletion { get; } = new("deletion", 1);
    public static ContextLabel Transition { get; } = new("agreement-transition", 1);
    public static ContextLabel Degraded { get; } = new("degraded", 1);
    public static ContextLabel Denial { get; } = new("denial", 1);
}
