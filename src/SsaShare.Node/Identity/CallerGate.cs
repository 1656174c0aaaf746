using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsaShare.Peering;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>
/// Lets in whom the pinned cards name, before a byte of the request's body is read: gRPC methods by <see cref="CallerRules"/>, plain HTTP by
/// <see cref="HttpPaths"/>. What those rules open is open for small requests.
/// </summary>
public sealed class CallerGate(RequestDelegate next, NodeIdentity identity, PeerDirectory directory, AuditorDirectory auditors, IOptions<LogOptions> options, ILogger<CallerGate> logger)
{
    public Task InvokeAsync(HttpContext http)
    {
        string path = http.Request.Path.Value ?? "";
        return CallerRules.OpenBodyBytesMax(path) is { } bytesMax ? LetAnybodyIn(http, path, bytesMax)
            : HttpPaths.Find(path) is { } rule ? GuardPath(http, path, rule)
            : GuardMethod(http, path);
    }

    private Task LetAnybodyIn(HttpContext http, string method, long bodyBytesMax)
    {
        if (Identify(http, method, isOpen: true).Caller is { } known) Callers.Remember(http, known);
        return LetIn(http, bodyBytesMax);
    }

    private Task GuardPath(HttpContext http, string path, HttpPathRule rule)
    {
        var (caller, refusal) = Identify(http, path, isOpen: rule.IsOpen(options.Value));
        if (rule.Access == HttpAccess.Operator && caller is { } other && other != new Caller(identity.Partner, CallerKind.Operator))
        {
            NodeLog.CallerNotAllowed(logger, other.Partner, other.Kind, path);
            refusal = Refusals.NotAllowed(other, path);
        }
        if (refusal is not null) return HttpRefusals.WriteAsync(http, refusal);
        if (caller is { } known) Callers.Remember(http, known);
        return LetIn(http, rule.BodyBytesMax);
    }

    private Task GuardMethod(HttpContext http, string method)
    {
        var (caller, refusal) = Identify(http, method, isOpen: false);
        if (caller is { } known && !CallerRules.MayCall(method, known, identity.Partner))
        {
            NodeLog.CallerNotAllowed(logger, known.Partner, known.Kind, method);
            refusal = Refusals.NotAllowed(known, method);
        }
        if (refusal is not null) return HttpRefusals.WriteAsync(http, refusal);
        Callers.Remember(http, caller!.Value);
        return next(http);
    }

    /// <summary>Whose certificate it is, or why that does not suffice. Of an open path the caller may be neither known nor refused.</summary>
    private (Caller? Caller, Grpc.Core.RpcException? Refusal) Identify(HttpContext http, string wanted, bool isOpen)
    {
        string peer = $"{http.Connection.RemoteIpAddress}:{http.Connection.RemotePort}";
        if (http.Connection.ClientCertificate is not { } certificate)
        {
            if (isOpen) return (null, null);
            NodeLog.CallerWithoutCertificate(logger, peer, wanted);
            return (null, Refusals.NoCertificate());
        }
        var pin = SpkiPin.Of(certificate);
        // An auditor first: a card that a peer makes up with an auditor's key, which is no secret, takes nothing from the auditor.
        if (auditors.Find(pin) is not null) return (new Caller(identity.Partner, CallerKind.Auditor), null);
        if (directory.FindCaller(pin) is { } caller) return (caller, null);
        if (isOpen) return (null, null);
        NodeLog.CallerUnknown(logger, peer, pin, wanted);
        return (null, Refusals.UnknownCertificate(pin));
    }

    /// <summary>The gRPC runtime lifts the server's limit where it may, so it is shown one that it may not change.</summary>
    private Task LetIn(HttpContext http, long? bodyBytesMax)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = bodyBytesMax;
            http.Features.Set<IHttpMaxRequestBodySizeFeature>(new FixedLimit(bodyBytesMax));
        }
        return next(http);
    }

    private sealed class FixedLimit(long? bytes) : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => true;

        public long? MaxRequestBodySize
        {
            get => bytes;
            set => throw new InvalidOperationException("The limit is fixed.");
        }
    }
}
