namespace SsaShare.Node;

/// <summary>Who may ask for what is plain HTTP beside gRPC, by path prefix. A path that is not listed is closed.</summary>
public static class HttpPaths
{
    /// <summary>Largest body of a request that needs none, bytes.</summary>
    private const long NoBody = 0;

    private static readonly HttpPathRule[] Rules =
    [
        new("/log/", HttpAccess.PinnedUnlessPublic, NoBody),
        new("/witness/", HttpAccess.Anybody, Exchange.AddCheckpointRequest.BytesMax),
        // Files of any length, which are streamed.
        new("/api/v1/", HttpAccess.Operator, null),
    ];

    /// <summary>What the rules begin with.</summary>
    public static IEnumerable<string> Prefixes => Rules.Select(rule => rule.Prefix);

    /// <summary>The rule of a path; null where it is no such path. Case counts, and no prefix is part of another.</summary>
    public static HttpPathRule? Find(string path) => Array.Find(Rules, rule => path.StartsWith(rule.Prefix, StringComparison.Ordinal));
}

/// <summary>One rule.</summary>
/// <param name="Prefix">Begins and ends with a slash.</param>
/// <param name="Access">Who may ask.</param>
/// <param name="BodyBytesMax">Largest body of a request; a larger one is answered 413 when it is read. Null where there is no limit.</param>
public sealed record HttpPathRule(string Prefix, HttpAccess Access, long? BodyBytesMax)
{
    /// <summary>Whether callers that nobody knows are let in.</summary>
    /// <param name="options">What this node's operator has set.</param>
    public bool IsOpen(LogOptions options) => Access == HttpAccess.Anybody || (Access == HttpAccess.PinnedUnlessPublic && options.Public);
}

/// <summary>Who may ask for a path.</summary>
public enum HttpAccess
{
    /// <summary>Nodes, operators and auditors whose certificates are pinned.</summary>
    Pinned = 1,

    /// <summary>Those, or everybody where <see cref="LogOptions.Public"/> is set.</summary>
    PinnedUnlessPublic = 2,

    /// <summary>Everybody: what is sent carries its own proof of who sent it.</summary>
    Anybody = 3,

    /// <summary>This node's own operator.</summary>
    Operator = 4,
}
