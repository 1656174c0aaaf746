namespace SsaShare.Peering;

/// <summary>Keeps the last checkpoint that this node has signed, outside its database, so that a restored database is noticed.</summary>
public interface ILastCheckpoint
{
    /// <summary>Where it is, for people.</summary>
    string CheckpointFile { get; }

    /// <returns>Null when nothing was signed yet.</returns>
    Task<string?> ReadCheckpointAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the checkpoint whole; it is durable when this returns.</summary>
    Task KeepCheckpointAsync(string note, CancellationToken cancellationToken);
}
