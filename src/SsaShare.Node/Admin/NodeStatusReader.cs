using System.Reflection;
using Google.Protobuf.WellKnownTypes;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol.Admin.V1;
using WireCertificateUse = SsaShare.Protocol.Admin.V1.CertificateUse;

namespace SsaShare.Node;

/// <summary>Gathers what the operator sees first.</summary>
public sealed class NodeStatusReader(NodeIdentity identity, PeerDirectory directory, AgreementBook book, PullStatuses pulls, IRecordReader records, INodeLog log, TimeProvider time, WitnessStatusReader? witnesses = null, IInboxSnapshots? snapshots = null,
    CertificateWatch? certificates = null)
{
    private readonly DateTimeOffset _started = time.GetUtcNow();

    public async Task<GetStatusResponse> ReadAsync(CancellationToken cancellationToken)
    {
        var counts = await records.CountAsync(cancellationToken);
        var watermarks = await records.ListWatermarksAsync(cancellationToken);
        var gone = snapshots is null ? [] : await snapshots.ListAsync(cancellationToken);
        var head = await log.GetHeadAsync(cancellationToken);
        var now = Utc.FromDateTime(time.GetUtcNow());
        var status = new GetStatusResponse
        {
            PartnerId = identity.Partner.Value,
            Version = typeof(NodeStatusReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            Started = Timestamp.FromDateTimeOffset(_started),
            OwnRecords = counts.Where(count => count.Provider is null).Sum(count => count.Count),
            ReceivedRecords = counts.Where(count => count.Provider is not null).Sum(count => count.Count),
            LogSize = head.Size,
            Witnessing = witnesses?.Summary(),
        };
        foreach (var due in certificates?.Due ?? [])
            status.DueCertificates.Add(new CertificateStatus { Use = (WireCertificateUse)due.Use, NotAfter = Timestamp.FromDateTimeOffset(due.At) });
        foreach (var peer in directory.Peers.Where(peer => peer.Partner != identity.Partner).OrderBy(peer => peer.Partner.Value, StringComparer.Ordinal))
        {
            var mine = pulls.All.Where(pull => pull.Key.Peer == peer.Partner).Select(pull => pull.Value).ToList();
            var row = new PeerStatus
            {
                PartnerId = peer.Partner.Value,
                Endpoint = peer.Card.Card.Endpoint.ToString(),
                ReceivedRecords = counts.Where(count => count.Provider == peer.Partner).Sum(count => count.Count),
                LastError = mine.Select(pull => pull.LastError).FirstOrDefault(error => error is not null) ?? "",
                DroppedRecords = gone.Where(one => one.Provider == peer.Partner).Sum(one => one.Snapshot.DroppedRecords),
            };
            // Complete up to the earliest of the agreements in force; not at all while one of them has never been complete.
            var pulled = book.Entries.Where(entry => entry.State == AgreementState.Active && entry.Grants(peer.Partner, identity.Partner)
                && entry.Agreement.Terms.ValidFrom <= now && now < entry.Agreement.Terms.ValidUntil).Select(entry => entry.Agreement.Id).ToHashSet();
            var reached = watermarks.Where(watermark => watermark.Provider == peer.Partner && pulled.Contains(watermark.Agreement)).Select(watermark => watermark.Watermark).ToList();
            if (reached.Count > 0 && reached.Count == pulled.Count) row.Watermark = Timestamp.FromDateTimeOffset(Utc.ToDateTime(reached.Min()));
            if (mine.Max(pull => pull.LastSuccess) is { } success) row.LastSuccess = Timestamp.FromDateTimeOffset(success);
            status.Peers.Add(row);
        }
        return status;
    }
}
