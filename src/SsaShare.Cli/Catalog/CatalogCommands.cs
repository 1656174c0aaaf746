using System.CommandLine;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>ssa catalog ...</summary>
internal static class CatalogCommands
{
    public static Command Create() => new("catalog", "Ask a fusion service what it knows, as this node's operator.") { List(), Show(), Check(), ConjunctionCommands.List(), ConjunctionCommands.Show() };

    internal static Option<FileInfo> At() => new("--at") { Description = "The fusion service's node card.", Required = true, HelpName = "CARD" };

    private static Command List()
    {
        var (dir, at) = (NodeOptions.Dir(), At());
        return new Command("list", "List the objects of which you may see something.\n\nExample:\n  ssa catalog list --dir atlantic --at fusion/node-card.json") { dir, at }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.To(parsed.GetValue(at)!.FullName, parsed.Folder(dir));
                var status = await client.Catalog.GetCatalogStatusAsync(new(), cancellationToken: cancellationToken);
                if (status.PendingRecordCount > 0) Console.Error.WriteLine($"{status.PendingRecordCount} records are being worked in and are not in this answer yet.");
                string token = "";
                do
                {
                    var page = await client.Catalog.ListObjectsAsync(new() { PageToken = token }, cancellationToken: cancellationToken);
                    AnsiConsole.Write(CatalogTables.Objects(page.Objects));
                    token = page.NextPageToken;
                }
                while (token.Length > 0);
                return ExitCodes.Ok;
            });
    }

    private static Command Show()
    {
        var (dir, at) = (NodeOptions.Dir(), At());
        var name = new Argument<string>("OBJECT") { Description = "Object id, or a tag such as 81900." };
        return new Command("show", "Show one object: state, covariance, contributions, residuals by sensor.\n\nExample:\n  ssa catalog show 81900 --dir atlantic --at fusion/node-card.json") { name, dir, at }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.To(parsed.GetValue(at)!.FullName, parsed.Folder(dir));
                var answer = await client.Catalog.GetObjectAsync(new() { Object = parsed.GetValue(name)! }, cancellationToken: cancellationToken);
                CatalogTables.Write(answer.Object);
                return ExitCodes.Ok;
            });
    }

    private static Command Check()
    {
        var (dir, at) = (NodeOptions.Dir(), At());
        var name = new Argument<string>("OBJECT") { Description = "Object id, or a tag such as 81900." };
        var days = new Option<double>("--fit-days") { Description = "Days to fit, from the first observation; what comes after is predicted.", DefaultValueFactory = _ => 2 };
        var only = new Option<string>("--only") { Description = "Fit this partner's observations alone.", HelpName = "PARTNER" };
        return new Command("check", "Fit the first days, predict the rest, and show how far off the prediction was.\n\nExample:\n  ssa catalog check 81900 --fit-days 2 --dir atlantic --at fusion/node-card.json") { name, days, only, dir, at }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.To(parsed.GetValue(at)!.FullName, parsed.Folder(dir));
                var answer = await client.Catalog.CheckPredictionAsync(
                    new() { Object = parsed.GetValue(name)!, FitDays = parsed.GetValue(days), OnlyPartnerId = parsed.GetValue(only) ?? "" }, cancellationToken: cancellationToken);
                CatalogTables.Write(answer);
                return ExitCodes.Ok;
            });
    }
}
