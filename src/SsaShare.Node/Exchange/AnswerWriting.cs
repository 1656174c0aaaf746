using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Node;

/// <summary>
/// Stays with an answer while it is written, and resets the stream when the agreement ends before: what a slow reader has not taken yet must
/// not reach it any more. HTTP/2's flow control lets a reader put that off as long as it likes. Out of reach are the last 4 KiB, which
/// Kestrel sends in its own time, and what lies in the buffers of the operating systems.
/// </summary>
public sealed class AnswerWriting(RequestDelegate next)
{
    private static readonly object Key = new();

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            // Left alone, the server would send the rest after this call is over, out of reach. A flush ends when all but its last 4 KiB are written.
            if (http.Items.ContainsKey(Key)) await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Broken off here, or the reader has hung up.
        }
        finally
        {
            if (http.Items.Remove(Key, out object? registration)) await ((CancellationTokenRegistration)registration!).DisposeAsync();
        }
    }

    /// <summary>From now on the answer of this call is broken off when the agreement is no longer in force.</summary>
    internal static void BreakOffAtTheEnd(HttpContext http, AgreementId agreement, PartnerId reader, ILogger logger, CancellationToken inForce)
        => http.Items[Key] = inForce.UnsafeRegister(_ =>
        {
            NodeLog.AnswerBrokenOff(logger, reader, agreement);
            http.Abort();
        }, null);
}
