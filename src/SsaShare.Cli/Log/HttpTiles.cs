using System.Net;
using System.Security.Authentication;
using SsaShare.Transparency;

namespace SsaShare.Cli;

/// <summary>A tiled log on the web. What fails and may pass is tried again: no answer in time, 429 and 5xx.</summary>
/// <param name="http">With the certificate to show and the check of the server's.</param>
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
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                if (i == Tries || !MayPass(e)) throw new TileSourceException($"{new Uri(prefix, path)}: {Explain(e)}", IsRefused(e), e);
                await Task.Delay(FirstPause * Math.Pow(2, i - 1), cancellationToken);
            }
        }
    }

    private async Task<byte[]?> TryReadAsync(string path, int bytesMax, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(prefix, path), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return null;
        if (!response.IsSuccessStatusCode) throw new HttpRequestException(await QuoteAsync(response, cancellationToken), null, response.StatusCode);
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await ReadAsync(content, bytesMax, cancellationToken) ?? throw new TileException(path, $"has more than {bytesMax} bytes; it cannot have so many.");
    }

    /// <summary>Counts the bytes as they are after decompression: what a header says of their number is not relied on.</summary>
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

    private static async Task<string> QuoteAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        bool isShortText = response.Content.Headers is { ContentType.MediaType: "text/plain", ContentLength: null or < 1_000 };
        byte[]? text = isShortText ? await ReadAsync(await response.Content.ReadAsStreamAsync(cancellationToken), 1_000, cancellationToken) : null;
        return $"the server answers {(int)response.StatusCode}{(text is null ? "" : $": {new string([.. System.Text.Encoding.UTF8.GetString(text).Trim().Where(letter => !char.IsControl(letter))])}")}";
    }

    private static string Explain(Exception e) => e switch
    {
        OperationCanceledException => $"no answer in {Patience.TotalSeconds} s.",
        HttpRequestException { InnerException: AuthenticationException inner } => $"the server is not believed: {inner.Message} For a node of ours give its card or pin.",
        _ => e.Message,
    };

    private static bool IsRefused(Exception e)
        => e is HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } or HttpRequestException { InnerException: AuthenticationException };

    private static bool MayPass(Exception e)
        => e is not HttpRequestException { InnerException: AuthenticationException }
            && e is not HttpRequestException { StatusCode: not (null or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError) };
}
