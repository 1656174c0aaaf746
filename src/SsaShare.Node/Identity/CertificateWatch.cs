using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SsaShare.Peering;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>What a certificate of this node is for.</summary>
public enum CertificateUse
{
    /// <summary>Connections with peers, in both directions.</summary>
    Tls = 1,

    /// <summary>This node's own operator.</summary>
    Operator = 2,
}

/// <summary>When a certificate runs out.</summary>
public sealed record CertificateExpiry(CertificateUse Use, DateTimeOffset At);

/// <summary>
/// Says in time that a certificate of this node runs out: in its log each day, in the operator's status and as a metric. Nobody takes a certificate that has, and the operator whose own
/// has can no longer ask.
/// </summary>
public sealed class CertificateWatch(NodeIdentity identity, NodeFolder folder, TimeProvider time, ILogger<CertificateWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(1);
    private IReadOnlyList<CertificateExpiry> _known = [];

    /// <summary>From how long before.</summary>
    public static TimeSpan Notice { get; } = TimeSpan.FromDays(30);

    /// <summary>Those that run out within <see cref="Notice"/>, or have.</summary>
    public IReadOnlyList<CertificateExpiry> Due => [.. Volatile.Read(ref _known).Where(one => one.At - time.GetUtcNow() <= Notice)];

    /// <summary>How long each certificate is still valid; negative when it is no more.</summary>
    internal IEnumerable<(CertificateUse Use, TimeSpan Left)> Left => Volatile.Read(ref _known).Select(one => (one.Use, one.At - time.GetUtcNow()));

    /// <summary>Reads the certificates' dates and logs those that are due.</summary>
    /// <returns>When to look again: after a day, or earlier where one comes to be due or runs out before.</returns>
    public TimeSpan Look()
    {
        List<CertificateExpiry> known = [new(CertificateUse.Tls, identity.TlsCertificate.NotAfter)];
        if (ReadOperator() is { } own) known.Add(own);
        Volatile.Write(ref _known, known);
        foreach (var one in Due)
        {
            if (one.At <= time.GetUtcNow()) NodeLog.CertificateRanOut(logger, one.Use, one.At);
            else NodeLog.CertificateRunsOut(logger, one.Use, one.At, (int)(one.At - time.GetUtcNow()).TotalDays);
        }
        return Left.SelectMany(one => new[] { one.Left - Notice, one.Left }).Where(wait => wait > TimeSpan.Zero).Append(Period).Min();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        NodeMetrics.Show(this);
        while (!stoppingToken.IsCancellationRequested) await Task.Delay(Look(), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        NodeMetrics.Hide(this);
    }

    /// <returns>Null where it is not in the folder: its owner may keep it elsewhere.</returns>
    private CertificateExpiry? ReadOperator()
    {
        if (!File.Exists(folder.OperatorFile)) return null;
        try
        {
            using var certificate = KeyFile.ReadCertificateAlone(folder.OperatorFile);
            return new CertificateExpiry(CertificateUse.Operator, certificate.NotAfter);
        }
        catch (Exception e) when (e is KeyFileException or IOException)
        {
            NodeLog.CertificateUnreadable(logger, folder.OperatorFile, e);
            return null;
        }
    }
}
