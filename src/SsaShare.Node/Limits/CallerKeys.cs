using Microsoft.AspNetCore.Http;
using SsaShare.Peering;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>What callers are counted by: a partner's node or operator for itself, each auditor's key for itself, everybody else by network.</summary>
internal static class CallerKeys
{
    public static string Of(HttpContext http, Caller caller) => caller.Kind == CallerKind.Auditor && http.Connection.ClientCertificate is { } certificate
        ? $"auditor {SpkiPin.Of(certificate)}"
        : $"{caller.Kind} {caller.Partner}";
}
