namespace SsaShare.Node;

/// <summary>Keeps the newest progress for whoever tells it on in their own time. Safe for a writer and a reader at once.</summary>
internal sealed class LatestProgress : IProgress<IngestProgress>
{
    private readonly Lock _lock = new();
    private IngestProgress? _news;

    public void Report(IngestProgress value)
    {
        lock (_lock) _news = value;
    }

    /// <returns>Null when nothing was reported since the last time.</returns>
    public IngestProgress? TakeNews()
    {
        lock (_lock)
        {
            var news = _news;
            _news = null;
            return news;
        }
    }
}
