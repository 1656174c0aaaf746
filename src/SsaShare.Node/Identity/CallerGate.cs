using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsaShare.Peering;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>
/// Lets in whom the pinned cards name, before a byte of the request's body is read: gRPC methods by <see cref="CallerRules"/>, plain HTTP by
/// <see cref="HttpPaths"/>. What those rules open is open for small requests.
/// </summary>
public sealed class CallerGate(RequestDelegate next, NodeIdentity identity, PeerDirectory directory, AuditorDirectory auditors, IOptions<LogOptions> options, RefusalPace pace, ILogger<CallerGate> logger)
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
            refusal = new Refusal(Refusals.NotAllowed(other, path), () => NodeLog.CallerNotAllowed(logger, other.Partner, other.Kind, path));
        if (refusal is not null) return RefuseAsync(http, refusal);
        if (caller is { } known) Callers.Remember(http, known);
        return LetIn(http, rule.BodyBytesMax);
    }

    private Task GuardMethod(HttpContext http, string method)
    {
        var (caller, refusal) = Identify(http, method, isOpen: false);
        if (caller is { } known && !CallerRules.MayCall(method, known, identity.Partner))
            refusal = new Refusal(Refusals.NotAllowed(known, method), () => NodeLog.CallerNotAllowed(logger, known.Partner, known.Kind, method));
        if (refusal is not null) return RefuseAsync(http, refusal);
        Callers.Remember(http, caller!.Value);
        return next(http);
    }

    /// <summary>Whose certificate it is, or why that does not suffice. Of an open path the caller may be neither known nor refused.</summary>
    private (Caller? Caller, Refusal? Refusal) Identify(HttpContext http, string wanted, bool isOpen)
    {
        string peer = $"{http.Connection.RemoteIpAddress}:{http.Connection.RemotePort}";
        if (http.Connection.ClientCertificate is not { } certificate)
            return isOpen ? (null, null) : (null, new Refusal(Refusals.NoCertificate(), () => NodeLog.CallerWithoutCertificate(logger, peer, wanted)));
        var pin = SpkiPin.Of(certificate);
        // An auditor first: a card that a peer makes up with an auditor's key, which is no secret, takes nothing from the auditor.
        if (auditors.Find(pin) is not null) return (new Caller(identity.Partner, CallerKind.Auditor), null);
        if (directory.FindCaller(pin) is { } caller) return (caller, null);
        return isOpen ? (null, null) : (null, new Refusal(Refusals.UnknownCertificate(pin), () => NodeLog.CallerUnknown(logger, peer, pin, wanted)));
    }

    /// <summary>At once the first times, later and without a line in the log where there are many.</summary>
    private async Task RefuseAsync(HttpContext http, Refusal refusal)
    {
        if (await pace.WaitAsync(StrangerNetwork.Of(http.Connection.RemoteIpAddress), http.RequestAborted)) refusal.Log();
        await HttpRefusals.WriteAsync(http, refusal.Status);
    }

    private Task LetIn(HttpContext http, long? bodyBytesMax)
    {
        RequestLimits.FixLength(http, bodyBytesMax);
        return next(http);
    }

    private sealed record Refusal(Grpc.Core.RpcException Status, Action Log);
}
