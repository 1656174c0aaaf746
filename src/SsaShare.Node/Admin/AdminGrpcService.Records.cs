using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;
using NoticeAction = SsaShare.Exchange.NoticeAction;
using NoticeReport = SsaShare.Exchange.NoticeReport;

namespace SsaShare.Node;

/// <summary>Own records after they were given, and what became of them elsewhere.</summary>
public sealed partial class AdminGrpcService
{
    private const int RecordsMax = 10_000, NoticesPage = 100, NoticesPageMax = 1_000;

    public override async Task IssueNotices(IssueNoticesRequest request, IServerStreamWriter<IssueNoticesResponse> responseStream, ServerCallContext context)
    {
        var action = (NoticeAction)request.Action;
        if (!System.Enum.IsDefined(action) || action == NoticeAction.Unspecified) throw Refusals.Invalid("action", "must be correct, withdraw or recall.");
        if (!NoticeDocument.IsReason(request.Reason)) throw Refusals.Invalid("reason", $"must have at most {NoticeDocument.ReasonMax} characters, all of which can be shown.");
        if (request.Records.Count > RecordsMax) throw Refusals.Invalid("records", $"must be at most {RecordsMax}.");
        if ((request.Records.Count > 0) == (request.Observations is not null)) throw Refusals.Invalid("records", "either these or observations must be given.");
        var replacement = await ReadReplacementAsync(request, action, context.CancellationToken);
        var (named, skipped) = request.Observations is null ? await FindOwnAsync(request.Records, request.SkipUnknown, context.CancellationToken) : ([], 0);
        var selected = request.Observations is { } selection ? Select(selection, context.CancellationToken) : named.ToAsyncEnumerable();
        (long records, long issued) = (0, 0);
        await foreach (var progress in notices.IssueAsync(selected, action, replacement, request.Reason, context.CancellationToken))
        {
            (records, issued) = progress;
            await responseStream.WriteAsync(new IssueNoticesResponse { RecordCount = records, IssuedCount = issued, SkippedCount = skipped }, context.CancellationToken);
        }
        if (records == 0) await responseStream.WriteAsync(new IssueNoticesResponse { SkippedCount = skipped }, context.CancellationToken);
        NodeLog.NoticesIssued(logger, issued, records, action);
    }

    public override async Task<ListNoticesResponse> ListNotices(ListNoticesRequest request, ServerCallContext context)
    {
        if (request.PageSize is < 0 or > NoticesPageMax) throw Refusals.Invalid("page_size", $"must be 0 to {NoticesPageMax}.");
        int size = request.PageSize == 0 ? NoticesPage : request.PageSize;
        var page = await desk.ListNoticesAsync(request.BeforeLogIndex > 0 ? request.BeforeLogIndex : long.MaxValue, size, request.PendingOnly, context.CancellationToken);
        var response = new ListNoticesResponse { NextBeforeLogIndex = page.Count == size ? page[^1].LogIndex : 0 };
        response.Notices.AddRange(page.Select(ToWire));
        return response;
    }

    public override async Task<GetRecordResponse> GetRecord(GetRecordRequest request, ServerCallContext context)
    {
        var (ways, fault) = await desk.FindAsync(request.Record, context.CancellationToken);
        if (ways.Count == 0) throw Refusals.NotFound(fault);
        var response = new GetRecordResponse();
        response.Ways.AddRange(ways.Select(ToWire));
        foreach (var place in ways.Select(way => new RecordPlace(way.PublicationId, way.Record.Index)).Distinct())
        {
            response.Notices.AddRange((await desk.FindNoticesAsync(place, context.CancellationToken)).Select(ToWire));
            response.Releases.AddRange((await desk.FindGivingsAsync(place, context.CancellationToken)).Select(ToWire));
        }
        return response;
    }

    private async Task<RecordPlace?> ReadReplacementAsync(IssueNoticesRequest request, NoticeAction action, CancellationToken cancellationToken)
    {
        if (request.Replacement.Length == 0) return null;
        if (action != NoticeAction.Correct || request.Records.Count != 1) throw Refusals.Invalid("replacement", "goes with the correction of one record.");
        var place = (await FindOwnAsync([request.Replacement], skipsUnknown: false, cancellationToken)).Places[0];
        return place != (await FindOwnAsync(request.Records, skipsUnknown: false, cancellationToken)).Places[0] ? place : throw Refusals.Invalid("replacement", "a record cannot replace itself.");
    }

