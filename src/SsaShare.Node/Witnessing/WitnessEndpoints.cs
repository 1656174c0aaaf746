using System.Data.Common;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>
/// The witness over HTTPS: submission and monitoring prefix are both <c>/witness</c>. Anybody may submit; a checkpoint carries its log's
/// signature. What was cosigned is for pinned callers: it says whom this node knows.
/// </summary>
public sealed class WitnessEndpoints(WitnessServer server, ILogger<WitnessEndpoints> logger) : IDisposable
{
    /// <summary>Requests of one caller a second, and how many may come at once after a pause.</summary>
    private const int RequestsPerSecond = 50, BurstMax = 200;

    /// <summary>Strangers' requests at one time, all of them together: each may hold a body in memory.</summary>
    private const int StrangersAtOnceMax = 16;

    private const string Text = "text/plain; charset=utf-8";

    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetTokenBucketLimiter(CallerOf(http), _ =>
        new TokenBucketRateLimiterOptions { TokenLimit = BurstMax, TokensPerPeriod = RequestsPerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), AutoReplenishment = true }));

    private readonly ConcurrencyLimiter _strangers = new(new ConcurrencyLimiterOptions { PermitLimit = StrangersAtOnceMax, QueueLimit = 0 });

    public static void Map(WebApplication app)
    {
        var witness = app.Services.GetRequiredService<WitnessEndpoints>();
        app.MapPost("/witness/add-checkpoint", witness.AddCheckpointAsync);
        app.MapGet("/witness/{hash}/checkpoint", witness.GetCheckpointAsync);
    }

    public void Dispose()
    {
        _limiter.Dispose();
        _strangers.Dispose();
    }

    private Task AddCheckpointAsync(HttpContext http) => AnswerAsync(http, async cancellationToken =>
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, cancellationToken);
        return await server.AddCheckpointAsync(body.GetBuffer().AsMemory(0, (int)body.Length), Callers.Find(http)?.Partner, cancellationToken);
    });

    private Task GetCheckpointAsync(HttpContext http) => AnswerAsync(http, async cancellationToken
        => Callers.Find(http) is null ? WitnessAnswer.Refused(StatusCodes.Status403Forbidden, "Present the certificate of a pinned node card.")
            : await server.GetCheckpointAsync(http.Request.RouteValues["hash"] as string ?? "", cancellationToken) is { } note ? new WitnessAnswer(StatusCodes.Status200OK, Text, note)
            : WitnessAnswer.Refused(StatusCodes.Status404NotFound, "No checkpoint of that log was cosigned here."));

    private async Task AnswerAsync(HttpContext http, Func<CancellationToken, Task<WitnessAnswer>> compose)
    {
        using var lease = _limiter.AttemptAcquire(http);
        using var place = Callers.Find(http) is null ? _strangers.AttemptAcquire() : null;
        WitnessAnswer answer;
        try
        {
            answer = lease.IsAcquired && place is not { IsAcquired: false } ? await compose(http.RequestAborted) : WitnessAnswer.Refused(StatusCodes.Status429TooManyRequests, "Too many requests; try again in a second.");
        }
        catch (BadHttpRequestException e)
        {
            answer = WitnessAnswer.Refused(e.StatusCode, "The request is too large or broken.");
        }
        catch (Exception e) when (e is DbException or TimeoutException && !http.RequestAborted.IsCancellationRequested)
        {
            NodeLog.StoreFailed(logger, http.Request.Path, e);
            answer = WitnessAnswer.Refused(StatusCodes.Status503ServiceUnavailable, "The node cannot reach its store; try again.");
        }
        catch (Pkcs11Exception e)
        {
            NodeLog.TokenFailed(logger, http.Request.Path, e);
            answer = WitnessAnswer.Refused(StatusCodes.Status503ServiceUnavailable, "The node cannot reach its key; try again.");
        }
        (http.Response.StatusCode, http.Response.ContentType, http.Response.Headers.CacheControl) = (answer.Status, answer.MediaType, "no-store");
        await http.Response.WriteAsync(answer.Body, http.RequestAborted);
    }

    /// <summary>A pinned caller counts for itself, everybody else for the network.</summary>
    private static string CallerOf(HttpContext http) => Callers.Find(http)?.Partner.Value ?? StrangerNetwork.Of(http.Connection.RemoteIpAddress);
}
