using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsaShare.Peering;

namespace SsaShare.Node;

/// <summary>
/// After <see cref="CallerGate"/> has said who calls: how many calls at once, how long and how slow a request, how many a second. A call
/// counts until its answer is taken. What is too much is refused before a byte of the body is read, with a hint when to try again.
/// </summary>
public sealed class CallGuard(RequestDelegate next, CallLimits limits, GuardedConnections connections, RefusalJournal refusals, RefusalPace pace, IOptions<LimitOptions> options, TimeProvider time, ILogger<CallGuard> logger)
{
    private readonly LimitOptions _options = options.Value;

    public Task InvokeAsync(HttpContext http)
    {
        string path = http.Request.Path.Value ?? "";
        return Callers.Find(http) is { } caller ? GuardCallerAsync(http, path, caller) : GuardStrangerAsync(http, path);
    }

    private async Task GuardCallerAsync(HttpContext http, string path, Caller caller)
    {
        string key = CallerKeys.Of(http, caller);
        connections.Recognise(http, key, caller.Kind == CallerKind.Node);
        long? bytesMax = BodyBytesMax(path);
        int most = limits.CallsOf(caller);
        using var place = limits.Calls.TryTake(key, most);
        if (place is null)
        {
            await RefuseAsync(http, key, caller, $"{most} calls of yours are under way, more are not taken at once.");
            return;
        }
        using var large = RequestLimits.IsLarge(bytesMax) && caller.Kind == CallerKind.Node ? limits.LargeCalls.TryTake(key, _options.LargeCallsPerCaller) : null;
        if (large is null && RequestLimits.IsLarge(bytesMax) && caller.Kind == CallerKind.Node)
        {
            await RefuseAsync(http, key, caller, $"{_options.LargeCallsPerCaller} calls of yours with long requests are under way, more are not taken at once.");
            return;
        }
        Bound(http, bytesMax);
        if (await PacedAsync(http, key, caller)) await next(http);
    }

    private async Task GuardStrangerAsync(HttpContext http, string path)
    {
        // Whoever holds on to one open service keeps nobody from another.
        string service = path.Split('/') is ["", var first, ..] ? first : path;
        string network = StrangerNetwork.Of(http.Connection.RemoteIpAddress);
        using var ofNetwork = limits.Calls.TryTake($"{network} {service}", _options.StrangerCallsPerNetwork);
        using var ofAll = ofNetwork is null ? null : limits.Calls.TryTake($"strangers {service}", _options.StrangerCalls);
        if (ofAll is null)
        {
            NodeMetrics.Limited("calls");
            await pace.WaitAsync(network, http.RequestAborted);
            await HttpRefusals.WriteAsync(http, Refusals.TooManyStrangers());
            return;
        }
        Bound(http, BodyBytesMax(path) ?? RequestLimits.SmallBytesMax);
        using var timer = time.CreateTimer(static http => ((HttpContext)http!).Abort(), http, _options.StrangerCallTimeout, Timeout.InfiniteTimeSpan);
        if (await PacedAsync(http, network, null)) await next(http);
    }

    /// <summary>Of a path that has a rule of its own, that; otherwise what the method may need.</summary>
    private static long? BodyBytesMax(string path) => HttpPaths.Find(path) is { } rule ? rule.BodyBytesMax : CallerRules.OpenBodyBytesMax(path) ?? RequestLimits.BodyBytesMax(path);

    private static void Bound(HttpContext http, long? bytesMax)
    {
        RequestLimits.FixLength(http, bytesMax);
        // What the own operator streams may come as slowly as its source gives it.
        if (bytesMax is null) RequestLimits.LiftRate(http);
        else RequestLimits.FixRate(http);
    }

    private async Task<bool> PacedAsync(HttpContext http, string key, Caller? caller)
    {
        try
        {
            await limits.PaceAsync(key, caller, http.RequestAborted);
            return true;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task RefuseAsync(HttpContext http, string key, Caller caller, string reason)
    {
        NodeMetrics.Limited("calls");
        await pace.WaitAsync(key, http.RequestAborted);
        await HttpRefusals.WriteAsync(http, Refusals.TooManyCalls(reason));
        // After the answer, and once a minute: a flood of refusals is no flood of the log.
        if (caller.Kind == CallerKind.Node && await refusals.WriteAsync(caller.Partner, "calls", reason)) NodeLog.CallsLimited(logger, caller.Partner, reason);
    }
}
