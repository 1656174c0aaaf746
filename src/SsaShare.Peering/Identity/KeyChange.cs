using System.Globalization;
using System.Net;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Peering;

/// <summary>Which keys of a node get successors, and why.</summary>
/// <param name="Signing">The key that signs documents.</param>
/// <param name="Log">The key that signs the log's checkpoints.</param>
/// <param name="Witness">The key that cosigns others' checkpoints.</param>
/// <param name="Tls">The key of its connections.</param>
/// <param name="Recovery">The key that signs the next change.</param>
/// <param name="CompromisedSince">Of a revocation: since when somebody else may have had a key; null for a rotation.</param>
/// <param name="Reason">For people; see <see cref="KeyEvent.IsReason"/>.</param>
/// <param name="Algorithm">Of a new signing key; null for that of the old one.</param>
public sealed record KeyChangeRequest(bool Signing, bool Log, bool Witness, bool Tls, bool Recovery, DateTimeOffset? CompromisedSince, string Reason, SignatureAlgorithm? Algorithm = null)
{
    /// <summary>A token's key that signs documents from then on; null for a key of its own in a file. So too the next two.</summary>
    public Pkcs11Uri? SigningToken { get; init; }

    /// <summary>A token's Ed25519 key for the own log.</summary>
    public Pkcs11Uri? LogToken { get; init; }

    /// <summary>Another one for others' logs.</summary>
    public Pkcs11Uri? WitnessToken { get; init; }

    /// <summary>Whether a key of a token may get a successor in a file.</summary>
    public bool ToFiles { get; init; }
}

