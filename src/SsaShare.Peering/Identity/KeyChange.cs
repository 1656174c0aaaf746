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
public sealed record KeyChangeRequest(bool Signing, bool Log, bool Witness, bool Tls, bool Recovery, DateTimeOffset? CompromisedSince, string Reason, SignatureAlgorithm? Algorithm = null);

/// <summary>
/// Changes of a node's own keys, in two steps: prepared while the node is stopped, where the recovery key is at hand, and carried out at its
/// next start, where it is not. Every step can be broken off and is begun again.
/// </summary>
public static class KeyChange
{
    private const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the new keys, the new card and the event that leads to it. The caller holds the node's lock.</summary>
    /// <param name="recoveryKeyFile">Where the recovery key is kept; null for the node's folder.</param>
    /// <param name="passphrase">Opens what is encrypted, and encrypts the new keys; null where nothing is.</param>
    /// <param name="recoveryPassphrase">Opens the recovery key.</param>
    /// <param name="now">The next whole second is when the new keys come into use.</param>
    /// <exception cref="InvalidDataException">A change is waiting already, or the log's last checkpoint cannot be read.</exception>
    /// <exception cref="KeyFileException">A key is missing, not usable, or not the one that the card names.</exception>
    /// <exception cref="FormatException">The request says what no event may say.</exception>
    public static KeyEvent Prepare(NodeFolder folder, KeyChangeRequest request, string? recoveryKeyFile, Passphrase? passphrase, Passphrase? recoveryPassphrase, DateTimeOffset now)
    {
        if (File.Exists(folder.NextEventFile)) throw new InvalidDataException("A change of keys is waiting for the node's next start. Start the node first.");
        var old = ReadCard(folder.CardFile);
        if (LastSequence(folder) > old.Card.Sequence) throw new InvalidDataException($"{folder.CardFile} is a node card of before a change of keys that this folder knows: was an old backup restored?");
        string recoveryFile = recoveryKeyFile ?? folder.RecoveryKeyFile;
        using var recovery = KeyFile.ReadSigningKey(recoveryFile, recoveryPassphrase);
        if (!recovery.VerificationKey.Equals(old.Card.RecoveryKey)) throw new KeyFileException($"{recoveryFile} is not the recovery key that the node card names ({old.Card.RecoveryKey.Id}).");

        // New keys are kept as the old ones are: another passphrase, or none beside encrypted keys, is refused before anything is written.
        KeyFile.ReadSecret(folder.CursorKeyFile, passphrase);
        // What an attempt that was broken off has left belongs to no event.
        if (Directory.Exists(folder.NextKeysFolder)) Directory.Delete(folder.NextKeysFolder, recursive: true);
        Directory.CreateDirectory(folder.NextKeysFolder, OwnerOnlyFolder);
        var effective = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() + 1);
        using var signing = request.Signing ? New(SigningKey.Generate(request.Algorithm ?? old.Card.SigningKey.Algorithm), key => KeyFile.CreateNew(Next(folder, folder.SigningKeyFile), key, passphrase))
            : KeyFile.ReadSigningKey(folder.SigningKeyFile, passphrase);
        var card = MakeCard(folder, request, passphrase, old, signing.VerificationKey, effective).Sign(signing);
        var content = new KeyEventContent(card.Card.Sequence, request.CompromisedSince is null ? KeyAction.Rotate : KeyAction.Revoke, old, card, effective,
            request.CompromisedSince is { } since ? DateTimeOffset.FromUnixTimeSeconds(since.ToUnixTimeSeconds()) : null, SignedLogSize(folder), request.Reason);
        if (content.WhatIsWrong() is { } fault) throw new FormatException(fault);
        var made = KeyEvent.Create(content, recovery, signing);
        File.WriteAllBytes(Next(folder, folder.CardFile), card.ToJson());
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

    private static NodeCard MakeCard(NodeFolder folder, KeyChangeRequest request, Passphrase? passphrase, SignedNodeCard before, VerificationKey signing, DateTimeOffset effective)
    {
        var old = before.Card;
        var log = old.LogKey;
        var witness = old.WitnessKey;
        var recovery = old.RecoveryKey;
        var tlsPins = old.TlsPins;
        if (request.Log)
        {
            using var key = New(NoteSigner.Generate(old.LogKey.Name), key => KeyFile.CreateNew(Next(folder, folder.LogKeyFile), key, passphrase));
            log = key.Verifier;
        }
        if (request.Witness)
        {
            using var key = New(NoteSigner.Generate(old.WitnessKey.Name, NoteSignatureType.CosignatureV1), key => KeyFile.CreateNew(Next(folder, folder.WitnessKeyFile), key, passphrase));
            witness = key.Verifier;
        }
        if (request.Recovery)
        {
            using var key = New(SigningKey.Generate(old.RecoveryKey.Algorithm), key => KeyFile.CreateNew(Next(folder, folder.RecoveryKeyFile), key, passphrase));
            recovery = key.VerificationKey;
        }
        if (request.Tls)
        {
            bool isAddress = IPAddress.TryParse(old.Endpoint.Host.Trim('[', ']'), out var address);
            using var certificate = TlsCertificate.CreateForNode(old.PartnerId, isAddress ? [] : [old.Endpoint.Host], isAddress ? [address!] : [], effective.AddMinutes(-5));
            KeyFile.CreateNew(Next(folder, folder.TlsFile), certificate, passphrase);
            tlsPins = [SpkiPin.Of(certificate)];
        }
        return new NodeCard(old.PartnerId, old.DisplayName, old.Endpoint, signing, log, witness, recovery, tlsPins, old.OperatorPins, effective, before.Id, old.Sequence + 1);
    }

    /// <summary>Size of the largest checkpoint that the old log key has signed; a node keeps it in its folder before it shows it to anybody.</summary>
    private static long SignedLogSize(NodeFolder folder)
    {
        if (!File.Exists(folder.CheckpointFile)) return 0;
        return SignedNote.TryParse(File.ReadAllBytes(folder.CheckpointFile), out var note, out string? fault) && Checkpoint.TryParse(note.Text, out var checkpoint) ? checkpoint.Size
            : throw new InvalidDataException($"{folder.CheckpointFile}: {fault ?? "this is no checkpoint."}");
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
