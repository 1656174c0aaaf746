namespace SsaShare.FusionService;

/// <summary>Runs fits off the caller's thread, a few at a time.</summary>
/// <param name="atOnce">At least 1.</param>
internal sealed class FitQueue(int atOnce) : IDisposable
{
    private readonly SemaphoreSlim _free = new(atOnce, atOnce);

    /// <summary>Waits for its turn and runs; a caller that leaves while it waits costs nothing more.</summary>
    public async Task<T> RunAsync<T>(Func<T> fit, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(fit, cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
