using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using SsaShare.Domain;

namespace SsaShare.Node;

/// <summary>Traces and metrics of a node. The names are public: dashboards use them.</summary>
public static class NodeMetrics
{
    public const string Name = "SsaShare.Node";
    public static ActivitySource Activities { get; } = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> RecordsPublished = Meter.CreateCounter<long>("ssashare.records.published", "{record}", "Records that this node originated.");
    private static readonly Counter<long> RecordsReleased = Meter.CreateCounter<long>("ssashare.records.released", "{record}", "Records given to peers.");
    private static readonly Counter<long> RecordsWithheld = Meter.CreateCounter<long>("ssashare.records.withheld", "{record}", "Records that an agreement kept back, at each pull.");
    private static readonly Counter<long> CallsRefused = Meter.CreateCounter<long>("ssashare.calls.refused", "{call}", "Calls refused for who made them.");
    private static readonly Counter<long> CallsLimited = Meter.CreateCounter<long>("ssashare.calls.limited", "{call}", "Calls, connections and answers that were more than a caller may take: refused, closed or cut off.");

    private static readonly Counter<long> BytesIngested = Meter.CreateCounter<long>("ssashare.ingest.bytes", "By", "Bytes of files read to be published, by source.");
    private static readonly Counter<long> RefusalsIngested = Meter.CreateCounter<long>("ssashare.ingest.refused", "{refusal}", "Lines, segments and files refused when they were to be published, by source.");

    private static readonly ConcurrentDictionary<CertificateWatch, bool> Certificates = new();

    internal static ObservableGauge<double> CertificateGauge { get; } = Meter.CreateObservableGauge("ssashare.certificate.remaining",
        () => Certificates.Keys.SelectMany(one => one.Left).Select(one => new Measurement<double>(one.Left.TotalSeconds, new KeyValuePair<string, object?>("use", one.Use.ToString().ToLowerInvariant()))),
        "s", "How long this node's certificates are still valid, by use: tls, operator. Negative: no more.");

    internal static void Show(CertificateWatch certificates) => Certificates[certificates] = true;
    internal static void Hide(CertificateWatch certificates) => Certificates.TryRemove(certificates, out _);

    internal static void Ingested(Exchange.IngestSource source, long bytes, long refused)
    {
        var tag = new KeyValuePair<string, object?>("source", source.ToString().ToLowerInvariant());
        BytesIngested.Add(bytes, tag);
        RefusalsIngested.Add(refused, tag);
    }

    internal static void Published(long count) => RecordsPublished.Add(count);
    internal static void Released(PartnerId peer, long count) => RecordsReleased.Add(count, new KeyValuePair<string, object?>("peer", peer.Value));
    internal static void Withheld(PartnerId peer, long count) => RecordsWithheld.Add(count, new KeyValuePair<string, object?>("peer", peer.Value));
    internal static void Refused() => CallsRefused.Add(1);

    /// <param name="what">"calls", "connections" or "answers".</param>
    internal static void Limited(string what) => CallsLimited.Add(1, new KeyValuePair<string, object?>("what", what));
}
