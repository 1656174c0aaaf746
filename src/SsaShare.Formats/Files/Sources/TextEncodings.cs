using System.Text;

namespace SsaShare.Formats;

/// <summary>How the characters of a file are written.</summary>
/// <param name="Name">For people.</param>
/// <param name="Encoding">Null for UTF-8 and what is near it, which need no conversion.</param>
/// <param name="MarkBytes">Length of the byte order mark.</param>
/// <param name="IsXml">XML tells its encoding itself, and its parser decodes it.</param>
internal readonly record struct TextForm(string Name, Encoding? Encoding, int MarkBytes, bool IsXml);

/// <summary>Tells encodings by the first bytes: by a byte order mark, else by where the zeros of the first character are (XML 1.0, appendix F, which works for text just as well).</summary>
internal static class TextEncodings
{
    private static readonly Encoding Utf16Little = new UnicodeEncoding(false, false, true), Utf16Big = new UnicodeEncoding(true, false, true);
    private static readonly Encoding Utf32Little = new UTF32Encoding(false, false, true), Utf32Big = new UTF32Encoding(true, false, true);

    public static TextForm Of(ReadOnlySpan<byte> head)
    {
        var form = head switch
        {
            [0xEF, 0xBB, 0xBF, ..] => new TextForm("UTF-8", null, 3, false),
            [0xFF, 0xFE, 0, 0, ..] => new TextForm("UTF-32LE", Utf32Little, 4, false),
            [0, 0, 0xFE, 0xFF, ..] => new TextForm("UTF-32BE", Utf32Big, 4, false),
            [0xFF, 0xFE, ..] => new TextForm("UTF-16LE", Utf16Little, 2, false),
            [0xFE, 0xFF, ..] => new TextForm("UTF-16BE", Utf16Big, 2, false),
            [not 0, 0, 0, 0, ..] => new TextForm("UTF-32LE", Utf32Little, 0, false),
            [0, 0, 0, not 0, ..] => new TextForm("UTF-32BE", Utf32Big, 0, false),
            [not 0, 0, not 0, 0, ..] or [not 0, 0] => new TextForm("UTF-16LE", Utf16Little, 0, false),
            [0, not 0, 0, not 0, ..] or [0, not 0] => new TextForm("UTF-16BE", Utf16Big, 0, false),
            _ => new TextForm("UTF-8", null, 0, false),
        };
        return form with { IsXml = ToUtf8(head, form, head.Length).AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'<', ..] };
    }

    /// <summary>Whether lines end with CR alone, which those of CCSDS messages may and old programs write: the first bytes have CR and no LF. The last may be half of a CR LF.</summary>
    public static bool EndsLinesWithCr(ReadOnlySpan<byte> head, TextForm form)
    {
        var text = ToUtf8(head, form, FileFormat.HeadBytes).AsSpan();
        return !text.Contains((byte)'\n') && text.IndexOf((byte)'\r') is var first and >= 0 && (first < text.Length - 1 || head.Length < FileFormat.HeadBytes);
    }

    /// <summary>The first bytes as readers of text see them.</summary>
    public static byte[] ToUtf8(ReadOnlySpan<byte> head, TextForm form, int longest)
    {
        head = head[form.MarkBytes..];
        if (form.Encoding is null) return head[..Math.Min(head.Length, longest)].ToArray();
        // A head may end within a character: what is left of it is of no use.
        byte[] bytes = Encoding.UTF8.GetBytes(Encoding.GetEncoding(form.Encoding.CodePage).GetString(head));
        return bytes.Length <= longest ? bytes : bytes[..longest];
    }
}
