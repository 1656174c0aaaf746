using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace SsaShare.Node;

/// <summary>How long a request may be and how slowly it may come, by method. The gRPC runtime lifts the server's limits where it may, so it is shown ones that it may not change.</summary>
internal static class RequestLimits
{
    /// <summary>Longest request of a call that is not large, bytes.</summary>
    public const long SmallBytesMax = 64 * 1024;

    /// <summary>Longest message, bytes: an agreement of 1 MiB in its envelope fits; files come in pieces.</summary>
    public const int MessageBytesMax = 4 * 1024 * 1024;

    /// <summary>Longest request, bytes, with what frames a message; null for streams of the own operator, of which each message is bounded.</summary>
    public static long? BodyBytesMax(string method) => method.Split('/') is not ["", var service, _] ? SmallBytesMax : service switch
    {
        "ssashare.admin.v1.AdminService" or "ssashare.transfer.v1.TransferService" => null,
        "ssashare.agreement.v1.AgreementService" or "ssashare.notice.v1.NoticeService" => MessageBytesMax + SmallBytesMax,
        _ => SmallBytesMax,
    };

    public static bool IsLarge(long? bytesMax) => bytesMax is null or > SmallBytesMax;

    /// <summary>Fixes the length for this request; whoever fixed it first has the last word.</summary>
    public static void FixLength(HttpContext http, long? bytesMax)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } length) return;
        length.MaxRequestBodySize = bytesMax;
        http.Features.Set<IHttpMaxRequestBodySizeFeature>(new FixedLength(bytesMax));
    }

    /// <summary>Keeps the server's own slowest pace for this request.</summary>
    public static void FixRate(HttpContext http)
    {
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is not null) http.Features.Set<IHttpMinRequestBodyDataRateFeature>(FixedRate.Instance);
    }

    /// <summary>Lets this request come as slowly as it likes.</summary>
    public static void LiftRate(HttpContext http)
    {
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
    }

    private sealed class FixedLength(long? bytes) : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => true;

        public long? MaxRequestBodySize
        {
            get => bytes;
            set => throw new InvalidOperationException("The limit is fixed.");
        }
    }

    private sealed class FixedRate : IHttpMinRequestBodyDataRateFeature
    {
        public static readonly FixedRate Instance = new();

        /// <summary>Of HTTP/2 the server does not tell it either.</summary>
        public MinDataRate? MinDataRate
        {
            get => throw new NotSupportedException("The slowest pace is the server's.");
            set
            {
                // Stays as it is: the gRPC runtime lifts it for calls that may rest between messages, which these may not.
            }
        }
    }
}
