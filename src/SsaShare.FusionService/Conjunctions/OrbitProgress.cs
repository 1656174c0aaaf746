using SsaShare.Domain;

namespace SsaShare.FusionService;

/// <summary>How far reading has come, for the screening, and what the screening asks of it.</summary>
public sealed class OrbitProgress
{
    private readonly Lock _lock = new();
    private Epoch? _asOf;
    private bool _readAgain;

    /// <summary>Everything that had arrived by then is in the book; null before reading has caught up for the first time.</summary>
    public Epoch? CurrentAsOf
    {
        get
        {
            lock (_lock) return _asOf;
        }
    }

    /// <summary>What a reader may see has shrunk: older orbits than those in the book may count again.</summary>
    internal void AskToReadAgain()
    {
        lock (_lock) _readAgain = true;
    }

    internal bool TakeReadAgain()
    {
        lock (_lock)
        {
            bool asked = _readAgain;
            _readAgain = false;
            return asked;
        }
    }

    internal void CaughtUp(Epoch asOf)
    {
        lock (_lock) _asOf = asOf;
    }
}
