namespace SsaShare.Architecture.Tests;

/// <summary>A rule's breaches, told in full: xunit shortens what a collection holds.</summary>
internal static class Findings
{
    public static void None(IEnumerable<string> found)
    {
        string[] all = [.. found];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }
}
