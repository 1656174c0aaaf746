using Microsoft.AspNetCore.Http;

namespace SsaShare.Node;

/// <summary>The query of a request. A name that nobody asked for is refused: a misspelt "levl" must not silently mean the default.</summary>
internal sealed class RestQuery
{
    private readonly IQueryCollection _query;

    /// <exception cref="Grpc.Core.RpcException">There is another name in it.</exception>
    public RestQuery(HttpRequest request, params ReadOnlySpan<string> names)
    {
        _query = request.Query;
        foreach (string given in _query.Keys)
            if (!names.Contains(given)) throw Refusals.Invalid(IngestFile.Shown(given), names.Length == 0 ? "not a parameter of this request." : $"not a parameter of this request; they are {string.Join(", ", names.ToArray())}.");
    }

    /// <summary>Null where it is not given; several joined by commas.</summary>
    public string? this[string name] => _query.TryGetValue(name, out var values) && values.Count > 0 ? string.Join(',', values.ToArray()) : null;
}
