using System.CommandLine;
using SsaShare.Storage;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>ssa demo</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var keep = new Option<bool>("--keep") { Description = "Stay up afterwards, until Ctrl-C, and say what to try." };
        return new Command("demo",
            "Run three partners' nodes and a fusion service on this machine, exchange real radar observations under signed agreements, fuse them, and verify every log.\n\nExamples:\n  ssa demo\n  ssa demo --keep\n  ssa demo reset") { keep, Reset() }
            .Does((parsed, cancellationToken) => RunAsync(DemoFolder.Find(), parsed.GetValue(keep), cancellationToken));
    }

    private static Command Reset()
        => new Command("reset", "Stop what a demo left running and remove all that it made.\n\nExample:\n  ssa demo reset")
            .Does(async (_, cancellationToken) =>
            {
                var folder = DemoFolder.Find();
                if (!Directory.Exists(folder.Path))
                {
                    Console.Error.WriteLine("There is no demo to remove.");
                    return ExitCodes.Ok;
                }
                await DemoFederation.RemoveAsync(folder, cancellationToken);
                Console.Error.WriteLine($"Removed {folder.Path}.");
                return ExitCodes.Ok;
            });

    private static async Task<int> RunAsync(DemoFolder folder, bool keep, CancellationToken cancellationToken)
    {
        var progress = new DemoProgress();
        await using var federation = await DemoFederation.StartAsync(folder, progress, cancellationToken);
        await federation.AgreeAsync(cancellationToken);
        await federation.PublishAsync(cancellationToken);
        await federation.WaitForExchangeAsync(cancellationToken);
        await federation.WaitForFusionAsync(cancellationToken);
        await DemoCatalog.ShowAsync(federation, cancellationToken);
        bool verified = await DemoAudit.VerifyAsync(federation, cancellationToken);
        AnsiConsole.MarkupLineInterpolated($"\nWhole demo: [bold]{progress.Elapsed.TotalSeconds:0.0} s[/].");
        if (keep) await StayAsync(federation, cancellationToken);
        return verified ? ExitCodes.Ok : ExitCodes.VerificationFailed;
    }

    private static async Task StayAsync(DemoFederation federation, CancellationToken cancellationToken)
    {
        string folder = Path.GetRelativePath(Environment.CurrentDirectory, federation.Folder.Path);
        Console.WriteLine($"""

            The federation stays up until Ctrl-C. In another terminal, try:
              ./ssa catalog show 81900 --dir {folder}/atlantic --at {folder}/fusion/node-card.json
              ./ssa catalog show 81900 --dir {folder}/pacific --at {folder}/fusion/node-card.json      (sees less: its agreements grant less)
              ./ssa node status --dir {folder}/caribbean
              ./ssa audit export --dir {folder}/atlantic --out {folder}/atlantic.evidence && ./ssa audit verify {folder}/atlantic.evidence --card {folder}/*/node-card.json
            """);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopping.");
        }
    }
}
