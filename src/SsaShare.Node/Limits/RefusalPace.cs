namespace SsaShare.Node;

/// <summary>
/// Whoever is refused often is answered late: a flood of refusals costs the node neither time nor, in its operator's log, room. The first
/// ones are refused at once.
/// </summary>
public sealed class RefusalPace
{
    private const double PerSecond = 4, AtOnce = 32;
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);
    private readonly TimeProvider _time;
    private readonly Paces _paces;

    public RefusalPace(TimeProvider time) => (_time, _paces) = (time, new Paces(PerSecond, AtOnce, time));

    /// <summary>To be awaited before a refusal is sent.</summary>
    /// <param name="key">Whose: see <see cref="CallerKeys"/> and <see cref="StrangerNetwork"/>.</param>
    /// <returns>Whether the operator's log should have a line of it.</returns>
    internal async ValueTask<bool> WaitAsync(string key, CancellationToken cancellationToken)
    {
        if (_paces.TryTake(key)) return true;
        try
        {
            await Task.Delay(Late, _time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Gone: there is nobody to answer.
        }
        return false;
    }
}
