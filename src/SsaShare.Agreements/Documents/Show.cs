namespace SsaShare.Agreements;

/// <summary>Foreign text inside a message: shortened.</summary>
internal static class Show
{
    private const int LengthMax = 60;

    public static string Text(string text) => text.Length <= LengthMax ? text : string.Concat(text.AsSpan(0, LengthMax), "...");
}