    private async Task<(IReadOnlyList<RecordPlace> Places, int Skipped)> FindOwnAsync(IReadOnlyList<string> names, bool skipsUnknown, CancellationToken cancellationToken)
    {
        var (places, fault, skipped) = await desk.FindOwnAsync(names, skipsUnknown, cancellationToken);
        return (places ?? throw Refusals.NotFound(fault), skipped);
    }

    private IAsyncEnumerable<RecordPlace> Select(ObservationSelection selection, CancellationToken cancellationToken)
    {
        SensorId? sensor = selection.SensorId.Length == 0 ? null : SensorId.TryParse(selection.SensorId, out var id) ? id : throw Refusals.Invalid("sensor_id", "is not a sensor id.");
        if (sensor is null && selection.From is null && selection.Until is null) throw Refusals.Invalid("observations", "must name a sensor or a time.");
        return desk.SelectOwnAsync(sensor, ReadEpoch("from", selection.From) ?? new Epoch(long.MinValue), ReadEpoch("until", selection.Until) ?? new Epoch(long.MaxValue), cancellationToken);
    }

    private static Epoch? ReadEpoch(string field, Protocol.Common.V1.Epoch? epoch)
        => epoch is null ? null : epoch.TimeScale == Protocol.Common.V1.TimeScale.Tai ? new Epoch(epoch.NanosecondsSinceJ2000) : throw Refusals.Invalid(field, "must be in TAI.");

    private static Timestamp ToWire(Epoch epoch) => Timestamp.FromDateTimeOffset(Utc.ToDateTime(epoch));

    private static Protocol.Admin.V1.NoticeReport ToWire(NoticeReport report)
    {
        var notice = report.Notice.Notice;
        var wire = new Protocol.Admin.V1.NoticeReport
        {
            NoticeId = report.Notice.Id.ToWire(),
            PublicationId = notice.Publication.ToWire(),
            Index = notice.Index,
            Action = (Protocol.Admin.V1.NoticeAction)notice.Action,
            OriginatorId = notice.Originator.Value,
            Reason = notice.Reason,
            Issued = ToWire(notice.Issued),
        };
        if (notice.Replacement is { } replacement) (wire.ReplacementPublicationId, wire.ReplacementIndex) = (replacement.Publication.ToWire(), replacement.Index);
        wire.Receipts.AddRange(report.Receipts.Select(receipt => new NoticeReceiptReport { PartnerId = receipt.Receiver.Value, Outcome = (Protocol.Admin.V1.NoticeOutcome)receipt.Outcome, Time = ToWire(receipt.Time) }));
        wire.PendingPartnerIds.AddRange(report.Pending.Select(partner => partner.Value));
        return wire;
    }

    private static RecordWay ToWire(FoundRecord way)
    {
        var facts = way.Record.Record.Facts;
        return new RecordWay
        {
            RecordId = Google.Protobuf.ByteString.CopyFrom(way.Id.ToArray()),
            PublicationId = way.PublicationId.ToWire(),
            Index = way.Record.Index,
            RecordClass = (Protocol.Common.V1.RecordClass)(int)facts.Class,
            OriginatorId = facts.Originator.Value,
            SensorId = facts.Sensor?.Value ?? "",
            ObjectTag = facts.Objects.ToString(),
            Epoch = facts.Epoch.ToWire(),
            Published = ToWire(way.Published),
            ProviderId = way.Provider?.Value ?? "",
            AgreementId = way.Agreement?.Value.ToWire() ?? Google.Protobuf.ByteString.Empty,
            PayloadBytes = way.Record.Record.Payload.Length,
        };
    }

    private static RecordRelease ToWire(ReleasedTo giving) => new()
    {
        PartnerId = giving.Receiver.Value,
        AgreementId = giving.Agreement.Value.ToWire(),
        ProfileId = giving.Form.Profile?.Value ?? "",
        Time = ToWire(giving.At),
    };
}
