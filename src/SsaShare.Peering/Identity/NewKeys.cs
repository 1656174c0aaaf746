using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>What the keys of a new node are and how they are kept.</summary>
/// <param name="SigningAlgorithm">Of the key that signs documents, where it is made here; a log and a witness sign with Ed25519, as their notes demand.</param>
/// <param name="Passphrase">Encrypts every secret of the folder; null leaves them in the clear.</param>
/// <param name="SigningToken">A token's key that signs documents; null for a key of its own in a file. So too the next two.</param>
/// <param name="LogToken">A token's Ed25519 key for the own log.</param>
/// <param name="WitnessToken">Another one for others' logs.</param>
public sealed record NewKeys(SignatureAlgorithm SigningAlgorithm = SignatureAlgorithm.EcdsaP256Sha256, Passphrase? Passphrase = null,
    Pkcs11Uri? SigningToken = null, Pkcs11Uri? LogToken = null, Pkcs11Uri? WitnessToken = null)
{
    internal SigningKey Signing() => SigningToken is { } uri ? TokenKeys.Open(uri, Passphrase) : SigningKey.Generate(SigningAlgorithm);

    internal NoteSigner Log(string name) => Note(LogToken, name, NoteSignatureType.Ed25519);

    internal NoteSigner Witness(string name) => Note(WitnessToken, name, NoteSignatureType.CosignatureV1);

    internal void Keep(string path, SigningKey key)
    {
        if (SigningToken is { } uri) KeyFile.CreateNew(path, uri);
        else KeyFile.CreateNew(path, key, Passphrase);
    }

    internal void Keep(string path, NoteSigner signer)
    {
        if ((signer.Verifier.Type == NoteSignatureType.Ed25519 ? LogToken : WitnessToken) is { } uri) KeyFile.CreateNew(path, uri);
        else KeyFile.CreateNew(path, signer, Passphrase);
    }

    private NoteSigner Note(Pkcs11Uri? token, string name, NoteSignatureType type)
        => token is null ? NoteSigner.Generate(name, type) : NoteSigner.Of(name, TokenKeys.Open(token, Passphrase), type);
}
