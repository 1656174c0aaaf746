namespace SsaShare.Node;

/// <summary>Tells which files have come whole: those that have not changed for a while. Used by one thread at a time.</summary>
internal sealed class FolderArrivals(TimeSpan settle, TimeProvider time)
{
    private Dictionary<string, (long Length, DateTime Written, long Since)> _seen = [];

    /// <summary>Those that are whole, in the order in which they are given.</summary>
    /// <param name="files">All that are there now.</param>
    public IReadOnlyList<string> Whole(IReadOnlyList<FileInfo> files)
    {
        var seen = new Dictionary<string, (long, DateTime, long)>(StringComparer.Ordinal);
        var whole = new List<string>();
        long now = time.GetTimestamp();
        foreach (var file in files)
        {
            var (length, written) = (file.Length, file.LastWriteTimeUtc);
            long since = _seen.TryGetValue(file.Name, out var before) && (before.Length, before.Written) == (length, written) ? before.Since : now;
            seen[file.Name] = (length, written, since);
            // A file that was finished elsewhere and moved here keeps its time of writing: it is whole at once. That clock may be wrong, ours is not.
            if (time.GetUtcNow().UtcDateTime - written >= settle || time.GetElapsedTime(since, now) >= settle) whole.Add(file.Name);
        }
        _seen = seen;
        return whole;
    }
}
