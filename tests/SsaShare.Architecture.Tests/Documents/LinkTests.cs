using System.Text.RegularExpressions;

namespace SsaShare.Architecture.Tests.Documents;

/// <summary>A link in a page leads somewhere, and every decision can be found from the index.</summary>
public sealed partial class LinkTests
{
    private const string Index = "docs/decisions/README.md";

    [Fact]
    public void Links_InAllPages_LeadToAFile()
        => Findings.None(Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(page => Targets(page).Where(target => !Path.Exists(Path.Combine(Repository.Root, target))).Select(target => $"{page} -> {target}")));

    [Fact]
    public void Decisions_AreAllListed()
        => Findings.None(Repository.FilesUnder("docs/decisions", ".md").Except(Targets(Index)).Except([Index]));

    /// <summary>The files that <paramref name="page"/> links to, relative to the root; links to other sites and inside the page are left out.</summary>
    private static IEnumerable<string> Targets(string page)
        => Link().Matches(Repository.Read(page))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains(':', StringComparison.Ordinal) && target[0] != '#')
            .Select(target => Path.GetRelativePath(Repository.Root,
                Path.GetFullPath(target.Split('#')[0], Path.Combine(Repository.Root, Path.GetDirectoryName(page)!))).Replace('\\', '/'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
