using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Node.Tests;

/// <summary>What witnesses have said, as a test has it.</summary>
internal sealed class MemoryCosigned : ICosignedCheckpoints
{
    public CosignedCheckpoint? Newest { get; set; }

    public Task<CosignedCheckpoint?> GetNewestAsync(CancellationToken cancellationToken) => Task.FromResult(Newest);

    public Task<CosignedCheckpoint?> GetNewestWithAsync(int quorum, IReadOnlySet<PartnerId> witnesses, CancellationToken cancellationToken)
        => Task.FromResult(Newest?.Cosignatures.Count(one => witnesses.Contains(one.Witness)) >= quorum ? Newest : null);

    public IAsyncEnumerable<CosignedCheckpoint> ReadAsync(long fromSize, long toSize, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<PartnerId, (long Size, Epoch At)>> ListWitnessesAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyDictionary<PartnerId, (long, Epoch)>>((Newest?.Cosignatures ?? []).ToDictionary(one => one.Witness, one => (Newest!.Size, one.At)));

    public Task AddAsync(LogHead head, string note, CosignatureLine cosignature, CancellationToken cancellationToken) => throw new NotSupportedException();
}
