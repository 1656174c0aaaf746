namespace SsaShare.Cli.Tests.Formats;

/// <summary>The tables in docs/formats.md are those of the code.</summary>
public sealed class FormatTablesTests
{
    private const string Begin = "<!-- ssa formats tables -->", End = "<!-- end of tables -->";

    [Fact]
    public void Page_HasTheTablesOfTheCode()
    {
        string page = Path.Combine(Root(), "docs", "formats.md");
        string text = File.ReadAllText(page);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = text.IndexOf(End, StringComparison.Ordinal);
        Assert.InRange(begin, Begin.Length, end);
        string expected = $"\n{string.Join('\n', FormatTables.Lines())}\n";
        if (text[begin..end] == expected) return;
        string rewritten = Path.Combine(Root(), "artifacts", "formats.md");
        Directory.CreateDirectory(Path.GetDirectoryName(rewritten)!);
        File.WriteAllText(rewritten, text[..begin] + expected + text[end..]);
        Assert.Fail("docs/formats.md is behind src: cp artifacts/formats.md docs/formats.md");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SsaShare.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("No SsaShare.sln above the tests.");
    }
}
