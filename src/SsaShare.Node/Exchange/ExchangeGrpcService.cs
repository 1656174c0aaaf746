using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>Serves pulls: who asks stands in the certificate, what they are told is the <see cref="ExchangeDesk"/>'s, and the answer ends with its agreement even while it is written.</summary>
public sealed class ExchangeGrpcService(ExchangeDesk desk, AnswerLimits limits, ILogger<ExchangeGrpcService> logger) : ExchangeService.ExchangeServiceBase
{
    public override async Task<PullResponse> Pull(PullRequest request, ServerCallContext context)
    {
        var reader = Callers.Of(context).Partner;
        var place = limits.PlaceFor(reader, request.Priority == PullPriority.Urgent);
        try
        {
            var (answer, inForce) = await desk.AnswerAsync(request, reader, place, context.CancellationToken);
            context.GetHttpContext().Response.RegisterForDispose(inForce);
            var wire = answer.ToWire();
            wire.ProtocolVersion = ProtocolVersions.Current;
            AnswerWriting.Begin(context.GetHttpContext(), new AgreementId(new Hash256(request.AgreementId.Span)), reader, place, wire.CalculateSize(),
                wire.Slices.Sum(slice => slice.Records.Count), logger, inForce.Token);
            return wire;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }
}