/// <summary>
/// Changes of a node's own keys, in two steps: prepared while the node is stopped, where the recovery key is at hand, and carried out at its
/// next start, where it is not. Every step can be broken off and is begun again.
/// </summary>
public static partial class KeyChange
{
    private const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the new keys, the new card and the event that leads to it. The caller holds the node's lock.</summary>
    /// <param name="recoveryKeyFile">Where the recovery key is kept; null for the node's folder.</param>
    /// <param name="passphrase">Opens what is encrypted, and encrypts the new keys; null where nothing is.</param>
    /// <param name="recoveryPassphrase">Opens the recovery key.</param>
    /// <param name="now">The next whole second is when the new keys come into use.</param>
    /// <exception cref="InvalidDataException">A change is waiting already, or the log's last checkpoint cannot be read.</exception>
    /// <exception cref="KeyFileException">A key is missing, not usable, or not the one that the card names; or a token's key would get a successor in a file.</exception>
    /// <exception cref="Pkcs11Exception">A token is away, or has not the key.</exception>
    /// <exception cref="FormatException">The request says what no event may say.</exception>
    public static KeyEvent Prepare(NodeFolder folder, KeyChangeRequest request, string? recoveryKeyFile, Passphrase? passphrase, Passphrase? recoveryPassphrase, DateTimeOffset now)
    {
        if (File.Exists(folder.NextEventFile)) throw new InvalidDataException("A change of keys is waiting for the node's next start. Start the node first.");
        var old = ReadCard(folder.CardFile);
        CheckLast(folder, old);
        string recoveryFile = recoveryKeyFile ?? folder.RecoveryKeyFile;
        using var recovery = OpenRecovery(old, recoveryFile, recoveryPassphrase);

        CheckPlaces(folder, request, recoveryFile);
        // New keys are kept as the old ones are: another passphrase, or none beside encrypted keys, is refused before anything is written.
        KeyFile.ReadSecret(folder.CursorKeyFile, passphrase);
        // What an attempt that was broken off has left belongs to no event.
        if (Directory.Exists(folder.NextKeysFolder)) Directory.Delete(folder.NextKeysFolder, recursive: true);
        Directory.CreateDirectory(folder.NextKeysFolder, OwnerOnlyFolder);
        var effective = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() + 1);
        var keys = new NewKeys(request.Algorithm ?? old.Card.SigningKey.Algorithm, passphrase, request.SigningToken, request.LogToken, request.WitnessToken);
        using var signing = request.Signing ? New(keys.Signing(), key => keys.Keep(Next(folder, folder.SigningKeyFile), key))
            : KeyFile.ReadSigningKey(folder.SigningKeyFile, passphrase);
        var card = MakeCard(folder, request, keys, old, signing.VerificationKey, effective).Sign(signing);
        var content = new KeyEventContent(card.Card.Sequence, request.CompromisedSince is null ? KeyAction.Rotate : KeyAction.Revoke, old, card, effective,
            request.CompromisedSince is { } since ? DateTimeOffset.FromUnixTimeSeconds(since.ToUnixTimeSeconds()) : null, SignedLogSize(folder, old), request.Reason);
        if ((content.WhatIsWrong() ?? WhatIsNotNew(request, old.Card, card.Card)) is { } fault) throw new FormatException(fault);
        var made = KeyEvent.Create(content, recovery, signing);
        // As durable as the event, which says that all of it is there.
        KeyFile.WriteWhole(Next(folder, folder.CardFile), card.ToJson());
        KeyFile.WriteWhole(folder.NextEventFile, made.ToJson());
        return made;
    }

    /// <summary>Puts the new keys and the new card in the places of the old ones, whose files are gone then. Begun again after a crash, it goes on where it was.</summary>
    /// <returns>When the new keys come into use; null when nothing was waiting. What was waiting stays known until <see cref="OwnKeys.RecordAsync"/> has written it down.</returns>
    /// <exception cref="InvalidDataException">What is waiting does not follow on the card in use.</exception>
    public static DateTimeOffset? Finish(NodeFolder folder)
    {
        if (ReadWaiting(folder) is not { } waiting) return null;
        var card = ReadCard(folder.CardFile);
        if (card.Id != waiting.Previous.Id && card.Id != waiting.Next.Id)
            throw new InvalidDataException($"{folder.NextEventFile} leads from another node card than {folder.CardFile} to a new one: were files of two backups mixed?");
        foreach (string path in new[] { folder.SigningKeyFile, folder.LogKeyFile, folder.WitnessKeyFile, folder.TlsFile, folder.RecoveryKeyFile })
            if (File.Exists(Next(folder, path))) KeyFile.TakePlace(Next(folder, path), path);
        // Last: until it is in place, the card in use says that the change is not over.
        if (card.Id != waiting.Next.Id) KeyFile.TakePlace(Next(folder, folder.CardFile), folder.CardFile);
        return waiting.Effective;
    }

    /// <summary>The change that waits to be carried out or to be written down; null when there is none.</summary>
    internal static KeyEvent? ReadWaiting(NodeFolder folder)
        => !File.Exists(folder.NextEventFile) ? null
            : KeyEvent.TryOpen(File.ReadAllBytes(folder.NextEventFile), out var waiting, out string? fault) ? waiting
            : throw new InvalidDataException($"{folder.NextEventFile}: {fault}");

    /// <summary>The changes that led to the card in use, as far as the folder knows.</summary>
    internal static IReadOnlyList<KeyEvent> ReadEvents(NodeFolder folder, SignedNodeCard inUse)
    {
        string path = Path.GetDirectoryName(folder.KeyEventFile(1))!;
        var events = new List<KeyEvent>();
        foreach (string file in Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.json") : [])
            events.Add(KeyEvent.TryOpen(File.ReadAllBytes(file), out var one, out string? fault) ? one : throw new InvalidDataException($"{file}: {fault}"));
        return ReadWaiting(folder) is { } waiting && waiting.Next.Id == inUse.Id ? [.. events, waiting] : events;
    }

    /// <summary>A key that a token never gave away gets no successor in a file unless somebody says so.</summary>
    private static void CheckPlaces(NodeFolder folder, KeyChangeRequest request, string recoveryFile)
    {
        foreach (var (isReplaced, path, token, option) in new[]
        {
            (request.Signing, folder.SigningKeyFile, request.SigningToken, "--signing-key URI"),
            (request.Log, folder.LogKeyFile, request.LogToken, "--log-key URI"),
            (request.Witness, folder.WitnessKeyFile, request.WitnessToken, "--witness-key URI"),
            (request.Recovery, recoveryFile, null, null),
        })
        {
            if (!isReplaced || request.ToFiles || token is not null || !File.Exists(path) || KeyFile.ProtectionOf(path) != KeyProtection.Token) continue;
            throw new KeyFileException(option is null
                ? $"{path} names a token's key, and a new recovery key is made in a file. Say so with --to-file, and move it into the token after the node's next start with: ssa key import-pkcs11 --key recovery"
                : $"{path} names a token's key. Make its successor in the token with 'ssa key generate' and name it with {option}; or say with --to-file that it may be a file.");
        }
    }

    private static string? WhatIsNotNew(KeyChangeRequest request, NodeCard old, NodeCard next)
        => request.Signing && old.SigningKey.Equals(next.SigningKey) ? "The signing key that is named is the one in use."
            : request.Log && old.LogKey.Equals(next.LogKey) ? "The log key that is named is the one in use."
            : request.Witness && old.WitnessKey.Equals(next.WitnessKey) ? "The witness key that is named is the one in use."
            : null;

    private static NodeCard MakeCard(NodeFolder folder, KeyChangeRequest request, NewKeys keys, SignedNodeCard before, VerificationKey signing, DateTimeOffset effective)
    {
        var old = before.Card;
        var log = old.LogKey;
        var witness = old.WitnessKey;
        var recovery = old.RecoveryKey;
        var tlsPins = old.TlsPins;
        if (request.Log)
        {
            using var key = New(keys.Log(old.LogKey.Name), key => keys.Keep(Next(folder, folder.LogKeyFile), key));
            log = key.Verifier;
        }
        if (request.Witness)
        {
            using var key = New(keys.Witness(old.WitnessKey.Name), key => keys.Keep(Next(folder, folder.WitnessKeyFile), key));
            witness = key.Verifier;
        }
        if (request.Recovery)
        {
            using var key = New(SigningKey.Generate(old.RecoveryKey.Algorithm), key => KeyFile.CreateNew(Next(folder, folder.RecoveryKeyFile), key, keys.Passphrase));
            recovery = key.VerificationKey;
        }
        if (request.Tls)
        {
            bool isAddress = IPAddress.TryParse(old.Endpoint.Host.Trim('[', ']'), out var address);
            using var certificate = TlsCertificate.CreateForNode(old.PartnerId, isAddress ? [] : [old.Endpoint.Host], isAddress ? [address!] : [], effective.AddMinutes(-5));
            KeyFile.CreateNew(Next(folder, folder.TlsFile), certificate, keys.Passphrase);
            tlsPins = [SpkiPin.Of(certificate)];
        }
        return new NodeCard(old.PartnerId, old.DisplayName, old.Endpoint, signing, log, witness, recovery, tlsPins, old.OperatorPins, effective, before.Id, old.Sequence + 1);
    }

    private static void CheckLast(NodeFolder folder, SignedNodeCard inUse)
    {
        if (LastSequence(folder) > inUse.Card.Sequence) throw new InvalidDataException($"{folder.CardFile} is a node card of before a change of keys that this folder knows: was an old backup restored?");
    }

    private static SigningKey OpenRecovery(SignedNodeCard inUse, string file, Passphrase? passphrase)
    {
        var recovery = KeyFile.ReadSigningKey(file, passphrase);
        if (recovery.VerificationKey.Equals(inUse.Card.RecoveryKey)) return recovery;
        recovery.Dispose();
        throw new KeyFileException($"{file} is not the recovery key that the node card names ({inUse.Card.RecoveryKey.Id}).");
    }

    /// <summary>Size of the largest checkpoint that the log key has signed under the name in use; a node keeps it in its folder before it shows it to anybody. Where there is none since a restore, the log's size then: what was signed under the name before counts on no more.</summary>
    private static long SignedLogSize(NodeFolder folder, SignedNodeCard inUse)
    {
        string name = inUse.Card.LogKey.Name;
        long? begin = ReadEvents(folder, inUse).FirstOrDefault(one => one.Action == KeyAction.Restore && one.Next.Card.LogKey.Name == name)?.LogSize;
        if (!File.Exists(folder.CheckpointFile)) return begin ?? 0;
        if (!SignedNote.TryParse(File.ReadAllBytes(folder.CheckpointFile), out var note, out string? fault) || !Checkpoint.TryParse(note.Text, out var checkpoint))
            throw new InvalidDataException($"{folder.CheckpointFile}: {fault ?? "this is no checkpoint."}");
        return checkpoint.Origin == name ? checkpoint.Size : begin ?? throw new InvalidDataException($"{folder.CheckpointFile} is a checkpoint of {checkpoint.Origin}, and this node's log is {name}.");
    }

    private static int LastSequence(NodeFolder folder)
    {
        string path = Path.GetDirectoryName(folder.KeyEventFile(1))!;
        return !Directory.Exists(path) ? 0 : Directory.EnumerateFiles(path, "*.json").Select(file => int.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0).DefaultIfEmpty(0).Max();
    }

    private static SignedNodeCard ReadCard(string path)
        => SignedNodeCard.TryOpen(File.ReadAllBytes(path), out var card, out string? fault) ? card : throw new InvalidDataException($"{path}: {fault}");

    private static string Next(NodeFolder folder, string path) => Path.Combine(folder.NextKeysFolder, Path.GetFileName(path));

    private static T New<T>(T key, Action<T> keep)
    {
        keep(key);
        return key;
    }
}
