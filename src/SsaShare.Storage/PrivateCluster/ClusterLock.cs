namespace SsaShare.Storage;

/// <summary>A lock between processes: a file held open (flock). The system lets go of it when the process ends, however it ends.</summary>
internal sealed class ClusterLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _file;

    private ClusterLock(FileStream file) => _file = file;

    /// <exception cref="PrivateClusterException">The file is another user's.</exception>
    /// <returns>Null when another process, or another holder in this one, has it.</returns>
    public static ClusterLock? TryTake(string path)
    {
        try
        {
            return new ClusterLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PrivateClusterException($"'{path}' belongs to another user. Run ssa as that user, or choose another state folder.", e);
        }
    }

    /// <exception cref="PrivateClusterException">Not free in time.</exception>
    public static async Task<ClusterLock> TakeAsync(string path, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (TryTake(path) is { } taken) return taken;
            if (TimeProvider.System.GetElapsedTime(start) > timeout) throw new PrivateClusterException($"Another process has held '{path}' for {timeout.TotalSeconds:0} s. Find it: fuser {path}");
            await Task.Delay(Pause, cancellationToken);
        }
    }

    public void Dispose() => _file.Dispose();
}
