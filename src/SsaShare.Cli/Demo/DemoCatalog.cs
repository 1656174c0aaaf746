using SsaShare.Protocol.Catalog.V1;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>Shows the catalog as each partner sees it, and what the sharing was worth.</summary>
internal static class DemoCatalog
{
    private const double FitDays = 2;

    public static CatalogService.CatalogServiceClient CatalogOf(this DemoPartner reader, DemoPartner fusion)
        => reader.CatalogClients.GetOrAdd(fusion.Id, _ => OperatorClient.To(fusion.Folder.CardFile, reader.Folder)).Catalog;

    public static async Task ShowAsync(DemoFederation federation, CancellationToken cancellationToken)
    {
        var answers = await federation.Progress.StepAsync("catalog composed for each reader from what it may see", async say =>
        {
            var all = new List<(DemoPartner Reader, IReadOnlyList<CatalogObject> Objects)>();
            foreach (var reader in federation.Readers)
            {
                say(reader.Id);
                all.Add((reader, (await reader.CatalogOf(federation.Fusion).ListObjectsAsync(new(), cancellationToken: cancellationToken)).Objects));
            }
            return all;
        });
        var first = answers[0];
        foreach (var one in first.Objects)
        {
            AnsiConsole.WriteLine();
            CatalogTables.Write(one);
            AnsiConsole.WriteLine($"This is {DemoObjects.Identify(federation.Folder, one)}.");
        }
        var unassociated = await first.Reader.CatalogOf(federation.Fusion).CountUnassociatedAsync(new(), cancellationToken: cancellationToken);
        AnsiConsole.WriteLine($"\n{unassociated.ObservationCount} observations are of no object in the catalog: no orbit explains them.");
        foreach (var (reader, objects) in answers)
        {
            AnsiConsole.MarkupLineInterpolated($"\n[bold]The catalog as {reader.Id} sees it[/]");
            AnsiConsole.Write(CatalogTables.Objects(objects));
        }
        await CheckAsync(federation, first.Reader, first.Objects, cancellationToken);
    }

    private static async Task CheckAsync(DemoFederation federation, DemoPartner reader, IReadOnlyList<CatalogObject> objects, CancellationToken cancellationToken)
    {
        foreach (var one in objects)
        {
            string[] fits = one.Contributions.Count > 1 ? ["", .. one.Contributions.Select(part => part.PartnerId)] : [""];
            foreach (string only in fits)
            {
                string name = only.Length == 0 ? one.Contributions.Count > 1 ? "all partners" : one.Contributions[0].PartnerId : $"{only} alone";
                AnsiConsole.MarkupLineInterpolated($"\n[bold]Prediction check of {one.Tags.FirstOrDefault() ?? one.ObjectId}[/]: first {FitDays} days of {name} fitted, the rest predicted");
                try
                {
                    CatalogTables.Write(await reader.CatalogOf(federation.Fusion).CheckPredictionAsync(
                        new() { Object = one.ObjectId, FitDays = FitDays, OnlyPartnerId = only }, cancellationToken: cancellationToken));
                }
                catch (Grpc.Core.RpcException e) when (e.StatusCode == Grpc.Core.StatusCode.FailedPrecondition)
                {
                    AnsiConsole.MarkupLineInterpolated($"  {e.Status.Detail}");
                }
            }
        }
    }
}
