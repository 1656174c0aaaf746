using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>Where a node keeps its identity: one folder, mode 0700.</summary>
/// <param name="Path">Absolute or relative to the working folder.</param>
public sealed record NodeFolder(string Path) : ILastCheckpoint
{
    public string SettingsFile => In("node.json");
    public string CardFile => In("node-card.json");
    public string SigningKeyFile => In("keys/signing.pem");
    public string LogKeyFile => In("keys/log.pem");
    public string WitnessKeyFile => In("keys/witness.pem");

    /// <summary>Not needed to run: its owner takes it away and keeps it offline.</summary>
    public string RecoveryKeyFile => In("keys/recovery.pem");
    public string TlsFile => In("keys/tls.pem");
    public string OperatorFile => In("keys/operator.pem");
    public string CursorKeyFile => In("keys/cursor.key");

    /// <summary>Keys, card and event of a change that waits for the node's next start; gone when it is carried out.</summary>
    public string NextKeysFolder => In("keys/next");

    /// <summary>The change itself. It is written last: where it is, everything else of the change is.</summary>
    public string NextEventFile => In("keys/next/key-event.json");

    /// <summary>The changes that this node's keys have gone through, by number. Public, like the card.</summary>
    public string KeyEventFile(int sequence) => In($"key-events/{sequence}.json");

    /// <summary>Held by whoever runs the node or changes its keys.</summary>
    public string LockFile => In("node.lock");

    /// <summary>Every file of the folder that holds a key or another secret, in order of its path.</summary>
    public IReadOnlyList<string> SecretFiles()
        => Directory.Exists(In("keys"))
            ? [.. Directory.EnumerateFiles(In("keys"), "*", SearchOption.AllDirectories).Where(path => System.IO.Path.GetExtension(path) is ".pem" or ".key").Order(StringComparer.Ordinal)]
            : [];

    /// <summary>The last checkpoint that this node has signed: outside the database, so that a restored database is noticed.</summary>
    public string CheckpointFile => In("log-checkpoint");

    /// <returns>Null when nothing was signed yet.</returns>
    public async Task<string?> ReadCheckpointAsync(CancellationToken cancellationToken)
        => File.Exists(CheckpointFile) ? await File.ReadAllTextAsync(CheckpointFile, cancellationToken) : null;

    /// <summary>Replaces the checkpoint whole. It is on disk under its name when this returns: after a power cut there is none before it, which would hide what others have seen.</summary>
    public async Task KeepCheckpointAsync(string note, CancellationToken cancellationToken)
    {
        string draft = $"{CheckpointFile}.new";
        await using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(note), cancellationToken);
            file.Flush(flushToDisk: true);
        }
        KeyFile.TakePlace(draft, CheckpointFile);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
