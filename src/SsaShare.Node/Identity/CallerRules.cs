using SsaShare.Domain;
using SsaShare.Peering;

namespace SsaShare.Node;

/// <summary>Which of a partner's certificates may call which service. A service that is not listed is closed.</summary>
public static class CallerRules
{
    private const string Health = "/grpc.health.v1.Health/", Identity = "/ssashare.identity.v1.IdentityService/";

    /// <summary>Whether anybody may call it: health, and changes of keys, which a peer brings whose certificate is not known yet.</summary>
    public static bool IsOpen(string method) => OpenBodyBytesMax(method) is not null;

    /// <summary>Longest request of anybody, bytes; null where not everybody may call.</summary>
    public static long? OpenBodyBytesMax(string method)
        => method.StartsWith(Health, StringComparison.Ordinal) ? 1_024
            : method.StartsWith(Identity, StringComparison.Ordinal) ? 512 * 1_024
            : null;

    public static bool MayCall(string method, Caller caller, PartnerId self) => ServiceOf(method) switch
    {
        "ssashare.admin.v1.AdminService" or "ssashare.transfer.v1.TransferService" => caller == new Caller(self, CallerKind.Operator),
        "ssashare.audit.v1.AuditService" => caller == new Caller(self, CallerKind.Operator) || caller == new Caller(self, CallerKind.Auditor),
        "ssashare.agreement.v1.AgreementService" or "ssashare.exchange.v1.ExchangeService" or "ssashare.notice.v1.NoticeService" => caller.Kind == CallerKind.Node && caller.Partner != self,
        "ssashare.log.v1.LogService" => true,
        "ssashare.catalog.v1.CatalogService" or "ssashare.catalog.v1.ConjunctionService" => caller.Kind is CallerKind.Node or CallerKind.Operator,
        "grpc.reflection.v1.ServerReflection" => caller.Partner == self && caller.Kind is CallerKind.Node or CallerKind.Operator,
        _ => false,
    };

    private static string ServiceOf(string method) => method.Split('/') is ["", var service, _] ? service : "";
}
