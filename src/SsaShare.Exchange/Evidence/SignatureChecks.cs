namespace SsaShare.Exchange;

/// <summary>
/// Signatures of a log's documents, verified by all processors some thousand at a time: they cost a hundred times as much as all other checks. What follows from
/// a result is done in the order in which the checks were added.
/// </summary>
internal sealed class SignatureChecks
{
    /// <summary>Documents of so many bytes wait at most, beside the newest.</summary>
    public const long BytesAtOnce = 32 << 20;

    private const int AtOnce = 4_096;

    private readonly List<(Func<bool> Verify, Action<bool> Then)> _waiting = [];
    private long _bytes;

    /// <param name="verify">Runs on any thread.</param>
    /// <param name="then">Runs later, on the thread that adds or completes.</param>
    /// <param name="bytes">That wait with it.</param>
    public void Add(Func<bool> verify, Action<bool> then, int bytes)
    {
        _waiting.Add((verify, then));
        _bytes += bytes;
        if (_waiting.Count == AtOnce || _bytes >= BytesAtOnce) Complete();
    }

    /// <summary>Waits for all that were added.</summary>
    public void Complete()
    {
        bool[] results = new bool[_waiting.Count];
        Parallel.For(0, results.Length, i => results[i] = _waiting[i].Verify());
        for (int i = 0; i < results.Length; i++) _waiting[i].Then(results[i]);
        _waiting.Clear();
        _bytes = 0;
    }
}
