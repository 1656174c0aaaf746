namespace SsaShare.Exchange;

/// <summary>Signs checkpoints of this node's log.</summary>
public interface ICheckpointSigner
{
    /// <summary>The signed checkpoint of everything committed so far, without cosignatures.</summary>
    /// <exception cref="InvalidDataException">The log in the store does not extend what was signed before.</exception>
    /// <exception cref="SigningHeldException">The witnesses are still to be asked, or hold more than this log.</exception>
    Task<(LogHead Head, string Note)> SignHeadAsync(CancellationToken cancellationToken);
}

/// <summary>Nothing is signed now, hence nothing is given; the message says why, for peers and operators.</summary>
/// <param name="isFinal">Whether only an operator can change it.</param>
public sealed class SigningHeldException(string reason, bool isFinal) : Exception(reason)
{
    public bool IsFinal { get; } = isFinal;
}
