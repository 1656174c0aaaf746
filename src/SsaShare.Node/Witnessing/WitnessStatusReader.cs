using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;
using WireQuorumState = SsaShare.Protocol.Admin.V1.QuorumState;
using WireSigningState = SsaShare.Protocol.Admin.V1.SigningState;

namespace SsaShare.Node;

/// <summary>Gathers how this node's log is witnessed, and what is known of others' logs.</summary>
public sealed class WitnessStatusReader(SigningPermit permit, QuorumMonitor quorums, WitnessStandings standings, CheckpointWatch watch, LogLineages lineages, IWitnessStore store, INodeLog log)
{
    public WitnessSummary Summary()
    {
        var summary = new WitnessSummary
        {
            Signing = (WireSigningState)permit.State,
            Reason = permit.Reason,
            OpenConflictCount = watch.Conflicts.Count(conflict => conflict.Forgiven is null),
        };
        summary.Quorums.AddRange(quorums.All.OrderBy(one => one.Value.Title, StringComparer.Ordinal).Select(one => new QuorumStatus
        {
            AgreementId = one.Key.Value.ToWire(),
            Title = one.Value.Title,
            State = (WireQuorumState)one.Value.State,
            Wanted = one.Value.Wanted,
            CosignedSize = one.Value.CosignedSize,
            CosignedAt = At(one.Value.CosignedAt),
            Since = At(one.Value.Since),
        }));
        summary.Unproven.AddRange(lineages.Doubts.Select(doubt => doubt.ToString()));
        return summary;
    }

    public async Task<GetWitnessStatusResponse> ReadAsync(CancellationToken cancellationToken)
    {
        var status = new GetWitnessStatusResponse { Summary = Summary(), LogSize = (await log.GetHeadAsync(cancellationToken)).Size };
        status.Witnesses.AddRange(standings.All.OrderBy(one => one.Key.Value, StringComparer.Ordinal).Select(one => new WitnessStatus
        {
            PartnerId = one.Key.Value,
            Size = one.Value.Size,
            CosignedAt = At(one.Value.At),
            LastError = one.Value.LastError ?? "",
        }));
        status.Logs.AddRange(watch.Held.OrderBy(held => held.Origin, StringComparer.Ordinal).Select(ToStatus));
        foreach (var conflict in watch.Conflicts)
        {
            status.Conflicts.Add(new LogConflictStatus
            {
                Id = conflict.Id.ToWire(),
                Origin = conflict.Origin,
                Document = UnsafeByteOperations.UnsafeWrap(await store.ReadConflictAsync(conflict.Id, cancellationToken) ?? default),
                LogIndex = conflict.LogIndex,
                Forgiven = conflict.Forgiven ?? "",
            });
        }
        return status;
    }

    private WitnessedLogStatus ToStatus(HeldCheckpoint held)
    {
        var newest = watch.FindCosigned(held.Origin);
        return new WitnessedLogStatus
        {
            Origin = held.Origin,
            CosignedSize = newest?.Head.Size ?? 0,
            CosignedAt = newest is null ? null : At(CosignedCheckpoint.ToEpoch(newest.UnixTimeS)),
            HeldSize = held.Head.Size,
            IsDistrusted = watch.IsDistrusted(held.Origin),
            CosignedNote = newest?.Note ?? "",
        };
    }

    private static Timestamp? At(Epoch? epoch) => epoch is { } at ? Timestamp.FromDateTimeOffset(Utc.ToDateTime(at)) : null;
}
