using SsaShare.Peering;

namespace SsaShare.Cli;

/// <summary>Where the demo keeps everything, and where its input is.</summary>
/// <param name="Path">State: removed by 'ssa demo reset'.</param>
/// <param name="Seeds">The repository's seeds folder.</param>
internal sealed record DemoFolder(string Path, string Seeds)
{
    public string Cluster => In("postgres");
    public string LockFile => In("demo.lock");

    public NodeFolder Node(string partner) => new(In(partner));
    public string LogFile(string partner) => In($"{partner}.log");
    public string Evidence(string partner) => In($"{partner}.evidence");

    /// <summary>SSA_STATE or .state beside the seeds; seeds are looked for from the program's folder upwards.</summary>
    /// <exception cref="DirectoryNotFoundException">No seeds folder.</exception>
    public static DemoFolder Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string seeds = System.IO.Path.Combine(folder.FullName, "seeds");
            if (!File.Exists(System.IO.Path.Combine(seeds, "partners", "fusion.json"))) continue;
            string state = Environment.GetEnvironmentVariable("SSA_STATE") is { Length: > 0 } given ? given : System.IO.Path.Combine(folder.FullName, ".state");
            return new DemoFolder(System.IO.Path.Combine(System.IO.Path.GetFullPath(state), "demo"), seeds);
        }
        throw new DirectoryNotFoundException("The demo's seeds were not found above the program's folder: run ./ssa demo from a clone of the repository.");
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
