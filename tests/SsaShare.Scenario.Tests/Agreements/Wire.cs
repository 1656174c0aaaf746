using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Protocol.Exchange.V1;
using PublicationSlice = SsaShare.Exchange.PublicationSlice;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>Pulls as a partner would that has only its certificate: from the beginning, for as long as there is something.</summary>
internal sealed class Wire : IDisposable
{
    private readonly Dictionary<(ScenarioNode Provider, ScenarioNode Reader), GrpcChannel> _channels = [];

    /// <summary>Everything that the provider gives the reader under an agreement just now.</summary>
    /// <exception cref="RpcException">It gives nothing at all, and says so.</exception>
    public async Task<List<PublicationSlice>> PullAllAsync(ScenarioNode provider, ScenarioNode reader, ByteString agreement)
    {
        var slices = new List<PublicationSlice>();
        var cursor = ByteString.Empty;
        while (true)
        {
            var (answer, manifest) = await PullAsync(provider, reader, new PullRequest { AgreementId = agreement, Cursor = cursor, RecordsMax = 10_000 });
            slices.AddRange(answer.Slices);
            // What waits for an agreement to be resumed keeps an answer from being complete and the cursor from moving.
            if (manifest.Complete || (manifest.ItemCount == 0 && manifest.ToPosition == manifest.AfterPosition)) return slices;
            cursor = ByteString.CopyFrom(answer.Cursor.Span);
        }
    }

    /// <summary>One pull, tried again when the reader's own node pulls in between and takes the turn.</summary>
    public async Task<(PullAnswer Answer, ManifestDocument Manifest)> PullAsync(ScenarioNode provider, ScenarioNode reader, PullRequest request)
    {
        while (true)
        {
            try
            {
                var answer = PullMapper.TryRead(await new ExchangeService.ExchangeServiceClient(Channel(provider, reader)).PullAsync(request), out string fault);
                Assert.True(answer is not null, fault);
                Assert.True(DocumentJson.TryRead<ManifestDocument>(answer.Manifest.Payload.Span, DocumentContexts.Manifest, out var manifest));
                return (answer, manifest);
            }
            catch (RpcException e) when (e.StatusCode == StatusCode.Aborted)
            {
                // The reader's own node has asked meanwhile; the newest pull has the turn.
            }
        }
    }

    public void Dispose()
    {
        foreach (var channel in _channels.Values) channel.Dispose();
    }

    private GrpcChannel Channel(ScenarioNode provider, ScenarioNode reader)
    {
        if (!_channels.TryGetValue((provider, reader), out var channel))
            _channels.Add((provider, reader), channel = PinnedChannel.Open(provider.Card.Card, reader.Identity.TlsCertificate));
        return channel;
    }
}
