namespace SsaShare.Architecture.Tests.Sources;

/// <summary>One C# file under src/, line by line without its comments.</summary>
internal sealed record SourceFile(string Path, IReadOnlyList<string> Lines)
{
    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. Repository.FilesUnder("src", ".cs").Select(path =>
            new SourceFile(path, [.. Repository.Read(path).Split('\n').Select(WithoutComment)])),
    ];

    /// <summary>The lines that hold one of <paramref name="words"/>, as path:number.</summary>
    public IEnumerable<string> Where(params string[] words)
        => Lines.Index()
            .Where(line => words.Any(word => line.Item.Contains(word, StringComparison.Ordinal)))
            .Select(line => $"{Path}:{line.Index + 1}: {line.Item.Trim()}");

    /// <summary>A "//" inside a string only hides the rest of that line from these tests.</summary>
    private static string WithoutComment(string line)
    {
        int comment = line.IndexOf("//", StringComparison.Ordinal);
        return comment < 0 || (comment > 0 && line[comment - 1] == ':') ? line : line[..comment];
    }
}
