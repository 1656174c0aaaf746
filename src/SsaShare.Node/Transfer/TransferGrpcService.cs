using Grpc.Core;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Protocol.Transfer.V1;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>What this node's operator carries in files.</summary>
public sealed class TransferGrpcService(TransferDesk desk) : TransferService.TransferServiceBase
{
    public override async Task<ComposeRequestResponse> ComposeRequest(ComposeRequestRequest request, ServerCallContext context)
    {
        var response = new ComposeRequestResponse();
        response.Items.AddRange(await desk.ComposeRequestAsync(ReadAgreement(request.AgreementId), ReadPartner("provider_id", request.ProviderId), context.CancellationToken));
        return response;
    }

    public override async Task ComposeAnswers(ComposeAnswersRequest request, IServerStreamWriter<ComposeAnswersResponse> responseStream, ServerCallContext context)
    {
        if (request.BytesMax < 0) throw Refusals.Invalid("bytes_max", "must be 0 or more.");
        await foreach (var item in desk.ComposeAnswersAsync(ReadAgreement(request.AgreementId), ReadPartner("receiver_id", request.ReceiverId), request.Items, request.BytesMax, context.CancellationToken))
            await responseStream.WriteAsync(new ComposeAnswersResponse { Item = item }, context.CancellationToken);
    }

    public override async Task TakeItems(IAsyncStreamReader<TakeItemsRequest> requestStream, IServerStreamWriter<TakeItemsResponse> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken)) throw Refusals.Invalid("agreement_id", "the stream is empty.");
        var (agreement, from) = (ReadAgreement(requestStream.Current.AgreementId), ReadPartner("partner_id", requestStream.Current.PartnerId));
        do
        {
            var item = requestStream.Current.Item ?? throw Refusals.Invalid("item", "is missing.");
            await responseStream.WriteAsync(await desk.TakeAsync(agreement, from, item, context.CancellationToken), context.CancellationToken);
        }
        while (await requestStream.MoveNext(context.CancellationToken));
    }

    private static AgreementId ReadAgreement(Google.Protobuf.ByteString id)
        => Hash256.TryCreate(id.Span, out var hash) ? new AgreementId(hash) : throw Refusals.Invalid("agreement_id", "must be 32 bytes.");

    private static PartnerId ReadPartner(string field, string id) => PartnerId.TryParse(id, out var partner) ? partner : throw Refusals.Invalid(field, $"'{id}' is not a partner id.");
}
