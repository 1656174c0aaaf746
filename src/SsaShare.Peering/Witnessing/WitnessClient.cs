using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>Speaks C2SP tlog-witness with peers. What they answer is read up to a limit and trusted in nothing.</summary>
public sealed class WitnessClient(PeerChannels channels) : IWitnessClient
{
    private const int AnswerBytesMax = 64 * 1024;

    /// <inheritdoc/>
    public async Task<WitnessReply> AddCheckpointAsync(PartnerId witness, AddCheckpointRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "witness/add-checkpoint") { Content = new ByteArrayContent(request.ToBytes()) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
        return await SendAsync(witness, message, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string?> GetCheckpointAsync(PartnerId witness, string origin, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, $"witness/{HashOf(origin)}/checkpoint");
        var reply = await SendAsync(witness, message, cancellationToken);
        return reply.Status switch
        {
            HttpStatusCode.OK => reply.Body,
            HttpStatusCode.NotFound => null,
            _ => throw new HttpRequestException($"The witness answers {(int)reply.Status}: {reply.Shown}"),
        };
    }

    /// <summary>By what a witness's read interface names a log: SHA-256 of its origin in lower-case hexadecimal.</summary>
    public static string HashOf(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));

    private async Task<WitnessReply> SendAsync(PartnerId witness, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        (message.Version, message.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower);
        using var response = await channels.HttpTo(witness).SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await response.Content.LoadIntoBufferAsync(AnswerBytesMax, cancellationToken);
        return new WitnessReply(response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken)));
    }
}

/// <summary>What a witness answered.</summary>
public sealed record WitnessReply(HttpStatusCode Status, string MediaType, string Body)
{
    private const int ShownMax = 200;

    /// <summary>Of a 409: the size that the witness holds; null when it does not say.</summary>
    public long? LatestSize
        => Status == HttpStatusCode.Conflict && MediaType == "text/x.tlog.size" && Body.EndsWith('\n')
            && long.TryParse(Body.AsSpan(0, Body.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size : null;

    /// <summary>For the operator: short, one line, printable.</summary>
    public string Shown => string.Concat(Body.Take(ShownMax).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
