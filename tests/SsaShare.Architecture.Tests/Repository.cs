namespace SsaShare.Architecture.Tests;

/// <summary>The files that belong to the project, as paths relative to its root with '/' between folders.</summary>
internal static class Repository
{
    /// <summary>What .gitignore leaves out, and git's own folder.</summary>
    private static readonly HashSet<string> Foreign = ["bin", "obj", ".git", ".state", ".vs", ".vscode", "artifacts", "node_modules", "TestResults"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Select(Relative).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> FilesUnder(string folder, string extension)
        => Files.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal) && file.EndsWith(extension, StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SsaShare.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"No SsaShare.sln above {AppContext.BaseDirectory}.");
    }

    private static IEnumerable<string> Walk(string folder)
        => Directory.EnumerateFiles(folder)
            .Where(file => Path.GetFileName(file) != ".git")           // In a work tree .git is a file.
            .Concat(Directory.EnumerateDirectories(folder)
                .Where(below => !Foreign.Contains(Path.GetFileName(below)))
                .SelectMany(Walk));

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');
}
