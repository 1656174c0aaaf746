using System.CommandLine;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SsaShare.Domain;
using SsaShare.Protocol.Audit.V1;

namespace SsaShare.Cli;

/// <summary>ssa audit search</summary>
internal static class SearchCommand
{
    private const int PageMax = 1_000;

    public static Command Create()
    {
        var node = new AuditedNodeOptions();
        var record = new Option<string>("--record") { Description = "About one record: its id, the first 8 or more digits, or PUBLICATION/INDEX.", HelpName = "ID" };
        var objectTag = new Option<string>("--object") { Description = "About records with this tag of their originator.", HelpName = "TAG" };
        var peer = new Option<string>("--peer") { Description = "Concerning this partner.", HelpName = "PARTNER" };
        var agreement = new Option<string>("--agreement") { Description = "Under this agreement: its id, or as the operator its first 8 or more digits.", HelpName = "ID" };
        var clause = new Option<string>("--clause") { Description = "Records given or withheld by this clause.", HelpName = "CLAUSE" };
        var decision = new Option<LoggedDecision>("--decision") { Description = "What was decided: released, degraded, withheld or refused.", HelpName = "DECISION" };
        var kinds = new Option<string[]>("--kind") { Description = "Entries of this kind; may be given more than once.", HelpName = "KIND" };
        var since = Time("--since", "Appended then or later.");
        var until = Time("--until", "Appended before then.");
        var count = new Option<int>("--count", "-n") { Description = "Most entries shown, the oldest first; 0 shows all.", DefaultValueFactory = _ => 100 };
        var page = new Option<string>("--page") { Description = "Go on where a search with the same options ended.", HelpName = "TOKEN" };
        var bodies = new Option<bool>("--bodies") { Description = "Also what the entries hold, whole." };
        var json = new Option<bool>("--json") { Description = "As one JSON document." };
        return new Command("search", "Search a node's log, as its operator or as one of its auditors. An entry is shown when it meets all that is asked; what is appended meanwhile changes no page."
            + "\n\nExamples:\n  ssa audit search --record 5b0f4e7a --dir atlantic\n  ssa audit search --peer pacific --decision degraded --since 7d --dir atlantic\n  ssa audit search --clause no-geos --json --card atlantic-card.json --cert auditor.pem")
        { record, objectTag, peer, agreement, clause, decision, kinds, since, until, count, page, bodies, json }.With(node)
            .Does(async (parsed, cancellationToken) =>
            {
                using var client = node.Open(parsed);
                var request = new SearchLogRequest
                {
                    Record = parsed.GetValue(record) ?? "",
                    ObjectTag = parsed.GetValue(objectTag) ?? "",
                    PeerId = parsed.GetValue(peer) is { } partner ? PartnerId.Parse(partner).Value : "",
                    Clause = parsed.GetValue(clause) ?? "",
                    Decision = parsed.GetValue(decision),
                    From = parsed.GetValue(since),
                    Until = parsed.GetValue(until),
                    WithBodies = parsed.GetValue(bodies),
                    PageToken = parsed.GetValue(page) is { } token ? Bytes(token) : ByteString.Empty,
                };
                request.Kinds.AddRange(parsed.GetValue(kinds) ?? []);
                if (parsed.GetValue(agreement) is { } wanted)
                {
                    if (await node.FindAgreementAsync(client, parsed, wanted, cancellationToken) is not { } id) return ExitCodes.NotFound;
                    request.AgreementId = id;
                }
                var found = await SearchAsync(client, request, parsed.GetValue(count), cancellationToken);
                foreach (string line in parsed.GetValue(json) ? SearchText.Json(found) : SearchText.Lines(found)) Console.WriteLine(line);
                return ExitCodes.Ok;
            });
    }

    /// <summary>Page after page, until there are as many as are wanted.</summary>
    /// <param name="entriesMax">0: all.</param>
    internal static async Task<SearchLogResponse> SearchAsync(OperatorClient client, SearchLogRequest request, int entriesMax, CancellationToken cancellationToken)
    {
        var all = new SearchLogResponse();
        int left = entriesMax > 0 ? entriesMax : int.MaxValue;
        do
        {
            request.PageSize = Math.Min(left, PageMax);
            var page = await client.Audit.SearchLogAsync(request, cancellationToken: cancellationToken);
            all.MergeFrom(page);
            request.PageToken = all.NextPageToken = page.NextPageToken;
            left -= page.Entries.Count;
        }
        while (left > 0 && !request.PageToken.IsEmpty);
        return all;
    }

    internal static Option<Timestamp?> Time(string name, string what) => new(name)
    {
        Description = $"{what} A UTC time, a day, or how long ago, such as 24h.",
        HelpName = "TIME",
        CustomParser = given =>
        {
            if (SinceOption.TryParse(given.Tokens[0].Value, TimeProvider.System.GetUtcNow(), out var time)) return Timestamp.FromDateTimeOffset(time);
            given.AddError($"{name} is '{given.Tokens[0].Value}'; expected a UTC time, a day, or how long ago, such as 24h.");
            return null;
        },
    };

    private static ByteString Bytes(string token)
    {
        try
        {
            return ByteString.CopyFrom(Convert.FromHexString(token));
        }
        catch (FormatException)
        {
            throw new FormatException($"'{token}' is no page of a search.");
        }
    }
}
