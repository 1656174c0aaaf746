using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>Whether this node may sign checkpoints: not before its witnesses were asked what they have seen, and never again once they hold more than its log does.</summary>
public sealed class SigningPermit
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Standing _standing = new(SigningState.Asking, "This node has just started and asks its witnesses what they have seen of its log; try again.");

    public SigningState State => _standing.State;

    /// <summary>Completes when it is granted; never where it is not.</summary>
    public Task Granted => _granted.Task;

    /// <summary>Why nothing is signed; empty when it is.</summary>
    public string Reason => _standing.Reason;

    /// <exception cref="SigningHeldException">Nothing is signed now.</exception>
    public void Ensure()
    {
        var standing = _standing;
        if (standing.State != SigningState.Granted) throw new SigningHeldException(standing.Reason, standing.State == SigningState.Refused);
    }

    /// <summary>Says what is waited for.</summary>
    internal void Wait(string reason) => Change(new Standing(SigningState.Asking, reason), from: SigningState.Asking);

    internal void Grant()
    {
        Change(new Standing(SigningState.Granted, ""), from: SigningState.Asking);
        if (State == SigningState.Granted) _granted.TrySetResult();
    }

    /// <summary>For as long as the process runs.</summary>
    /// <returns>False when it was refused already.</returns>
    internal bool Refuse(string reason)
    {
        lock (_lock)
        {
            if (_standing.State == SigningState.Refused) return false;
            _standing = new Standing(SigningState.Refused, reason);
            return true;
        }
    }

    private void Change(Standing next, SigningState from)
    {
        lock (_lock)
            if (_standing.State == from) _standing = next;
    }

    private sealed record Standing(SigningState State, string Reason);
}

/// <summary>Whether checkpoints are signed.</summary>
public enum SigningState
{
    /// <summary>Witnesses are still to answer.</summary>
    Asking = 1,

    /// <summary>They are signed.</summary>
    Granted = 2,

    /// <summary>A witness holds what this log does not: nothing is signed until an operator has mended it.</summary>
    Refused = 3,
}
