using System.Net.Http.Headers;
using SsaShare.Transparency;

namespace SsaShare.Node;

/// <summary>Asks an RFC 3161 authority over HTTP (section 3.4).</summary>
public sealed class TimestampAuthority(TimestampOptions options) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = 2 * TimestampToken.MaxBytes };

    /// <summary>A stamp of exactly these bytes, verified against the roots.</summary>
    /// <exception cref="HttpRequestException">The authority cannot be reached, or refuses.</exception>
    /// <exception cref="TaskCanceledException">It does not answer in time.</exception>
    /// <exception cref="InvalidDataException">What it answers is not a stamp of these bytes that the roots vouch for.</exception>
    public async Task<TimestampToken> StampAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var query = TimestampQuery.For(bytes.Span);
        using var content = new ByteArrayContent(query.ToBytes());
        content.Headers.ContentType = new MediaTypeHeaderValue(TimestampQuery.MediaType);
        using var response = await _http.PostAsync(options.Authority, content, cancellationToken);
        response.EnsureSuccessStatusCode();
        byte[] answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (!query.TryTakeAnswer(answer, out var token, out string? fault)) throw new InvalidDataException(fault);
        return token.TryVerify(bytes.Span, options.Roots, out _, out fault) ? token : throw new InvalidDataException(fault);
    }

    public void Dispose() => _http.Dispose();
}
