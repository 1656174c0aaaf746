using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Node;

/// <summary>
/// Stays with an answer while it is written, and resets the stream when the agreement ends before, or when the reader takes longer than
/// the answer's length allows: what a slow reader has not taken yet must not reach it any more, and must not stay in memory. HTTP/2's flow
/// control lets a reader put that off as long as it likes. Out of reach are the last 4 KiB, which Kestrel sends in its own time, and what
/// lies in the buffers of the operating systems.
/// </summary>
public sealed class AnswerWriting(RequestDelegate next, AnswerLimits limits, RefusalJournal refusals, TimeProvider time, ILogger<AnswerWriting> logger)
{
    private static readonly object Key = new();

    /// <summary>What is not more than this is sent in the server's own time.</summary>
    private const int FlushedLaterMax = 4_096;

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            // Left alone, the server would send the rest after this call is over, out of reach. A flush ends when all but its last 4 KiB are written.
            if (Find(http) is { } answer) await WriteAsync(http, answer.Bytes);
            else if (http.Response.BodyWriter is { CanGetUnflushedBytes: true, UnflushedBytes: > FlushedLaterMax and var bytes }) await WriteAsync(http, (int)bytes);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Broken off here, or the reader has hung up.
        }
        finally
        {
            if (Find(http) is { } answer)
            {
                http.Items.Remove(Key);
                await answer.EndOfAgreement.DisposeAsync();
                answer.Place.Dispose();
            }
        }
    }

    /// <summary>From now on the answer of this call is under way, and broken off when the agreement is no longer in force.</summary>
    /// <param name="place">Given back when the answer is taken or broken off.</param>
    /// <param name="bytes">Of the answer.</param>
    /// <param name="records">In it.</param>
    internal static void Begin(HttpContext http, AgreementId agreement, PartnerId reader, AnswerPlace place, int bytes, int records, ILogger logger, CancellationToken inForce)
    {
        place.Write(bytes, records);
        var end = inForce.UnsafeRegister(_ =>
        {
            NodeLog.AnswerBrokenOff(logger, reader, agreement);
            http.Abort();
        }, null);
        http.Items[Key] = new Answer(place, bytes, end);
    }

    private static Answer? Find(HttpContext http) => http.Items.TryGetValue(Key, out object? answer) ? (Answer)answer! : null;

    private async Task WriteAsync(HttpContext http, int bytes)
    {
        var limit = limits.TimeFor(bytes);
        bool isLate = false;
        try
        {
            await using var timer = time.CreateTimer(_ =>
            {
                isLate = true;
                http.Abort();
            }, null, limit, Timeout.InfiniteTimeSpan);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }
        catch (OperationCanceledException) when (isLate)
        {
            // Told below.
        }
        if (!isLate || Callers.Find(http) is not { } caller) return;
        NodeMetrics.Limited("answers");
        if (await refusals.WriteAsync(caller.Partner, "answer", $"An answer of {bytes} bytes was not taken within {limit}.")) NodeLog.AnswerNotTaken(logger, caller.Partner, bytes, limit);
    }

    private sealed record Answer(AnswerPlace Place, int Bytes, CancellationTokenRegistration EndOfAgreement);
}
