using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>What witnesses have said to this node's own log. Append-only.</summary>
public interface ICosignedCheckpoints
{
    /// <summary>The newest checkpoint that at least one witness has cosigned, with the newest cosignature of each; null before the first.</summary>
    Task<CosignedCheckpoint?> GetNewestAsync(CancellationToken cancellationToken);

    /// <summary>The newest checkpoint that at least so many of these witnesses have cosigned, with the newest cosignature of each witness, of others too.</summary>
    /// <param name="quorum">1 or more.</param>
    /// <param name="witnesses">Those that count.</param>
    Task<CosignedCheckpoint?> GetNewestWithAsync(int quorum, IReadOnlySet<PartnerId> witnesses, CancellationToken cancellationToken);

    /// <summary>Cosigned checkpoints in order of their size, each with the earliest cosignature of each witness: what they cover existed by then.</summary>
    /// <param name="fromSize">Smallest size.</param>
    /// <param name="toSize">Largest size, included.</param>
    IAsyncEnumerable<CosignedCheckpoint> ReadAsync(long fromSize, long toSize, CancellationToken cancellationToken);

    /// <summary>The newest cosigned size of each witness, and when it cosigned last.</summary>
    Task<IReadOnlyDictionary<PartnerId, (long Size, Epoch At)>> ListWitnessesAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a verified cosignature and the checkpoint that it is on. Keeping it again changes nothing.</summary>
    /// <param name="head">Size and root of the checkpoint.</param>
    /// <param name="note">The checkpoint as this node's log key signed it, without cosignatures.</param>
    Task AddAsync(LogHead head, string note, CosignatureLine cosignature, CancellationToken cancellationToken);
}

/// <summary>One witness's cosignature, verified.</summary>
/// <param name="Witness">Who.</param>
/// <param name="UnixTimeS">When, by its clock: seconds since 1970-01-01T00:00:00 UTC without leap seconds.</param>
/// <param name="Line">The signature line of a signed note, without its newline.</param>
public sealed record CosignatureLine(PartnerId Witness, long UnixTimeS, string Line);
