using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SsaShare.Domain;
using SsaShare.Peering;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>Partners whose keys are made of their names, the same in every process: what is sorted by a key or a hash of it comes in the same order.</summary>
internal static class SimParties
{
    private static readonly byte[] Ed25519Prefix = Convert.FromHexString("302e020100300506032b657004220420");
    private static readonly Lock Making = new();
    private static readonly Dictionary<string, NodeIdentity> Made = [];

    public static NodeIdentity Of(string partner)
    {
        lock (Making)
        {
            if (!Made.TryGetValue(partner, out var identity)) Made.Add(partner, identity = Make(PartnerId.Parse(partner)));
            return identity;
        }
    }

    private static NodeIdentity Make(PartnerId partner)
    {
        var directory = Directory.CreateTempSubdirectory("ssashare-simulation-");
        try
        {
            var folder = new NodeFolder(directory.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(folder.SigningKeyFile)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using var signing = SigningKey.ImportPkcs8(P256(partner, "signing").ExportPkcs8PrivateKey());
            using var recovery = SigningKey.ImportPkcs8(P256(partner, "recovery").ExportPkcs8PrivateKey());
            using var log = NoteSigner.ImportPkcs8(NodeIdentity.LogName(partner), Ed25519(partner, "log"));
            using var witness = NoteSigner.ImportPkcs8(NodeIdentity.WitnessName(partner), Ed25519(partner, "witness"), NoteSignatureType.CosignatureV1);
            using var tls = Certificate(partner, "tls");
            using var operators = Certificate(partner, "operator");
            var card = new NodeCard(partner.Value, $"The {partner} agency", new Uri("https://127.0.0.1:1"), signing.VerificationKey, log.Verifier, witness.Verifier, recovery.VerificationKey,
                [SpkiPin.Of(tls)], [SpkiPin.Of(operators)], SimClock.Start.AddDays(-1)).Sign(signing);
            KeyFile.CreateNew(folder.SigningKeyFile, signing);
            KeyFile.CreateNew(folder.LogKeyFile, log);
            KeyFile.CreateNew(folder.WitnessKeyFile, witness);
            KeyFile.CreateNew(folder.TlsFile, tls);
            KeyFile.CreateNewSecret(folder.CursorKeyFile, Secret(partner, "cursor"));
            File.WriteAllBytes(folder.CardFile, card.ToJson());
            return NodeIdentity.Load(folder);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static byte[] Secret(PartnerId partner, string use) => SHA256.HashData(Encoding.ASCII.GetBytes($"simulated {use} key of {partner}"));

    private static byte[] Ed25519(PartnerId partner, string use) => [.. Ed25519Prefix, .. Secret(partner, use)];

    /// <summary>The group's order begins with 32 set bits, so a hash is almost surely less.</summary>
    private static ECDsa P256(PartnerId partner, string use) => ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Secret(partner, use) });

    private static X509Certificate2 Certificate(PartnerId partner, string use)
    {
        using var key = P256(partner, use);
        return new CertificateRequest($"CN={partner.Value}", key, HashAlgorithmName.SHA256).CreateSelfSigned(SimClock.Start.AddDays(-1), SimClock.Start.AddYears(2));
    }
}
