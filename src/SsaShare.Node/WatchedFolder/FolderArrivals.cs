namespace SsaShare.Node;

/// <summary>Tells which files have come whole: those that have not changed for a while, nor the label beside them. Used by one thread at a time.</summary>
/// <remarks>
/// Only this process's own clock counts, from when a file was first seen: a time of writing says when it was written elsewhere, not when it
/// came, and its label may still be on its way. Records that were signed under another label cannot be called back from those who have them.
/// </remarks>
internal sealed class FolderArrivals(TimeSpan settle, TimeProvider time)
{
    private Dictionary<string, (Stamp File, Stamp Label, long Since)> _seen = [];

    /// <summary>Those that are whole, in the order in which they are given.</summary>
    /// <param name="files">All that are there now.</param>
    public IReadOnlyList<FileInfo> Whole(IReadOnlyList<FileInfo> files)
    {
        var seen = new Dictionary<string, (Stamp, Stamp, long)>(StringComparer.Ordinal);
        var whole = new List<FileInfo>();
        long now = time.GetTimestamp();
        foreach (var file in files)
        {
            var (own, label) = StampsOf(file);
            long since = _seen.TryGetValue(file.Name, out var before) && (before.File, before.Label) == (own, label) ? before.Since : now;
            seen[file.Name] = (own, label, since);
            if (time.GetElapsedTime(since, now) >= settle) whole.Add(file);
        }
        _seen = seen;
        return whole;
    }

    /// <summary>Whether neither a file nor its label has changed since they were looked at.</summary>
    public bool IsStillWhole(FileInfo file)
    {
        file.Refresh();
        return _seen.TryGetValue(file.Name, out var before) && (before.File, before.Label) == StampsOf(file);
    }

    private static (Stamp File, Stamp Label) StampsOf(FileInfo file) => (Stamp.Of(file), Stamp.Of(new FileInfo(file.FullName + FolderFiles.LabelSuffix)));

    /// <summary>What changes when a file does; default where there is none.</summary>
    private readonly record struct Stamp(long Length, DateTime Written)
    {
        public static Stamp Of(FileInfo file) => file.Exists ? new(file.Length, file.LastWriteTimeUtc) : default;
    }
}
