using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Transparency;

namespace SsaShare.Node;

/// <summary>Writes the resources of the tiled log. What lies beyond the committed tree is not there; what is there never changes.</summary>
/// <param name="log">The log.</param>
/// <param name="signer">Signs where no witness has cosigned yet.</param>
/// <param name="options">Whether everybody may read.</param>
/// <param name="cosigned">What witnesses have cosigned.</param>
/// <param name="directory">Knows from which size on the log has its name.</param>
public sealed class LogServer(INodeLog log, CheckpointSigner signer, IOptions<LogOptions> options, ICosignedCheckpoints? cosigned = null, PeerDirectory? directory = null)
{
    private const int YearS = 365 * 86_400;

    /// <summary>The newest cosigned checkpoint; before the first, the newest that this node signs.</summary>
    public async Task WriteCheckpointAsync(HttpContext http)
    {
        string note;
        try
        {
            note = cosigned is not null && await cosigned.GetNewestAsync(http.RequestAborted) is { } newest && newest.Size > (directory?.Own.LogBegin ?? -1) ? newest.Note : await signer.SignAsync(http.RequestAborted);
        }
        catch (SigningHeldException e)
        {
            await HttpRefusals.WriteAsync(http, Refusals.SigningHeld(e));
            return;
        }
        await WriteAsync(http.Response, "text/plain; charset=utf-8", "no-cache", Encoding.UTF8.GetBytes(note), http.RequestAborted);
    }

    /// <param name="http">The request.</param>
    /// <param name="path">As <see cref="TilePath"/> writes it; any text.</param>
    public async Task WriteTileAsync(HttpContext http, string path)
    {
        if (!TilePath.TryParse(path, out var address) || await ReadAsync(address, http.RequestAborted) is not { } content)
        {
            await HttpRefusals.WriteAsync(http, Refusals.NotFound("The log has no such resource."));
            return;
        }
        // Between the caller and this node there is TLS; whether something in between may keep it, hangs on who may read.
        string caching = $"{(options.Value.Public ? "public" : "private")}, max-age={YearS}, immutable";
        await WriteAsync(http.Response, "application/octet-stream", caching, content, http.RequestAborted);
    }

    private Task<ReadOnlyMemory<byte>?> ReadAsync(TileAddress address, CancellationToken cancellationToken) => address.Level is { } level
        ? log.ReadTileAsync(level, address.Index, address.Width, cancellationToken)
        : log.ReadEntryBundleAsync(address.Index, address.Width, cancellationToken);

    /// <summary>Not compressed: hashes do not get smaller.</summary>
    private static async Task WriteAsync(HttpResponse response, string type, string caching, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        (response.ContentType, response.ContentLength, response.Headers.CacheControl) = (type, content.Length, caching);
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method)) await response.Body.WriteAsync(content, cancellationToken);
    }
}
