using System.Text.Json;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Node;

/// <summary>Log entries that are not signed documents: JSON with the facts.</summary>
internal static class LogEvents
{
    public static LogEvent Refusal(PartnerId peer, string what, string reason)
        => new(LogKinds.Refusal, JsonSerializer.SerializeToUtf8Bytes(new { peer = peer.Value, what, reason }));
}
