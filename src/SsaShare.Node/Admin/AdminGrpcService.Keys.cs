using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>What became of partners' keys.</summary>
public sealed partial class AdminGrpcService
{
    public override Task<ListPartnerKeysResponse> ListPartnerKeys(ListPartnerKeysRequest request, ServerCallContext context)
    {
        var response = new ListPartnerKeysResponse();
        foreach (var history in directory.Keys.Histories.OrderBy(history => history.PartnerId, StringComparer.Ordinal))
        {
            var keys = new PartnerKeys
            {
                PartnerId = history.PartnerId,
                Conflict = history.Conflict is { } conflict ? $"Changes {conflict.Known.Id} and {conflict.Other.Id} of one card contradict each other." : "",
            };
            keys.Cards.AddRange(history.Cards.Select((card, i) => ToWire(card, i == 0 ? null : history.Events[i - 1])));
            response.Partners.Add(keys);
        }
        return Task.FromResult(response);
    }

    private static PartnerCard ToWire(SignedNodeCard card, KeyEvent? change)
    {
        var wire = new PartnerCard
        {
            NodeCardId = card.Id.ToString(),
            SigningKeyId = card.Card.SigningKey.Id.ToString(),
            LogKey = card.Card.LogKey.ToString(),
            WitnessKey = card.Card.WitnessKey.ToString(),
        };
        if (change is null) return wire;
        (wire.Sequence, wire.Action, wire.Reason, wire.LogSize) = (change.Sequence, change.Action.Word(), change.Reason, change.LogSize);
        (wire.ValidFrom, wire.Effective) = (Timestamp.FromDateTimeOffset(change.Boundary), Timestamp.FromDateTimeOffset(change.Effective));
        return wire;
    }
}
