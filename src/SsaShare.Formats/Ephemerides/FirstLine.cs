namespace SsaShare.Formats;

/// <summary>The first line of a file that is not blank.</summary>
internal static class FirstLine
{
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("\uFEFF"u8)) head = head[3..];
        head = head.TrimStart(" \t\r\n"u8);
        int end = head.IndexOfAny((byte)'\r', (byte)'\n');
        return end < 0 ? head : head[..end];
    }
}
