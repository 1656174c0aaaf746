using System.Buffers;
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
    /// <summary>Decimal digits and sign of a 64-bit number.</summary>
    private const int TimeLengthMax = 20;

    /// <summary>The commitment to kind, time (TAI nanoseconds since J2000, decimal) and body, with a newline after each of the first two: the bytes that the log's tree holds.</summary>
    public EntryCommitment Commitment
    {
        get
        {
            byte[] content = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(Event.Kind.Length) + TimeLengthMax + 2 + Event.Body.Length);
            int length = Encoding.UTF8.GetBytes(Event.Kind, content);
            content[length++] = (byte)'\n';
            Time.NanosecondsSinceJ2000.TryFormat(content.AsSpan(length), out int digits, provider: CultureInfo.InvariantCulture);
            length += digits;
            content[length++] = (byte)'\n';
            Event.Body.Span.CopyTo(content.AsSpan(length));
            var commitment = EntryCommitment.Of(Salt.Span, content.AsSpan(0, length + Event.Body.Length));
            ArrayPool<byte>.Shared.Return(content);
            return commitment;
        }
    }

    /// <summary>RFC 6962 leaf hash over the <see cref="Commitment"/>.</summary>
    public Hash256 LeafHash => Commitment.LeafHash;
}
