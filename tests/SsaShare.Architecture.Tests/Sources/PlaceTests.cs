using System.Text;

namespace SsaShare.Architecture.Tests.Sources;

/// <summary>Nothing in the tree knows the machine it was written on or the registry a machine takes its packages from.</summary>
public sealed class PlaceTests
{
    /// <summary>Put together from pieces, so that this file does not hold them.</summary>
    private static readonly string[] Places =
    [
        .. new[] { "nuget|org", "npmjs|org", "npmjs|com", "yarnpkg|com", "pypi|org", "pythonhosted|org", "deb.debian|org", "security.debian|org",
            "crates|io", "proxy.golang|org", "pkgs.dev.azure|com" }.Select(host => host.Replace('|', '.')),
        .. new[] { "work|main", "work|shared", "tmp|w|", "tmp|brief", "root|", "home|", "Users|" }.Select(path => "/" + path.Replace('|', '/')),
    ];

    [Fact]
    public void Files_NameNoRegistryAndNoPathOfAMachine()
        => Findings.None(Repository.Files.SelectMany(Found));

    private static IEnumerable<string> Found(string file)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(Repository.Root, file));
        if (bytes.AsSpan().Contains((byte)0))
        {
            return [];                                   // Not a text.
        }

        return Encoding.UTF8.GetString(bytes).Split('\n').Index()
            .Where(line => Places.Any(place => line.Item.Contains(place, StringComparison.Ordinal)))
            .Select(line => $"{file}:{line.Index + 1}: {line.Item.Trim()}");
    }
}
