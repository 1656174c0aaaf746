using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>
/// Publishing over plain HTTP, for this node's own operator. A body of any length is streamed; records are told by their content, so that a
/// request that is repeated adds nothing and needs no key of its own. Errors are problem details (RFC 9457).
/// </summary>
public static class IngestEndpoints
{
    private const int PageSize = 100, PageSizeMax = 1_000;

    public static void MapIngest(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/publications", HttpFaults.Guard(PublishAsync));
        routes.MapGet("/api/v1/quarantine", HttpFaults.Guard(ListAsync));
        routes.MapGet("/api/v1/quarantine/{entry}", HttpFaults.Guard(GetAsync));
        routes.MapPost("/api/v1/quarantine/{entry}/mend", HttpFaults.Guard(MendAsync));
        routes.MapPost("/api/v1/quarantine/{entry}/replay", HttpFaults.Guard(ReplayAsync));
        routes.MapPost("/api/v1/quarantine/{entry}/dismiss", HttpFaults.Guard(DismissAsync));
    }

    private static async Task PublishAsync(HttpContext http)
    {
        var query = new RestQuery(http.Request, ["file", .. LabelWords.Names]);
        var words = new LabelWords { Level = query["level"], Mode = query["mode"], ReleasableTo = query["releasable_to"], OriginatorControlled = query["originator_controlled"] };
        if (!words.TryRead(out var label, out string? fault)) throw Refusals.Invalid("label", fault);
        string name = IngestFile.Shown(query["file"] ?? "");
        var outcome = await http.RequestServices.GetRequiredService<IngestDesk>().IngestAsync(new IngestFile(IngestSource.Rest, name, label), http.Request.Body, null, http.RequestAborted);
        if (outcome.IsFileRefused)
            await new Problem(StatusCodes.Status422UnprocessableEntity, "The file could not be read as any format that is published here; it is in the quarantine.") { Type = "tag:ssashare,2026:file-refused", Title = "File refused" }
                .WriteAsync(http, json => IngestJson.Write(json, name, outcome));
        else if (!outcome.IsReadToEnd)
            await new Problem(StatusCodes.Status422UnprocessableEntity, $"{IngestOutcome.NotReadToEnd}: what was accepted before is published.") { Type = "tag:ssashare,2026:file-not-read-to-end", Title = "File not read to its end" }
                .WriteAsync(http, json => IngestJson.Write(json, name, outcome));
        else await WriteAsync(http, json => IngestJson.Write(json, name, outcome));
    }

    private static async Task ListAsync(HttpContext http)
    {
        var query = new RestQuery(http.Request, "state", "limit", "after");
        QuarantineState? state = (query["state"] ?? "open") switch
        {
            "open" => QuarantineState.Open,
            "mended" => QuarantineState.Mended,
            "dismissed" => QuarantineState.Dismissed,
            "all" => null,
            _ => throw Refusals.Invalid("state", "expected open, mended, dismissed or all."),
        };
        int limit = query["limit"] is not { } text ? PageSize
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given is >= 1 and <= PageSizeMax ? given
            : throw Refusals.Invalid("limit", $"expected 1 to {PageSizeMax}.");
        (Epoch, Hash256)? after = query["after"] is not { } token ? null : QuarantineToken.TryRead(token) ?? throw Refusals.Invalid("after", "expected what a page before gave as next.");
        var page = await Desk(http).ListAsync(state, after, limit, http.RequestAborted);
        var totals = await Desk(http).CountAsync(http.RequestAborted);
        await WriteAsync(http, json =>
        {
            json.WriteStartArray("entries");
            foreach (var entry in page)
            {
                json.WriteStartObject();
                IngestJson.Write(json, entry);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            if (page.Count == limit) json.WriteString("next", QuarantineToken.Write(page[^1]));
            json.WriteStartObject("totals");
            json.WriteNumber("open", totals.Open);
            json.WriteNumber("mended", totals.Mended);
            json.WriteNumber("dismissed", totals.Dismissed);
            json.WriteNumber("bytes", totals.Bytes);
            json.WriteNumber("dropped_open", totals.DroppedOpen);
            json.WriteEndObject();
        });
    }

    private static async Task GetAsync(HttpContext http)
    {
        _ = new RestQuery(http.Request);
        var (entry, fault) = await Desk(http).FindAsync(EntryOf(http), http.RequestAborted);
        if (entry is null) throw Refusals.Of(fault);
        await WriteAsync(http, json =>
        {
            IngestJson.Write(json, entry);
            IngestJson.WriteContent(json, entry.Content);
        });
    }

    private static async Task MendAsync(HttpContext http)
    {
        _ = new RestQuery(http.Request);
        byte[] text = new byte[QuarantineDesk.MendedBytesMax + 1];
        int length = await http.Request.Body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, http.RequestAborted);
        var mended = await Desk(http).MendAsync(EntryOf(http), text.AsMemory(0, length), http.RequestAborted);
        if (mended.Outcome is { } outcome) await WriteAsync(http, json => IngestJson.Write(json, "(mended)", outcome));
        else if (mended.Fault.Kind == QuarantineFaultKind.Refused)
            await new Problem(StatusCodes.Status422UnprocessableEntity, mended.Fault.Reason) { Type = "tag:ssashare,2026:mended-text-refused", Title = "Mended text refused" }.WriteAsync(http, json => IngestJson.Write(json, mended.Issues));
        else throw Refusals.Of(mended.Fault);
    }

    private static async Task ReplayAsync(HttpContext http)
    {
        _ = new RestQuery(http.Request);
        var (outcome, fault) = await Desk(http).ReplayAsync(EntryOf(http), _ => Task.CompletedTask, http.RequestAborted);
        if (fault.Kind != QuarantineFaultKind.None) throw Refusals.Of(fault);
        await WriteAsync(http, json =>
        {
            json.WriteNumber("tried", outcome.Tried);
            json.WriteNumber("closed", outcome.Closed);
            json.WriteNumber("accepted", outcome.Accepted);
            json.WriteNumber("duplicates", outcome.Duplicates);
        });
    }

    private static async Task DismissAsync(HttpContext http)
    {
        var query = new RestQuery(http.Request, "reason");
        var fault = await Desk(http).DismissAsync(EntryOf(http), query["reason"] ?? "", http.RequestAborted);
        if (fault.Kind != QuarantineFaultKind.None) throw Refusals.Of(fault);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static QuarantineDesk Desk(HttpContext http) => http.RequestServices.GetRequiredService<QuarantineDesk>();

    private static string EntryOf(HttpContext http) => http.GetRouteValue("entry") as string ?? "";

    private static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> members)
    {
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        await json.FlushAsync(http.RequestAborted);
    }
}
