using System.Globalization;
using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>An event at its place in the log. The tree's leaf holds only a salted commitment to it, so that allies can witness without reading.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Salt">16 random bytes.</param>
/// <param name="Time">When it was appended. The nanoseconds are committed to, not a calendar: a newer table of leap seconds changes no hash.</param>
public sealed record LogEntry(long Index, LogEvent Event, ReadOnlyMemory<byte> Salt, Epoch Time)
{
    /// <summary>The commitment to kind, time (TAI nanoseconds since J2000, decimal) and body, with a newline after each of the first two: the bytes that the log's tree holds.</summary>
    public EntryCommitment Commitment
    {
        get
        {
            byte[] head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Event.Kind}\n{Time.NanosecondsSinceJ2000}\n"));
            byte[] content = new byte[head.Length + Event.Body.Length];
            head.CopyTo(content, 0);
            Event.Body.Span.CopyTo(content.AsSpan(head.Length));
            return EntryCommitment.Of(Salt.Span, content);
        }
    }

    /// <summary>RFC 6962 leaf hash over the <see cref="Commitment"/>.</summary>
    public Hash256 LeafHash => Commitment.LeafHash;
}
