namespace SsaShare.Exchange;

/// <summary>
/// Signatures of a log's documents, verified by all processors some thousand at a time: they cost a hundred times as much as all other checks. What follows from
/// a result is done in the order in which the checks were added.
/// </summary>
internal sealed class SignatureChecks
{
    private const int AtOnce = 4_096;

    private readonly List<(Func<bool> Verify, Action<bool> Then)> _waiting = [];

    /// <param name="verify">Runs on any thread.</param>
    /// <param name="then">Runs later, on the thread that adds or completes.</param>
    public void Add(Func<bool> verify, Action<bool> then)
    {
        _waiting.Add((verify, then));
        if (_waiting.Count == AtOnce) Complete();
    }

    /// <summary>Waits for all that were added.</summary>
    public void Complete()
    {
        bool[] results = new bool[_waiting.Count];
        Parallel.For(0, results.Length, i => results[i] = _waiting[i].Verify());
        for (int i = 0; i < results.Length; i++) _waiting[i].Then(results[i]);
        _waiting.Clear();
    }
}
