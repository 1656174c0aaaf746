namespace SsaShare.Transparency;

/// <summary>Where a tiled log is read: a folder, a web address. What it gives is not trusted.</summary>
public interface ITileSource
{
    /// <summary>Reads one resource whole.</summary>
    /// <param name="path">As <see cref="TilePath"/> writes it, relative to the log.</param>
    /// <param name="bytesMax">Longest content that is read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where there is no such resource.</returns>
    /// <exception cref="TileException">The content is longer.</exception>
    /// <exception cref="TileSourceException">The resource cannot be read now; that says nothing about the log.</exception>
    Task<byte[]?> ReadAsync(string path, int bytesMax, CancellationToken cancellationToken);
}

/// <summary>A resource of a log is missing, or is not what it has to be.</summary>
/// <param name="path">Of the resource, relative to the log.</param>
/// <param name="reason">What is wrong, and what that means.</param>
public sealed class TileException(string path, string reason) : Exception($"{path}: {reason}")
{
    public string Path { get; } = path;

    public string Reason { get; } = reason;
}
