using SsaShare.Transparency;

namespace SsaShare.Cli;

/// <summary>
/// Writes to a folder what is read from a log. What the folder holds of an older state, verified when its checkpoint was written, is read there;
/// anything newer is read again, so that what an interrupted copy has left is not relied on. The checkpoint is not written: it comes last.
/// </summary>
/// <param name="source">The log.</param>
/// <param name="folder">Where the copy is.</param>
/// <param name="heldSize">Entries of the older state; 0 without one.</param>
internal sealed class CopyingTiles(ITileSource source, string folder, long heldSize) : ITileSource
{
    private readonly FolderTiles _held = new(folder);

    public async Task<byte[]?> ReadAsync(string path, int bytesMax, CancellationToken cancellationToken)
    {
        if (TilePath.TryParse(path, out var address) && address.End <= heldSize && await _held.ReadAsync(path, bytesMax, cancellationToken) is { } held) return held;
        byte[]? bytes = await source.ReadAsync(path, bytesMax, cancellationToken);
        if (bytes is not null && path != TilePath.Checkpoint) await AtomicFile.WriteAsync(Path.Combine(folder, path), bytes, cancellationToken);
        return bytes;
    }
}
