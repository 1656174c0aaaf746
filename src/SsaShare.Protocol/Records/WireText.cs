namespace SsaShare.Protocol;

/// <summary>Text from a peer that people will see and a database will store.</summary>
internal static class WireText
{
    /// <summary>Whether it is not too long and has no control character: those reach terminals, and the store takes no U+0000.</summary>
    public static bool IsShort(string text, int longest) => text.Length <= longest && !text.Any(char.IsControl);
}
