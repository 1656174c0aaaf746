using System.CommandLine;
using System.Globalization;
using Google.Protobuf;
using SsaShare.Domain;
using SsaShare.Protocol;
using SsaShare.Protocol.Catalog.V1;
using Spectre.Console;

namespace SsaShare.Cli;

/// <summary>ssa catalog conjunctions, ssa catalog conjunction.</summary>
internal static class ConjunctionCommands
{
    private static readonly JsonFormatter Json = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithFormatDefaultValues(true));

    public static Command List()
    {
        var (dir, at, to) = (NodeOptions.Dir(), CatalogCommands.At(), To());
        var named = new Option<string>("--object") { Description = "Only approaches of this object: a tag such as 25544, or an object's id.", HelpName = "ID" };
        var probability = new Option<double>("--min-pc") { Description = "Only approaches at least this probable, 0 to 1.", HelpName = "P" };
        var past = new Option<bool>("--past") { Description = "Also approaches that the newest orbits no longer have." };
        probability.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 1)) result.AddError("--min-pc must be 0 to 1.");
        });
        return new Command("conjunctions", "List the close approaches that you may know of, in order of time.\n\nExample:\n  ssa catalog conjunctions --min-pc 1e-5 --dir atlantic --at fusion/node-card.json\n  ssa catalog conjunctions --object 25544 --to json --dir atlantic --at fusion/node-card.json")
            { named, probability, past, to, dir, at }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.To(parsed.GetValue(at)!.FullName, parsed.Folder(dir));
                bool isJson = parsed.GetValue(to) == "json";
                var status = await client.Conjunctions.GetScreeningStatusAsync(new(), cancellationToken: cancellationToken);
                Console.Error.WriteLine(ConjunctionTables.Status(status));
                var request = new ListConjunctionsRequest { Filter = new ConjunctionFilter { Object = parsed.GetValue(named) ?? "", MinProbability = parsed.GetValue(probability), IncludesPast = parsed.GetValue(past) } };
                bool isFirst = true;
                if (isJson) Console.Write("[");
                do
                {
                    var page = await client.Conjunctions.ListConjunctionsAsync(request, cancellationToken: cancellationToken);
                    if (!isJson) AnsiConsole.Write(ConjunctionTables.Of(page.Conjunctions));
                    else
                        foreach (var one in page.Conjunctions)
                        {
                            Console.Write($"{(isFirst ? "" : ",")}\n{Json.Format(one)}");
                            isFirst = false;
                        }
                    request.PageToken = page.NextPageToken;
                }
                while (request.PageToken.Length > 0);
                if (isJson) Console.WriteLine("\n]");
                return ExitCodes.Ok;
            });
    }

    public static Command Show()
    {
        var (dir, at, to) = (NodeOptions.Dir(), CatalogCommands.At(), To());
        var id = new Argument<string>("ID") { Description = "A conjunction's id, or its first 8 or more digits." };
        return new Command("conjunction", "Show one close approach: both orbits with what they rest on, the probability and how it was found, and how it evolved.\n\nExample:\n  ssa catalog conjunction 4f2a90c1 --dir atlantic --at fusion/node-card.json") { id, to, dir, at }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.To(parsed.GetValue(at)!.FullName, parsed.Folder(dir));
                var answer = await client.Conjunctions.GetConjunctionAsync(new() { ConjunctionId = parsed.GetValue(id)! }, cancellationToken: cancellationToken);
                if (parsed.GetValue(to) == "json") Console.WriteLine(Json.Format(answer));
                else ConjunctionTables.Write(answer);
                return ExitCodes.Ok;
            });
    }

    private static Option<string> To()
    {
        var to = new Option<string>("--to") { Description = "What to write: table or json.", HelpName = "FORM", DefaultValueFactory = _ => "table" };
        to.AcceptOnlyFromAmong("table", "json");
        return to;
    }
}
