using SsaShare.Transparency;

namespace SsaShare.Cli;

/// <summary>A tiled log on disk: plain files whose names are the paths of C2SP tlog-tiles.</summary>
internal sealed class FolderTiles(string folder) : ITileSource
{
    public async Task<byte[]?> ReadAsync(string path, int bytesMax, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(Path.Combine(folder, path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
            if (file.Length > bytesMax) throw new TileException(path, $"has {file.Length} bytes; it can have {bytesMax} at most.");
            byte[] bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, cancellationToken);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
