using System.Text;

namespace SsaShare.Formats;

/// <summary>The beginning of an XML document.</summary>
internal static class XmlHead
{
    /// <summary>As many bytes as are looked at.</summary>
    public const int Bytes = 256;

    private static readonly Encoding BigEndian32 = new UTF32Encoding(bigEndian: true, byteOrderMark: true);

    /// <summary>
    /// The encoding of a document in two or four bytes for each character, by its mark or its first character; that of one in UTF-8 which declares such an encoding, having
    /// been turned by whoever gave it. Null for any other: it is what it declares.
    /// </summary>
    public static Encoding? EncodingOf(ReadOnlySpan<byte> head)
    {
        if (head is [0, 0, 0xFE, 0xFF, ..] or [0, 0, 0, (byte)'<', ..]) return BigEndian32;
        if (head is [0xFF, 0xFE, 0, 0, ..] or [(byte)'<', 0, 0, 0, ..]) return Encoding.UTF32;
        if (head is [0xFE, 0xFF, ..] or [0, (byte)'<', ..]) return Encoding.BigEndianUnicode;
        if (head is [0xFF, 0xFE, ..] or [(byte)'<', 0, ..]) return Encoding.Unicode;
        return IsWide(head) ? Encoding.UTF8 : null;
    }

    /// <summary>The beginning of a document in UTF-8, whatever its encoding.</summary>
    public static ReadOnlySpan<byte> ToUtf8(ReadOnlySpan<byte> head)
        => EncodingOf(head) is { } encoding and not UTF8Encoding ? Encoding.UTF8.GetBytes(encoding.GetString(head)) : head;

    private static bool IsWide(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\uFEFF"u8)) head = head[3..];
        if (!head.StartsWith("<?xml"u8)) return false;
        int end = head.IndexOf("?>"u8);
        string declaration = Encoding.ASCII.GetString(end < 0 ? head : head[..end]);
        int at = declaration.IndexOf("encoding", StringComparison.Ordinal);
        if (at < 0) return false;
        string name = declaration[(at + 8)..].TrimStart(' ', '\t', '\r', '\n', '=', '"', '\'').ToUpperInvariant();
        string[] wide = ["UTF-16", "UTF-32", "UCS-", "ISO-10646-UCS"];
        return Array.Exists(wide, one => name.StartsWith(one, StringComparison.Ordinal));
    }
}
