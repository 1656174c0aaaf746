using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>A certificate that runs out, as the operator reads it.</summary>
internal static class CertificateText
{
    public static string Line(CertificateStatus due, DateTimeOffset now)
    {
        var at = due.NotAfter.ToDateTimeOffset();
        string name = due.Use == CertificateUse.Operator ? "operator" : "TLS";
        string when = at > now ? $"runs out at {at:yyyy-MM-dd'T'HH:mm:ss'Z'}, in {(int)(at - now).TotalDays} days" : $"has run out at {at:yyyy-MM-dd'T'HH:mm:ss'Z'}";
        return $"WARNING: the {name} certificate {when}{(due.Use == CertificateUse.Operator ? "" : ": ssa node rotate --tls, while the node is stopped")}";
    }
}
