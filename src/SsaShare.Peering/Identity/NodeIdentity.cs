using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>Who this node is: its keys, its certificate and the card that others pin.</summary>
public sealed class NodeIdentity : IDisposable
{
    private const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private NodeIdentity(KeyHistory keys, SigningKey signingKey, NoteSigner logSigner, NoteSigner witnessSigner, X509Certificate2 tlsCertificate, byte[] cursorKey)
    {
        (Keys, SigningKey, LogSigner, WitnessSigner, TlsCertificate, CursorKey, Partner) = (keys, signingKey, logSigner, witnessSigner, tlsCertificate, cursorKey, PartnerId.Parse(keys.PartnerId));
        DegradationKey = new DegradationKey(HMACSHA256.HashData(cursorKey, "ssashare/degradation-key/v1"u8));
    }

    public PartnerId Partner { get; }

    /// <summary>The keys that this node has had, by its folder.</summary>
    public KeyHistory Keys { get; }

    public SignedNodeCard Card => Keys.Current;
    public SigningKey SigningKey { get; }
    public NoteSigner LogSigner { get; }

    /// <summary>Cosigns checkpoints of others' logs.</summary>
    public NoteSigner WitnessSigner { get; }
    public X509Certificate2 TlsCertificate { get; }

    /// <summary>32 secret bytes that authenticate cursors.</summary>
    public ReadOnlyMemory<byte> CursorKey { get; }

    /// <summary>
    /// Derived from the cursor key's file, so that a node which has lost it does not start: with another key the same record would get other
    /// noise, and a recipient could average the two.
    /// </summary>
    public DegradationKey DegradationKey { get; }

    /// <summary>Makes keys, certificates and card in an empty or new folder; its files are readable by the owner only.</summary>
    /// <param name="folder">Made with mode 0700 where it does not exist.</param>
    /// <param name="partner">Whose node it is.</param>
    /// <param name="displayName">For people, 1 to 100 characters.</param>
    /// <param name="endpoint">Where others reach it: https, host and port.</param>
    /// <param name="now">Start of the certificates' validity, less five minutes for clocks that differ.</param>
    /// <param name="keys">What the keys are and how they are kept; null for P-256 in the clear.</param>
    /// <exception cref="IOException">A key exists already. Nothing is overwritten.</exception>
    /// <exception cref="KeyFileException">The passphrase is missing or too short, or the platform lacks the algorithm.</exception>
    /// <exception cref="Pkcs11Exception">A token is away, or has not the key.</exception>
    /// <exception cref="ArgumentException">The display name or the endpoint is not of its form, or one of a token's keys is named twice. Nothing is written.</exception>
    public static NodeIdentity Create(NodeFolder folder, PartnerId partner, string displayName, Uri endpoint, DateTimeOffset now, NewKeys? keys = null)
    {
        keys ??= new NewKeys();
        keys.Passphrase?.CheckNew();
        if (File.Exists(folder.CardFile))
            throw new IOException($"'{folder.Path}' holds a node already. Choose another folder, or remove it if nobody has pinned its card.");

        var from = now.AddMinutes(-5);
        bool isAddress = IPAddress.TryParse(endpoint.Host.Trim('[', ']'), out var address);
        using var signingKey = keys.Signing();
        using var logSigner = keys.Log(LogName(partner));
        using var witnessSigner = keys.Witness(WitnessName(partner));
        using var recoveryKey = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        using var tls = Signing.TlsCertificate.CreateForNode(partner.Value, isAddress ? [] : [endpoint.Host], isAddress ? [address!] : [], from);
        using var operatorCertificate = Signing.TlsCertificate.CreateForOperator($"{partner.Value} operator", from);
        var card = new NodeCard(partner.Value, displayName, endpoint, signingKey.VerificationKey, logSigner.Verifier, witnessSigner.Verifier, recoveryKey.VerificationKey,
            [SpkiPin.Of(tls)], [SpkiPin.Of(operatorCertificate)], now).Sign(signingKey);

        Directory.CreateDirectory(folder.Path, OwnerOnlyFolder);
        Directory.CreateDirectory(Path.GetDirectoryName(folder.SigningKeyFile)!, OwnerOnlyFolder);
        keys.Keep(folder.SigningKeyFile, signingKey);
        keys.Keep(folder.LogKeyFile, logSigner);
        keys.Keep(folder.WitnessKeyFile, witnessSigner);
        KeyFile.CreateNew(folder.RecoveryKeyFile, recoveryKey, keys.Passphrase);
        KeyFile.CreateNew(folder.TlsFile, tls, keys.Passphrase);
        KeyFile.CreateNew(folder.OperatorFile, operatorCertificate, keys.Passphrase);
        KeyFile.CreateNewSecret(folder.CursorKeyFile, RandomNumberGenerator.GetBytes(KeyFile.SecretSize), keys.Passphrase);
        File.WriteAllBytes(folder.CardFile, card.ToJson());
        return Load(folder, keys.Passphrase);
    }

