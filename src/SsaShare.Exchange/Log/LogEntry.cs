using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>An event at its place in the log. The tree's leaf holds only a salted commitment to it, so that allies can witness without reading.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Salt">16 random bytes.</param>
/// <param name="Time">When it was appended.</param>
public sealed record LogEntry(long Index, LogEvent Event, ReadOnlyMemory<byte> Salt, Epoch Time)
{
    /// <summary>RFC 6962 leaf hash over the commitment to kind, time and body.</summary>
    public Hash256 LeafHash
    {
        get
        {
            byte[] head = Encoding.UTF8.GetBytes($"{Event.Kind}\n{Time}\n");
            byte[] content = new byte[head.Length + Event.Body.Length];
            head.CopyTo(content, 0);
            Event.Body.Span.CopyTo(content.AsSpan(head.Length));
            return EntryCommitment.Of(Salt.Span, content).LeafHash;
        }
    }
}
