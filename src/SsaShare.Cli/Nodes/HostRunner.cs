using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using SsaShare.Node;

namespace SsaShare.Cli;

/// <summary>Runs a host until it is told to stop by SIGINT or SIGTERM.</summary>
internal static class HostRunner
{
    public static async Task<int> RunAsync(Func<CancellationToken, Task<NodeApplication>> build, CancellationToken cancellationToken)
    {
        await using var node = await build(cancellationToken);
        await node.App.StartAsync(cancellationToken);
        // Who started this process waits for this line.
        Console.Error.WriteLine("ready");
        if (Environment.GetEnvironmentVariable("SSA_STOP_ON_STDIN_END") == "1") _ = StopWithParentAsync(node.App);
        await node.App.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Ok;
    }

    /// <summary>Standard input ends when the process that started this one does, however it does.</summary>
    private static async Task StopWithParentAsync(WebApplication host)
    {
        using var input = Console.OpenStandardInput();
        byte[] ignored = new byte[64];
        while (await input.ReadAsync(ignored) > 0)
        {
        }
        await host.StopAsync();
    }
}
