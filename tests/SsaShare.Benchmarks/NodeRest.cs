using SsaShare.Storage;

namespace SsaShare.Benchmarks;

/// <summary>Memory of a real node process that has nothing to do: resident set, after it has been ready and idle for a while.</summary>
internal static class NodeRest
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    /// <returns>Megabytes (1e6 bytes) resident.</returns>
    public static async Task<double> MeasureMegabytesAsync(PrivateCluster cluster, string folder)
    {
        string directory = Path.Combine(folder, "node");
        await BenchNode.InitAsync(directory, await cluster.CreateDatabaseAsync("rest"));
        try
        {
            await using var node = await BenchNode.StartAsync(directory);
            await Task.Delay(Rest);
            return node.ReadMegabytes("VmRSS");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
