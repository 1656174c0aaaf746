using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>ssa record correct, withdraw, recall</summary>
internal static class NoticeCommand
{
    /// <summary>Records named in one call.</summary>
    private const int RecordsInCall = 10_000;

    public static Command Create(string word, NoticeAction action, string description, string example)
    {
        var dir = NodeOptions.Dir();
        var records = new Argument<string[]>("RECORD") { Description = "Record ids, their first 8 or more digits, or PUBLICATION/INDEX.", Arity = ArgumentArity.ZeroOrMore };
        var file = new Option<FileInfo>("--file") { Description = "All records that were published from this file (TDM, OPM or OMM); what was not is left out and counted.", HelpName = "FILE" };
        var sensor = new Option<string>("--sensor") { Description = "All observations of this sensor.", HelpName = "SENSOR" };
        var since = SinceOption.Create("Only observations measured since then.");
        since.Required = false;
        var until = new Option<string>("--until") { Description = "Only observations measured before then. A UTC time, a day, or how long ago.", HelpName = "TIME" };
        var reason = new Option<string>("--reason") { Description = "For the people at those who have the records, at most 200 characters.", Required = true, HelpName = "TEXT" };
        var replacement = new Option<string>("--replacement") { Description = "The record that takes the place of the corrected one.", HelpName = "RECORD" };
        var command = new Command(word, $"{description}\n\nExample:\n  {example}") { records, file, sensor, since, until, reason, dir };
        if (action == NoticeAction.Correct) command.Add(replacement);
        command.Validators.Add(given =>
        {
            bool selects = given.GetResult(sensor) is not null || given.GetResult(since) is { Tokens.Count: > 0 } || given.GetResult(until) is not null;
            int ways = (given.GetValue(records) is { Length: > 0 } ? 1 : 0) + (given.GetResult(file) is not null ? 1 : 0) + (selects ? 1 : 0);
            if (ways != 1) given.AddError("Name records, or a file, or select by --sensor, --since and --until.");
        });
        return command.Does(async (parsed, cancellationToken) =>
        {
            var folder = parsed.Folder(dir);
            using var client = OperatorClient.ToOwnNode(folder);
            var request = new IssueNoticesRequest { Action = action, Reason = parsed.GetValue(reason), Replacement = action == NoticeAction.Correct ? parsed.GetValue(replacement) ?? "" : "" };
            IAsyncEnumerable<IssueNoticesRequest> requests;
            if (parsed.GetValue(file) is { } published)
            {
                var partner = PartnerId.Parse(OperatorClient.ReadCard(folder.CardFile).Card.PartnerId);
                // Lines that were refused when it was published were no records.
                request.SkipUnknown = true;
                requests = PublishedFile.ReadAsync(published, partner, cancellationToken).Chunk(RecordsInCall).Select(ids => Of(request, ids.Select(id => id.ToString())));
            }
            else if (parsed.GetValue(records) is { Length: > 0 } named) requests = new[] { Of(request, named) }.ToAsyncEnumerable();
            else
            {
                request.Observations = new ObservationSelection { SensorId = parsed.GetValue(sensor) ?? "" };
                if (parsed.GetResult(since) is { Tokens.Count: > 0 }) request.Observations.From = Utc.FromDateTime(parsed.GetValue(since)).ToWire();
                if (parsed.GetValue(until) is { } end) request.Observations.Until = Utc.FromDateTime(ReadUntil(end)).ToWire();
                requests = new[] { request }.ToAsyncEnumerable();
            }
            var (count, issued, skipped) = await ProgressLine.ShowAsync(word, tell => IssueAsync(client, requests, tell, cancellationToken));
            Console.WriteLine($"{count:N0} records, {issued:N0} new notices{(issued < count ? $"; {count - issued:N0} had been noticed before" : "")}{(skipped > 0 ? $"; {skipped:N0} of the file are not here" : "")}. Who has carried them out: ssa record notices");
            return count == 0 ? ExitCodes.NotFound : ExitCodes.Ok;
        });
    }

    private static async Task<(long Records, long Issued, long Skipped)> IssueAsync(OperatorClient client, IAsyncEnumerable<IssueNoticesRequest> requests, Action<string> tell, CancellationToken cancellationToken)
    {
        (long records, long issued, long skipped) = (0, 0, 0);
        await foreach (var request in requests.WithCancellation(cancellationToken))
        {
            (long inCall, long issuedInCall, long skippedInCall) = (0, 0, 0);
            using var call = client.Admin.IssueNotices(request, cancellationToken: cancellationToken);
            while (await call.ResponseStream.MoveNext(cancellationToken))
            {
                (inCall, issuedInCall, skippedInCall) = (call.ResponseStream.Current.RecordCount, call.ResponseStream.Current.IssuedCount, call.ResponseStream.Current.SkippedCount);
                if (inCall > 0) tell($"{records + inCall:N0} records, {issued + issuedInCall:N0} notices");
            }
            (records, issued, skipped) = (records + inCall, issued + issuedInCall, skipped + skippedInCall);
        }
        return (records, issued, skipped);
    }

    private static IssueNoticesRequest Of(IssueNoticesRequest request, IEnumerable<string> records)
    {
        var one = request.Clone();
        one.Records.AddRange(records);
        return one;
    }

    private static DateTimeOffset ReadUntil(string text)
        => SinceOption.TryParse(text, TimeProvider.System.GetUtcNow(), out var until) ? until : throw new FormatException($"--until is '{text}'; expected a UTC time, a day, or how long ago.");
}
