using System.CommandLine;
using Google.Protobuf;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>ssa quarantine ...</summary>
internal static class QuarantineCommands
{
    private const int PageSize = 1_000;

    public static Command Create() => new("quarantine", "Look at what was refused when it was to be published, and publish it after all.") { List(), Show(), Mend(), Replay(), Dismiss() };

    private static Command List()
    {
        var dir = NodeOptions.Dir();
        var state = new Option<string>("--state") { Description = "open, mended, dismissed or all.", DefaultValueFactory = _ => "open" };
        state.AcceptOnlyFromAmong("open", "mended", "dismissed", "all");
        var count = new Option<int>("--count", "-n") { Description = "How many, the newest first; 0 lists all.", DefaultValueFactory = _ => 100 };
        return new Command("list", "List what was refused: where it stood and why.\n\nExamples:\n  ssa quarantine list --dir atlantic\n  ssa quarantine list --state all --count 0 --dir atlantic") { state, count, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                int left = parsed.GetValue(count) > 0 ? parsed.GetValue(count) : int.MaxValue;
                var request = new ListQuarantineRequest { State = parsed.GetValue(state) == "all" ? QuarantineState.Unspecified : Enum.Parse<QuarantineState>(parsed.GetValue(state)!, ignoreCase: true) };
                ListQuarantineResponse page;
                do
                {
                    request.PageSize = Math.Min(left, PageSize);
                    page = await client.Admin.ListQuarantineAsync(request, cancellationToken: cancellationToken);
                    foreach (string line in page.Entries.SelectMany(QuarantineText.Summary)) Console.WriteLine(line);
                    left -= page.Entries.Count;
                    request.PageToken = page.NextPageToken;
                }
                while (left > 0 && request.PageToken.Length > 0);
                Console.Error.WriteLine(QuarantineText.Totals(page));
                return ExitCodes.Ok;
            });
    }

    private static Command Show()
    {
        var dir = NodeOptions.Dir();
        var entry = Entry();
        var text = new Option<bool>("--text") { Description = "Write the refused lines and nothing else, byte for byte, to be mended in an editor." };
        return new Command("show", "Show one refused part: where it stood, why it was refused, and its lines.\n\nExamples:\n  ssa quarantine show 5b20de11 --dir atlantic\n  ssa quarantine show 5b20de11 --text --dir atlantic") { entry, text, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                var answer = await client.Admin.GetQuarantineEntryAsync(new() { Entry = parsed.GetValue(entry) }, deadline: Deadlines.Soon, cancellationToken: cancellationToken);
                if (parsed.GetValue(text))
                {
                    await using var output = Console.OpenStandardOutput();
                    await output.WriteAsync(answer.Text.Memory, cancellationToken);
                }
                else
                    foreach (string line in QuarantineText.Whole(answer)) Console.WriteLine(line);
                return ExitCodes.Ok;
            });
    }

    private static Command Mend()
    {
        var dir = NodeOptions.Dir();
        var entry = Entry();
        var file = new Option<string>("--file", "-f") { Description = "The mended lines, which take the place of those that 'ssa quarantine show' shows; '-' reads standard input.", Required = true, HelpName = "FILE" };
        return new Command("mend", "Publish a refused part with other lines in its place, under the label that its file had. Unless all of them are taken nothing is published.\n\nExamples:\n  ssa quarantine mend 5b20de11 --file mended.tdm --dir atlantic\n  ssa quarantine mend 5b20de11 --file - --dir atlantic") { entry, file, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                string from = parsed.GetValue(file)!;
                await using var stream = from == "-" ? Console.OpenStandardInput() : File.OpenRead(from);
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                var answer = await client.Admin.MendQuarantineEntryAsync(new() { Entry = parsed.GetValue(entry), Text = await ByteString.FromStreamAsync(stream, cancellationToken) }, cancellationToken: cancellationToken);
                foreach (var issue in answer.Issues) Console.Error.WriteLine(PublishCommand.Line(issue));
                if (answer.Outcome is not { } outcome)
                {
                    Console.Error.WriteLine("Nothing was published; the entry stays open.");
                    return ExitCodes.Failure;
                }
                Console.WriteLine($"{outcome.Progress.AcceptedCount:N0} published, {outcome.Progress.DuplicateCount:N0} known already");
                return ExitCodes.Ok;
            });
    }

    private static Command Replay()
    {
        var dir = NodeOptions.Dir();
        var entry = new Argument<string>("ENTRY") { Description = "An entry's id, or its first 8 or more digits. Default: all whose reasons may have gone.", Arity = ArgumentArity.ZeroOrOne };
        return new Command("replay", "Try what was refused again as it is, where the reason may have gone: a sensor has been described since, or an epoch has come.\n\nExamples:\n  ssa quarantine replay --dir atlantic\n  ssa quarantine replay 5b20de11 --dir atlantic") { entry, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                using var call = client.Admin.ReplayQuarantine(new() { Entry = parsed.GetValue(entry) ?? "" }, cancellationToken: cancellationToken);
                var sum = await ProgressLine.ShowAsync("replay", async tell =>
                {
                    var last = new ReplayQuarantineResponse();
                    while (await call.ResponseStream.MoveNext(cancellationToken))
                    {
                        last = call.ResponseStream.Current;
                        if (last.TriedCount > 0) tell($"{last.TriedCount:N0} entries, {last.AcceptedCount:N0} records");
                    }
                    return last;
                });
                Console.WriteLine($"{sum.TriedCount:N0} tried, {sum.ClosedCount:N0} taken: {sum.AcceptedCount:N0} published, {sum.DuplicateCount:N0} known already; {sum.TriedCount - sum.ClosedCount:N0} still refused");
                return sum.TriedCount == sum.ClosedCount ? ExitCodes.Ok : ExitCodes.Failure;
            });
    }

    private static Command Dismiss()
    {
        var dir = NodeOptions.Dir();
        var entries = new Argument<string[]>("ENTRY") { Description = "Ids of entries, or their first 8 or more digits.", Arity = ArgumentArity.OneOrMore };
        var reason = new Option<string>("--reason") { Description = "Why, for whoever looks later.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        return new Command("dismiss", "Say that refused parts are not wanted. They stay listed as dismissed until room is needed, and do not come up again when the same file comes again.\n\nExample:\n  ssa quarantine dismiss 5b20de11 9f31c07a --reason \"calibration run\" --dir atlantic") { entries, reason, dir }
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = OperatorClient.ToOwnNode(parsed.Folder(dir));
                foreach (string entry in parsed.GetValue(entries)!)
                    await client.Admin.DismissQuarantineEntryAsync(new() { Entry = entry, Reason = parsed.GetValue(reason)! }, deadline: Deadlines.Soon, cancellationToken: cancellationToken);
                return ExitCodes.Ok;
            });
    }

    private static Argument<string> Entry() => new("ENTRY") { Description = "The entry's id, or its first 8 or more digits, as 'ssa quarantine list' shows them." };
}
