using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using SsaShare.Peering;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Protocol.Audit.V1;
using SsaShare.Protocol.Catalog.V1;
using SsaShare.Protocol.Transfer.V1;
using SsaShare.Signing;

namespace SsaShare.Cli;

/// <summary>Calls a node with the operator's certificate from the node's folder, or with that of an auditor.</summary>
internal sealed class OperatorClient : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly GrpcChannel _channel;

    private OperatorClient(NodeCard card, X509Certificate2 certificate, Uri? endpoint = null)
        => (_certificate, _channel) = (certificate, PinnedChannel.Open(card, certificate, endpoint));

    public AdminService.AdminServiceClient Admin => new(_channel);
    public AuditService.AuditServiceClient Audit => new(_channel);
    public TransferService.TransferServiceClient Transfer => new(_channel);
    public CatalogService.CatalogServiceClient Catalog => new(_channel);
    public ConjunctionService.ConjunctionServiceClient Conjunctions => new(_channel);
    public Grpc.Health.V1.Health.HealthClient Health => new(_channel);

    /// <summary>To the operator's own node.</summary>
    public static OperatorClient ToOwnNode(NodeFolder folder) => new(ReadCard(folder.CardFile).Card, KeyFile.ReadCertificate(folder.OperatorFile, Passphrases.Of(folder)));

    /// <summary>To another node, as this node's operator.</summary>
    public static OperatorClient To(string cardFile, NodeFolder folder) => new(ReadCard(cardFile).Card, KeyFile.ReadCertificate(folder.OperatorFile, Passphrases.Of(folder)));

    /// <summary>To a node that lets its bearer read its log.</summary>
    /// <param name="cardFile">Of the node.</param>
    /// <param name="certificateFile">The auditor's, made by 'ssa auditor key'.</param>
    /// <param name="endpoint">Where the node is reached; null where its card says.</param>
    /// <param name="passphrase">Of the certificate's key, where it is encrypted.</param>
    public static OperatorClient AsAuditor(string cardFile, string certificateFile, Uri? endpoint, Passphrase? passphrase)
        => new(ReadCard(cardFile).Card, KeyFile.ReadCertificate(certificateFile, passphrase), endpoint);

    /// <exception cref="InvalidDataException">The file is not a signed node card.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static SignedNodeCard ReadCard(string path)
        => !File.Exists(path) ? throw new FileNotFoundException($"There is no node card '{path}'. 'ssa node init' makes a node's folder; --dir names it.")
            : SignedNodeCard.TryOpen(File.ReadAllBytes(path), out var card, out string? fault) ? card
            : throw new InvalidDataException($"{path}: {fault}");

    public void Dispose()
    {
        _channel.Dispose();
        _certificate.Dispose();
    }
}
