using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Net.Client;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Peering;
using SsaShare.Protocol.Agreement.V1;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests;

/// <summary>A partner that the test itself plays: it has keys and a card like any node, and does with them what a node never would.</summary>
internal sealed class ActingPartner : IDisposable
{
    private readonly List<GrpcChannel> _channels = [];

    private ActingPartner(NodeFolder folder, NodeIdentity identity)
        => (Folder, Identity, OperatorCertificate) = (folder, identity, KeyFile.ReadCertificate(folder.OperatorFile));

    public NodeFolder Folder { get; }
    public NodeIdentity Identity { get; }
    public PartnerId Partner => Identity.Partner;
    public SignedNodeCard Card => Identity.Card;
    public SigningKey Key => Identity.SigningKey;
    public X509Certificate2 OperatorCertificate { get; }

    public static ActingPartner Create(string root, string partner, int? port = null)
    {
        var folder = new NodeFolder(Path.Combine(root, $"{partner}-{Guid.NewGuid():N}"));
        return new ActingPartner(folder, NodeIdentity.Create(folder, PartnerId.Parse(partner), partner, new Uri($"https://127.0.0.1:{port ?? FreePort.Next()}"), TimeProvider.System.GetUtcNow()));
    }

    /// <summary>Plays a node that is not running, with its own keys.</summary>
    public static ActingPartner Of(ScenarioNode node) => new(node.Folder, NodeIdentity.Load(node.Folder));

    public ExchangeService.ExchangeServiceClient Exchange(ScenarioNode node) => new(Open(node, Identity.TlsCertificate));

    /// <summary>A channel to the node with any client certificate; null presents none.</summary>
    public GrpcChannel Open(ScenarioNode node, X509Certificate2? certificate)
    {
        var channel = certificate is not null ? PinnedChannel.Open(node.Card.Card, certificate) : GrpcChannel.ForAddress(node.Card.Card.Endpoint, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, presented, _, _) => PinnedChannel.IsPinned(presented, node.Card.Card.TlsPins) } },
            DisposeHttpClient = true,
        });
        _channels.Add(channel);
        return channel;
    }

    /// <summary>Fixes an agreement between partners whose cards are given, and signs it.</summary>
    public AgreementEnvelope Sign(string yaml, params SignedNodeCard[] cards)
    {
        var draft = AgreementDraft.ReadYaml(System.Text.Encoding.UTF8.GetBytes(yaml));
        Assert.Empty(draft.Issues);
        return AgreementEnvelope.Of(Agreement.Fix(draft.Value!, partner => cards.FirstOrDefault(card => card.Card.PartnerId == partner.Value))).Sign(Key);
    }

    public async Task<DeliverAgreementResponse> DeliverAsync(ScenarioNode node, byte[] envelope)
        => await new AgreementService.AgreementServiceClient(Open(node, Identity.TlsCertificate)).DeliverAgreementAsync(new() { Envelope = ByteString.CopyFrom(envelope) });

    /// <summary>Signs an agreement with the node, brings it there, and has the node's operator countersign it.</summary>
    public async Task<AgreementId> AgreeAsync(ScenarioNode node, string yaml)
    {
        var envelope = Sign(yaml, Card, node.Card);
        await DeliverAsync(node, envelope.ToJson());
        var signed = await node.Admin.SignAgreementAsync(new() { AgreementId = ByteString.CopyFrom(envelope.Id.Value.ToArray()) });
        Assert.Equal(Protocol.Agreement.V1.AgreementState.Active, signed.State);
        return envelope.Id;
    }

    public void Dispose()
    {
        foreach (var channel in _channels) channel.Dispose();
        OperatorCertificate.Dispose();
        Identity.Dispose();
    }
}
