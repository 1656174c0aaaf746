using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace SsaShare.Node;

/// <summary>The node's log as any C2SP tool reads it, below /log/: GET and HEAD of checkpoint, tiles and bundles (tlog-tiles).</summary>
public static class LogEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapLog(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/log/checkpoint", Methods, HttpFaults.Guard(http => Server(http).WriteCheckpointAsync(http)));
        routes.MapMethods("/log/{**path}", Methods, HttpFaults.Guard(http => Server(http).WriteTileAsync(http, (string?)http.GetRouteValue("path") ?? "")));
    }

    private static LogServer Server(HttpContext http) => http.RequestServices.GetRequiredService<LogServer>();
}
