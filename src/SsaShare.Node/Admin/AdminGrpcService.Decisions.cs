using Grpc.Core;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Node;

/// <summary>Showing decisions: what an agreement would release.</summary>
public sealed partial class AdminGrpcService
{
    public override async Task SimulateAgreement(SimulateAgreementRequest request, IServerStreamWriter<SimulateAgreementResponse> responseStream, ServerCallContext context)
    {
        var reader = ReadPartner("reader_id", request.ReaderId);
        if (request.Since is null) throw Refusals.Invalid("since", "is missing.");
        var since = ReadTime(request.Since.ToDateTimeOffset());
        var set = ReadSimulated(request, reader);
        var simulation = await simulator.RunAsync(set, reader, since,
            (considered, count) => responseStream.WriteAsync(new() { Progress = new SimulationProgress { ConsideredCount = considered, RecordCount = count } }, context.CancellationToken), context.CancellationToken);
        var result = simulation.ToWire(set, identity.Partner, reader);
        result.Notes.AddRange(simulator.Notes(set, reader));
        await responseStream.WriteAsync(new() { Result = result }, context.CancellationToken);
    }

    private SimulatedSet ReadSimulated(SimulateAgreementRequest request, PartnerId reader)
    {
        if (request.DraftYaml.IsEmpty) return simulator.Choose(reader, request.AgreementId.IsEmpty ? null : Find(request.AgreementId));
        if (!request.AgreementId.IsEmpty) throw Refusals.Invalid("agreement_id", "is given together with draft_yaml; one of them decides.");
        return simulator.Choose(ReadDraft(request.DraftFileName, request.DraftYaml));
    }

    private static PartnerId ReadPartner(string field, string text) => PartnerId.TryParse(text, out var partner) ? partner : throw Refusals.Invalid(field, $"'{text}' is not a partner id.");

    private static Epoch ReadTime(DateTimeOffset time) => time.Year is >= 1972 and <= 2291 ? Utc.FromDateTime(time) : throw Refusals.Invalid("since", "must be from 1972 to 2291.");
}
