using System.Net;
using SsaShare.Transparency;

namespace SsaShare.Cli;

/// <summary>A tiled log on the web. What fails and may pass is tried again: no answer in time, 429 and 5xx.</summary>
/// <param name="http">With the certificate and the checks of the server's; its own time limit is not used.</param>
/// <param name="prefix">Ends with a slash.</param>
internal sealed class HttpTiles(HttpClient http, Uri prefix) : ITileSource
{
    private const int Tries = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), FirstPause = TimeSpan.FromSeconds(0.5);

    public async Task<byte[]?> ReadAsync(string path, int bytesMax, CancellationToken cancellationToken)
    {
        for (int i = 1; ; i++)
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                patience.CancelAfter(Patience);
                return await TryReadAsync(path, bytesMax, patience.Token);
            }
            catch (Exception e) when (MayPass(e) && !cancellationToken.IsCancellationRequested)
            {
                if (i == Tries) throw new IOException($"{new Uri(prefix, path)} cannot be read: {(e is OperationCanceledException ? $"no answer in {Patience.TotalSeconds} s" : e.Message)}", e);
                await Task.Delay(FirstPause * Math.Pow(2, i - 1), cancellationToken);
            }
        }
    }

    private async Task<byte[]?> TryReadAsync(string path, int bytesMax, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(prefix, path), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return null;
        if (!response.IsSuccessStatusCode) throw new HttpRequestException(await ExplainAsync(response, cancellationToken), null, response.StatusCode);
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await ReadAsync(content, bytesMax, cancellationToken) ?? throw new TileException(path, $"has more than {bytesMax} bytes; it cannot have so many.");
    }

    /// <summary>Bytes as they are after decompression: what a header says of their number is not relied on.</summary>
    private static async Task<byte[]?> ReadAsync(Stream content, int bytesMax, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (bytes.Length + read > bytesMax) return null;
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }

    private static async Task<string> ExplainAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        bool isText = response.Content.Headers is { ContentType.MediaType: "text/plain", ContentLength: < 1_000 };
        return $"the server answers {(int)response.StatusCode} {response.ReasonPhrase}{(isText ? $": {(await response.Content.ReadAsStringAsync(cancellationToken)).Trim()}" : "")}";
    }

    private static bool MayPass(Exception e) => e switch
    {
        HttpRequestException { StatusCode: { } status } => status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
        HttpRequestException { InnerException: System.Security.Authentication.AuthenticationException } => false,
        HttpRequestException or IOException or OperationCanceledException => true,
        _ => false,
    };
}
