using Google.Protobuf;
using Grpc.Core;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Protocol;
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
        using var bytes = new MemoryStream();
        do
        {
            if (bytes.Length + requestStream.Current.Piece.Length > TransferReader.ItemBytesMax) throw Refusals.Invalid("piece", $"an item is longer than {TransferReader.ItemBytesMax} bytes.");
            bytes.Write(requestStream.Current.Piece.Span);
            if (!requestStream.Current.EndsItem) continue;
            await responseStream.WriteAsync(await desk.TakeAsync(agreement, from, ReadItem(bytes), context.CancellationToken), context.CancellationToken);
            bytes.SetLength(0);
        }
        while (await requestStream.MoveNext(context.CancellationToken));
        if (bytes.Length > 0) throw Refusals.Invalid("piece", "the stream ends within an item.");
    }

    private static TransferItem ReadItem(MemoryStream bytes)
    {
        try
        {
            return TransferItem.Parser.ParseFrom(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (InvalidProtocolBufferException)
        {
            throw Refusals.Invalid("piece", "the item is not well-formed.");
        }
    }

    private static AgreementId ReadAgreement(ByteString id)
        => Hash256.TryCreate(id.Span, out var hash) ? new AgreementId(hash) : throw Refusals.Invalid("agreement_id", "must be 32 bytes.");

    private static PartnerId ReadPartner(string field, string id) => PartnerId.TryParse(id, out var partner) ? partner : throw Refusals.Invalid(field, $"'{id}' is not a partner id.");
}
