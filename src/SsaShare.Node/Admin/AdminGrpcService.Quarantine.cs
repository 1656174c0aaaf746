using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SsaShare.Domain;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Signing;
using QuarantineState = SsaShare.Exchange.QuarantineState;

namespace SsaShare.Node;

/// <summary>What was refused when it was to be published.</summary>
public sealed partial class AdminGrpcService
{
    private const int QuarantinePage = 100, QuarantinePageMax = 1_000;

    public override async Task<ListQuarantineResponse> ListQuarantine(ListQuarantineRequest request, ServerCallContext context)
    {
        if (request.PageSize is < 0 or > QuarantinePageMax) throw Refusals.Invalid("page_size", $"must be 0 to {QuarantinePageMax}.");
        if (!System.Enum.IsDefined(request.State)) throw Refusals.Invalid("state", "must be open, mended, dismissed or unspecified.");
        (Epoch, Hash256)? before = request.PageToken.Length == 0 ? null : QuarantineToken.TryRead(request.PageToken) ?? throw Refusals.Invalid("page_token", "must be from the page before.");
        int size = request.PageSize == 0 ? QuarantinePage : request.PageSize;
        var state = (QuarantineState)request.State;
        var page = await quarantine.ListAsync(state == QuarantineState.Unspecified ? null : state, before, size, context.CancellationToken);
        var totals = await quarantine.CountAsync(context.CancellationToken);
        var response = new ListQuarantineResponse
        {
            NextPageToken = page.Count == size ? QuarantineToken.Write(page[^1]) : "",
            OpenCount = totals.Open, MendedCount = totals.Mended, DismissedCount = totals.Dismissed, ByteCount = totals.Bytes, DroppedCount = totals.DroppedOpen,
        };
        response.Entries.AddRange(page.Select(ToWire));
        return response;
    }

    public override async Task<GetQuarantineEntryResponse> GetQuarantineEntry(GetQuarantineEntryRequest request, ServerCallContext context)
    {
        var (entry, fault) = await quarantine.FindAsync(request.Entry, context.CancellationToken);
        if (entry is null) throw Refusals.Of(fault);
        return new GetQuarantineEntryResponse
        {
            Entry = ToWire(entry), Before = ByteString.CopyFrom(entry.Content.Before.Span), Text = ByteString.CopyFrom(entry.Content.Text.Span), After = ByteString.CopyFrom(entry.Content.After.Span),
        };
    }

    public override async Task<MendQuarantineEntryResponse> MendQuarantineEntry(MendQuarantineEntryRequest request, ServerCallContext context)
    {
        var mended = await quarantine.MendAsync(request.Entry, request.Text.Memory, context.CancellationToken);
        if (mended.Fault.Kind is not (QuarantineFaultKind.None or QuarantineFaultKind.Refused) || (mended.Outcome is null && mended.Issues.Count == 0)) throw Refusals.Of(mended.Fault);
        var response = new MendQuarantineEntryResponse { Outcome = mended.Outcome is { } outcome ? ToWire(outcome) : null };
        response.Issues.AddRange(mended.Issues.Take(IssuesShown).Select(ToWire));
        return response;
    }

    public override async Task ReplayQuarantine(ReplayQuarantineRequest request, IServerStreamWriter<ReplayQuarantineResponse> responseStream, ServerCallContext context)
    {
        var (outcome, fault) = await quarantine.ReplayAsync(request.Entry.Length == 0 ? null : request.Entry, sum => responseStream.WriteAsync(ToWire(sum), context.CancellationToken), context.CancellationToken);
        if (fault.Kind != QuarantineFaultKind.None) throw Refusals.Of(fault);
        await responseStream.WriteAsync(ToWire(outcome), context.CancellationToken);
    }

    public override async Task<DismissQuarantineEntryResponse> DismissQuarantineEntry(DismissQuarantineEntryRequest request, ServerCallContext context)
    {
        var fault = await quarantine.DismissAsync(request.Entry, request.Reason, context.CancellationToken);
        return fault.Kind == QuarantineFaultKind.None ? new DismissQuarantineEntryResponse() : throw Refusals.Of(fault);
    }

    private static ReplayQuarantineResponse ToWire(ReplayOutcome outcome)
        => new() { TriedCount = outcome.Tried, ClosedCount = outcome.Closed, AcceptedCount = outcome.Accepted, DuplicateCount = outcome.Duplicates };

    private static QuarantineEntry ToWire(Exchange.QuarantineEntry entry) => new()
    {
        EntryId = ByteString.CopyFrom(entry.Id.ToArray()),
        Source = (IngestSource)entry.Place.Source,
        FileName = entry.Place.File,
        Line = entry.Place.Line,
        Field = entry.Place.Field,
        Reasons = entry.Place.Reasons,
        MayPass = entry.Place.MayPass,
        Format = entry.Content.Format,
        Label = Protocol.Common.V1.Label.Parser.ParseFrom(entry.Label.Span),
        Time = Timestamp.FromDateTimeOffset(Utc.ToDateTime(entry.Time)),
        LastTime = Timestamp.FromDateTimeOffset(Utc.ToDateTime(entry.LastTime)),
        Times = entry.Times,
        State = (Protocol.Admin.V1.QuarantineState)entry.State,
        Remark = entry.Remark,
        TextBytes = entry.Content.Text.Length,
        Cut = entry.Content.IsCut,
    };
}
