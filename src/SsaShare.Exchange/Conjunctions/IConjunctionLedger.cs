using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>
/// Conjunction messages that the fusion service makes for its readers, with what each rests on. A message is held here before it is published, in the bytes in which it is
/// published: after a stop in between it is published as it was, once.
/// </summary>
public interface IConjunctionLedger
{
    /// <summary>All messages but the withdrawn ones, in order of their making.</summary>
    Task<IReadOnlyList<LedgerMessage>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Holds messages in one transaction. One that is here already stays as it is.</summary>
    Task HoldAsync(IReadOnlyCollection<LedgerMessage> messages, CancellationToken cancellationToken);

    /// <summary>These are published: their bytes need be held no more.</summary>
    Task MarkPublishedAsync(IReadOnlyCollection<RecordId> records, CancellationToken cancellationToken);

    /// <summary>These need no further look: withdrawn, or never published and to be published no more.</summary>
    Task MarkWithdrawnAsync(IReadOnlyCollection<RecordId> records, CancellationToken cancellationToken);

    /// <summary>Forgets messages about what lies before an instant.</summary>
    Task ForgetAsync(Epoch before, CancellationToken cancellationToken);
}

/// <summary>A conjunction message for one reader.</summary>
/// <param name="Record">Its record.</param>
/// <param name="Reader">The only partner that it is for.</param>
/// <param name="FirstObject">The object that comes first by ordinal order.</param>
/// <param name="SecondObject">The other.</param>
/// <param name="Time">Of closest approach.</param>
/// <param name="MissKm">Distance then, km.</param>
/// <param name="Probability">Of a collision, 0 to 1; null where none was computed.</param>
/// <param name="Made">When it was made.</param>
/// <param name="Basis">The records that the two orbits rest on.</param>
/// <param name="Sources">Of which two orbits it is: names that stay as long as the orbits do.</param>
public sealed record LedgerMessage(
    RecordId Record, PartnerId Reader, string FirstObject, string SecondObject, Epoch Time, double MissKm, double? Probability, Epoch Made, IReadOnlyList<RecordId> Basis, string Sources)
{
    /// <summary>The record's payload and label while it is still to be published; null once it is.</summary>
    public (ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte> Label)? Unpublished { get; init; }
}
