using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering;

/// <summary>Asks a peer to cosign.</summary>
public interface IWitnessClient
{
    /// <summary>Submits a checkpoint.</summary>
    /// <exception cref="HttpRequestException">The peer is not reached, or answers beyond the limit.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Task<WitnessReply> AddCheckpointAsync(PartnerId witness, AddCheckpointRequest request, CancellationToken cancellationToken);

    /// <summary>Asks for the newest checkpoint of a log that a witness has cosigned.</summary>
    /// <returns>The note, any text; null when the witness has cosigned none.</returns>
    /// <exception cref="HttpRequestException">The peer is not reached, or answers otherwise.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Task<string?> GetCheckpointAsync(PartnerId witness, string origin, CancellationToken cancellationToken);
}
