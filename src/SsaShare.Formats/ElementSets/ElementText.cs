using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SsaShare.Formats;

/// <summary>Texts of element sets.</summary>
internal static class ElementText
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <returns>False when the bytes are not UTF-8 or hold control characters.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (bytes.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0)
        {
            text = Encoding.ASCII.GetString(bytes);
            return true;
        }
        if (!System.Text.Unicode.Utf8.IsValid(bytes)) return false;
        string found = Strict.GetString(bytes);
        if (!IsPrintable(found)) return false;
        text = found;
        return true;
    }

    /// <summary>Without control characters, or not there.</summary>
    public static bool IsPrintable(string? text)
    {
        foreach (char c in text.AsSpan())
            if (char.IsControl(c)) return false;
        return true;
    }
}
