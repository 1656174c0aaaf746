using System.Globalization;
using System.Text;

namespace SsaShare.Storage;

/// <summary>
/// The server processes of one cluster as /proc shows them. Command lines are readable by everyone, also where a container forbids
/// root to look at another user's process more closely.
/// </summary>
internal static class RunningServers
{
    /// <summary>Process ids of the postmaster and its children: told apart from any other by data folder or cluster name.</summary>
    public static IReadOnlyList<int> Of(ClusterFolders folders)
    {
        var found = new List<int>();
        foreach (string path in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && IsOf(folders, CommandLine(path))) found.Add(pid);
        return found;
    }

    /// <summary>
    /// Removes the pid file of a server that no longer runs. PostgreSQL does so too, but not where its old process id was given to
    /// another process of the same user, as happens when a container starts again.
    /// </summary>
    /// <remarks>Call only while no process of the cluster runs and nobody can start one.</remarks>
    public static void RemoveStalePidFile(ClusterFolders folders)
    {
        if (File.Exists(folders.PidFile)) File.Delete(folders.PidFile);
    }

    private static bool IsOf(ClusterFolders folders, string[] words)
        => words is [var first, ..]
            && (first.StartsWith($"postgres: {folders.ClusterName}: ", StringComparison.Ordinal)
                || (Path.GetFileName(first) == "postgres" && words.Contains(folders.Data)));

    private static string[] CommandLine(string process)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(process, "cmdline"))).Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];   // Ended meanwhile, or hidden from us and so not of our user.
        }
    }
}
