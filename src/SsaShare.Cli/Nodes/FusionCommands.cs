using System.CommandLine;
using SsaShare.FusionService;

namespace SsaShare.Cli;

/// <summary>ssa fusion ...</summary>
internal static class FusionCommands
{
    public static Command Create() => new("fusion", "Run the fusion service.") { Run() };

    private static Command Run()
    {
        var dir = NodeOptions.Dir();
        return new Command("run", "Run a node that also fuses what it is granted and serves the catalog.\n\nExample:\n  ssa fusion run --dir fusion") { dir }
            .Does((parsed, cancellationToken) => HostRunner.RunAsync(token => FusionHost.BuildAsync(parsed.Folder(dir), Passphrases.ForHost(parsed.Folder(dir)), token), cancellationToken));
    }
}
