using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>What this node's own operator does.</summary>
public sealed class AdminGrpcService(PeerDirectory directory, AgreementBook book, FilePublisher files, SensorPublisher sensors,
    NodeStatusReader status, EvidenceExporter evidence, ILogger<AdminGrpcService> logger) : AdminService.AdminServiceBase
{
    private const int IssuesShown = 1_000;

    public override Task<GetStatusResponse> GetStatus(GetStatusRequest request, ServerCallContext context) => status.ReadAsync(context.CancellationToken);

    public override async Task<AddPeerResponse> AddPeer(AddPeerRequest request, ServerCallContext context)
    {
        if (!SignedNodeCard.TryOpen(request.NodeCard.Span, out var card, out string? fault)) throw Refusals.Invalid("node_card", fault);
        if (!PartnerId.TryParse(card.Card.PartnerId, out _)) throw Refusals.Invalid("node_card", $"'{card.Card.PartnerId}' is not a partner id.");
        if (await directory.TryAddAsync(card, context.CancellationToken) is { } refusal) throw Refusals.CardRefused(refusal);
        NodeLog.PeerPinned(logger, card.Card.PartnerId);
        return new AddPeerResponse { PartnerId = card.Card.PartnerId };
    }

    public override async Task<PublishFileResponse> PublishFile(IAsyncStreamReader<PublishFileRequest> requestStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken)) throw Refusals.Invalid("file_name", "the stream is empty; send the name, the label and the file.");
        var first = requestStream.Current;
        var label = ReadLabel(first.Label);
        string name = first.FileName.Length == 0 ? "(unnamed)" : first.FileName;
        var outcome = await ChunkStream.ReadAsync(first, requestStream, stream => files.PublishAsync(stream, name, label, context.CancellationToken), context.CancellationToken);
        var response = new PublishFileResponse { AcceptedCount = outcome.Accepted, DuplicateCount = outcome.Duplicates, RefusedCount = outcome.Refused };
        response.Issues.AddRange(outcome.Issues.Take(IssuesShown).Select(ToWire));
        return response;
    }

    public override async Task<PublishSensorsResponse> PublishSensors(PublishSensorsRequest request, ServerCallContext context)
    {
        var outcome = await sensors.PublishAsync(request.Content.Memory, request.FileName, ReadLabel(request.Label), context.CancellationToken);
        var response = new PublishSensorsResponse { AcceptedCount = (int)outcome.Accepted, DuplicateCount = (int)outcome.Duplicates };
        response.Issues.AddRange(outcome.Issues.Take(IssuesShown).Select(ToWire));
        return response;
    }

    public override async Task<ProposeAgreementResponse> ProposeAgreement(ProposeAgreementRequest request, ServerCallContext context)
    {
        var draft = AgreementDraft.ReadYaml(request.Yaml.Span);
        if (!draft.TryGetValue(out var terms)) throw Refusals.Invalid(request.FileName, string.Join("; ", draft.Issues.Take(20)));
        foreach (var party in terms.Parties)
            if (directory.Find(party) is null) throw Refusals.Invalid("parties", $"no node card of '{party}' is pinned here. Add it with: ssa peer add CARD");
        var acceptance = await book.ProposeAsync(Agreement.Fix(terms, partner => directory.Find(partner)?.Card), context.CancellationToken);
        var entry = acceptance.Entry ?? throw Refusals.AgreementRefused(acceptance.Fault!);
        NodeLog.AgreementKept(logger, entry.Agreement.Id, entry.State);
        return new ProposeAgreementResponse { AgreementId = entry.Agreement.Id.Value.ToWire(), State = entry.State.ToWire() };
    }

    public override async Task<SignAgreementResponse> SignAgreement(SignAgreementRequest request, ServerCallContext context)
    {
        var id = Find(request.AgreementId).Agreement.Id;
        var acceptance = await book.SignAsync(id, context.CancellationToken);
        var entry = acceptance.Entry ?? throw Refusals.AgreementRefused(acceptance.Fault!);
        NodeLog.AgreementKept(logger, id, entry.State);
        return new SignAgreementResponse { State = entry.State.ToWire() };
    }

    public override Task<GetAgreementResponse> GetAgreement(GetAgreementRequest request, ServerCallContext context)
    {
        var entry = Find(request.AgreementId);
        return Task.FromResult(new GetAgreementResponse { Summary = ToWire(entry), Payload = ByteString.CopyFrom(entry.Agreement.Payload.AsSpan()) });
    }

    public override Task<ListAgreementsResponse> ListAgreements(ListAgreementsRequest request, ServerCallContext context)
    {
        var response = new ListAgreementsResponse();
        response.Agreements.AddRange(book.Entries.OrderBy(entry => entry.Agreement.Terms.Title, StringComparer.Ordinal).Select(ToWire));
        return Task.FromResult(response);
    }

    public override async Task ExportEvidence(ExportEvidenceRequest request, IServerStreamWriter<ExportEvidenceResponse> responseStream, ServerCallContext context)
    {
        await foreach (var chunk in evidence.ExportAsync(context.CancellationToken))
            await responseStream.WriteAsync(new ExportEvidenceResponse { Chunk = UnsafeByteOperations.UnsafeWrap(chunk) }, context.CancellationToken);
    }

    private BookEntry Find(ByteString agreementId)
    {
        if (!Hash256.TryCreate(agreementId.Span, out var hash)) throw Refusals.Invalid("agreement_id", "must be 32 bytes.");
        var id = new AgreementId(hash);
        return book.Find(id) ?? throw Refusals.NotFound($"There is no agreement {id} here.");
    }

    private static Label ReadLabel(Protocol.Common.V1.Label? label)
        => LabelCodec.TryRead(label) ?? throw Refusals.Invalid("label", "must have a handling level and a data mode, and partner ids in releasable_to.");

    private static LineIssue ToWire(ReadIssue issue) => new()
    {
        FileName = issue.File,
        Line = (int)Math.Min(issue.Line, int.MaxValue),
        Field = issue.Field,
        Reason = $"{(issue.Value.Length == 0 ? "" : $"{issue.Value}: ")}{issue.Reason}; {issue.Remedy}",
    };

    private static AgreementSummary ToWire(BookEntry entry)
    {
        var terms = entry.Agreement.Terms;
        var summary = new AgreementSummary
        {
            AgreementId = entry.Agreement.Id.Value.ToWire(),
            Title = terms.Title,
            State = entry.State.ToWire(),
            ValidFrom = Timestamp.FromDateTimeOffset(Utc.ToDateTime(terms.ValidFrom)),
            ValidUntil = Timestamp.FromDateTimeOffset(Utc.ToDateTime(terms.ValidUntil)),
        };
        summary.Parties.AddRange(entry.Agreement.Parties.Select(party => party.Partner.Value));
        summary.MissingSignatures.AddRange(entry.Verification.Missing.Select(partner => partner.Value));
        return summary;
    }
}
