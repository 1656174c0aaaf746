using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>Proposing, signing and reading agreements.</summary>
public sealed partial class AdminGrpcService
{
    public override async Task<ProposeAgreementResponse> ProposeAgreement(ProposeAgreementRequest request, ServerCallContext context)
    {
        var draft = ReadDraft(request.FileName, request.Yaml);
        var acceptance = await book.ProposeAsync(Agreement.Fix(draft, partner => directory.Find(partner)?.Card), context.CancellationToken);
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
        var response = new GetAgreementResponse { Summary = ToWire(entry), Payload = ByteString.CopyFrom(entry.Agreement.Payload.AsSpan()) };
        response.Transitions.AddRange(entry.History.All.Select(transition => ToWire(entry, transition.Document)));
        return Task.FromResult(response);
    }

    public override async Task<ChangeAgreementResponse> ChangeAgreement(ChangeAgreementRequest request, ServerCallContext context)
    {
        var id = Find(request.AgreementId).Agreement.Id;
        var happening = AgreementStateMapper.TryRead(request.Event) ?? throw Refusals.Invalid("event", "must be suspend, resume or revoke.");
        if (!TransitionDocument.IsReason(request.Reason)) throw Refusals.Invalid("reason", $"must be 1 to {TransitionDocument.ReasonLengthMax} plain characters on one line.");
        var acceptance = await book.ChangeAsync(id, happening, request.Reason, context.CancellationToken);
        var entry = acceptance.Entry ?? throw Refusals.TransitionOutOfPlace(acceptance.Fault!);
        NodeLog.TransitionKept(logger, id, identity.Partner, happening, request.Reason, entry.State);
        return new ChangeAgreementResponse { State = entry.State.ToWire() };
    }

    public override Task<ListAgreementsResponse> ListAgreements(ListAgreementsRequest request, ServerCallContext context)
    {
        var response = new ListAgreementsResponse();
        response.Agreements.AddRange(book.Entries.OrderBy(entry => entry.Agreement.Terms.Title, StringComparer.Ordinal).Select(ToWire));
        return Task.FromResult(response);
    }

    private AgreementDraft ReadDraft(string fileName, ByteString yaml)
    {
        var read = AgreementDraft.ReadYaml(yaml.Span);
        if (!read.TryGetValue(out var draft)) throw Refusals.Invalid(fileName, string.Join("; ", read.Issues.Take(20)));
        foreach (var party in draft.Parties)
            if (directory.Find(party.Partner) is null) throw Refusals.Invalid("parties", $"no node card of '{party.Partner}' is pinned here. Add it with: ssa peer add CARD");
        return draft;
    }

    private BookEntry Find(ByteString agreementId)
    {
        if (!Hash256.TryCreate(agreementId.Span, out var hash)) throw Refusals.Invalid("agreement_id", "must be 32 bytes.");
        var id = new AgreementId(hash);
        return book.Find(id) ?? throw Refusals.NotFound($"There is no agreement {id} here.");
    }

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
        summary.SuspendedBy.AddRange(entry.Status.SuspendedBy.Select(partner => partner.Value));
        return summary;
    }

    private AgreementTransition ToWire(BookEntry entry, TransitionDocument document)
    {
        var transition = new AgreementTransition
        {
            PartnerId = document.Party.Value,
            Sequence = document.Sequence,
            Event = document.Event.ToWire(),
            Reason = document.Reason,
            Time = Timestamp.FromDateTimeOffset(Utc.ToDateTime(document.Time)),
        };
        if (document.Party == identity.Partner)
            transition.AcknowledgedBy.AddRange(entry.Agreement.Parties.Select(party => party.Partner)
                .Where(party => party != identity.Partner && deliveries.KnownTo(party, entry.Agreement.Id) >= document.Sequence).Select(party => party.Value));
        return transition;
    }
}
