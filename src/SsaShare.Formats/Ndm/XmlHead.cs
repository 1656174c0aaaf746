using System.Text;

namespace SsaShare.Formats;

/// <summary>The beginning of an XML document.</summary>
internal static class XmlHead
{
    /// <summary>As many bytes as are looked at.</summary>
    public const int Bytes = 256;

    /// <summary>Whether the document is in UTF-8 although it declares an encoding of two or four bytes for each character.</summary>
    public static bool IsTranscoded(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\uFEFF"u8)) head = head[3..];
        if (!head.StartsWith("<?xml"u8)) return false;
        int end = head.IndexOf("?>"u8);
        string declaration = Encoding.ASCII.GetString(end < 0 ? head : head[..end]);
        int at = declaration.IndexOf("encoding", StringComparison.Ordinal);
        if (at < 0) return false;
        string name = declaration[(at + 8)..].TrimStart(' ', '\t', '\r', '\n', '=', '"', '\'').ToUpperInvariant();
        return name.StartsWith("UTF-16", StringComparison.Ordinal) || name.StartsWith("UTF-32", StringComparison.Ordinal) || name.StartsWith("UCS-", StringComparison.Ordinal)
            || name.StartsWith("ISO-10646-UCS", StringComparison.Ordinal);
    }
}
