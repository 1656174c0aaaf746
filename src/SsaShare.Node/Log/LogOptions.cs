namespace SsaShare.Node;

/// <summary>How this node's log is shown.</summary>
public sealed class LogOptions
{
    /// <summary>Whether anybody may read checkpoint, tiles and bundles over HTTPS; the log holds salted commitments only. Default false: whoever is pinned.</summary>
    public bool Public { get; set; }
}