    /// <param name="folder">Made by <see cref="Create"/>.</param>
    /// <param name="passphrase">Opens encrypted keys; null where none is.</param>
    /// <exception cref="KeyFileException">A key is missing, open to others, encrypted with another passphrase, or not usable.</exception>
    /// <exception cref="Pkcs11Exception">A key is in a token that is away or refuses the PIN.</exception>
    /// <exception cref="InvalidDataException">The card is missing, not well-formed, or not of these keys.</exception>
    public static NodeIdentity Load(NodeFolder folder, Passphrase? passphrase = null)
    {
        var keys = ReadKeys(folder);
        var card = keys.Current;
        var signingKey = KeyFile.ReadSigningKey(folder.SigningKeyFile, passphrase);
        var logSigner = KeyFile.ReadNoteSigner(folder.LogKeyFile, card.Card.LogKey.Name, passphrase: passphrase);
        var witnessSigner = KeyFile.ReadNoteSigner(folder.WitnessKeyFile, card.Card.WitnessKey.Name, NoteSignatureType.CosignatureV1, passphrase);
        var tls = KeyFile.ReadCertificate(folder.TlsFile, passphrase);
        byte[] cursorKey = KeyFile.ReadSecret(folder.CursorKeyFile, passphrase);
        if (!signingKey.VerificationKey.Equals(card.Card.SigningKey) || !logSigner.Verifier.Equals(card.Card.LogKey) || !witnessSigner.Verifier.Equals(card.Card.WitnessKey)
            || !card.Card.TlsPins.Contains(SpkiPin.Of(tls)))
            throw new InvalidDataException($"The keys in '{folder.Path}' are not those of its node card.");
        return new NodeIdentity(keys, signingKey, logSigner, witnessSigner, tls, cursorKey);
    }

    /// <summary>The keys that a node has had, by its folder. Opens no secret.</summary>
    /// <exception cref="InvalidDataException">The card is missing, not well-formed, or of before a change of keys.</exception>
    public static KeyHistory ReadKeys(NodeFolder folder)
    {
        if (!File.Exists(folder.CardFile))
            throw new InvalidDataException($"'{folder.Path}' holds no node. Make one with: ssa node init --dir {folder.Path} --partner NAME");
        if (!SignedNodeCard.TryOpen(File.ReadAllBytes(folder.CardFile), out var card, out string? fault))
            throw new InvalidDataException($"{folder.CardFile}: {fault}");

        var keys = KeyHistory.Of(card).WithAll(KeyChange.ReadEvents(folder, card));
        if (keys.Current.Id != card.Id) throw new InvalidDataException($"{folder.CardFile} is a node card of before a change of keys in '{Path.GetDirectoryName(folder.KeyEventFile(1))}': was an old backup restored?");
        return keys;
    }

    /// <summary>Name of a node's log: the origin line of its checkpoints.</summary>
    public static string LogName(PartnerId partner) => $"ssashare/{partner.Value}/log";

    /// <summary>Name of a node as a witness: stands on the lines of its cosignatures.</summary>
    public static string WitnessName(PartnerId partner) => $"ssashare/{partner.Value}/witness";

    public void Dispose()
    {
        SigningKey.Dispose();
        LogSigner.Dispose();
        WitnessSigner.Dispose();
        TlsCertificate.Dispose();
    }
}
