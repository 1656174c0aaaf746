using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>The change that a restore from a backup needs: no key gets a successor, and the log gets its next name.</summary>
public static partial class KeyChange
{
    /// <summary>Makes the new card and the signed statement that leads to it, which the node's next start carries out. The caller holds the node's lock.</summary>
    /// <param name="logSize">Entries of the restored log; nothing is written into it before the node's next start.</param>
    /// <param name="cut">What it has lost.</param>
    /// <param name="reason">For people; see <see cref="KeyEvent.IsReason"/>.</param>
    /// <param name="recoveryKeyFile">Where the recovery key is kept; null for the node's folder.</param>
    /// <param name="passphrase">Opens the signing key; null where it is in the clear.</param>
    /// <param name="recoveryPassphrase">Opens the recovery key.</param>
    /// <param name="now">The next whole second is when the new name comes into use.</param>
    /// <exception cref="InvalidDataException">Another change is waiting.</exception>
    /// <exception cref="KeyFileException">A key is missing, not usable, or not the one that the card names.</exception>
    /// <exception cref="Pkcs11Exception">A token is away, or has not the key.</exception>
    /// <exception cref="FormatException">The statement says what none may say.</exception>
    public static KeyEvent PrepareRestore(NodeFolder folder, long logSize, LogCut cut, string reason, string? recoveryKeyFile, Passphrase? passphrase, Passphrase? recoveryPassphrase, DateTimeOffset now)
    {
        var old = ReadCard(folder.CardFile);
        CheckWaiting(folder, old);
        CheckLast(folder, old);
        using var recovery = OpenRecovery(old, recoveryKeyFile ?? folder.RecoveryKeyFile, recoveryPassphrase);
        using var signing = KeyFile.ReadSigningKey(folder.SigningKeyFile, passphrase);
        var effective = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() + 1);
        var card = old.Card;
        var next = new NodeCard(card.PartnerId, card.DisplayName, card.Endpoint, card.SigningKey, card.LogKey.Renamed(LogCut.NextName(card.LogKey.Name)), card.WitnessKey, card.RecoveryKey,
            card.TlsPins, card.OperatorPins, effective, old.Id, card.Sequence + 1).Sign(signing);
        var content = new KeyEventContent(next.Card.Sequence, KeyAction.Restore, old, next, effective, null, logSize, reason, cut);
        if (content.WhatIsWrong() is { } fault) throw new FormatException(fault);
        var made = KeyEvent.Create(content, recovery, signing);
        if (Directory.Exists(folder.NextKeysFolder)) Directory.Delete(folder.NextKeysFolder, recursive: true);
        Directory.CreateDirectory(folder.NextKeysFolder, OwnerOnlyFolder);
        KeyFile.WriteWhole(Next(folder, folder.CardFile), next.ToJson());
        KeyFile.WriteWhole(folder.NextEventFile, made.ToJson());
        return made;
    }

    /// <summary>A statement that waits is replaced by a new one: nobody has it. One that was carried out, and not written into a store that has gone back again since, is kept and followed.</summary>
    private static void CheckWaiting(NodeFolder folder, SignedNodeCard inUse)
    {
        if (ReadWaiting(folder) is not { } waiting) return;
        if (waiting.Action != KeyAction.Restore) throw new InvalidDataException("A change of keys is waiting for the node's next start. Start the node first.");
        if (waiting.Next.Id != inUse.Id) return;
        Directory.CreateDirectory(Path.GetDirectoryName(folder.KeyEventFile(1))!);
        KeyFile.WriteWhole(folder.KeyEventFile(waiting.Sequence), waiting.ToJson());
    }
}
