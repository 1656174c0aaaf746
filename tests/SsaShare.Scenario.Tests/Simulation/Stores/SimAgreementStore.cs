using SsaShare.Agreements;
using SsaShare.Exchange;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>Agreements of a simulated node with their history.</summary>
internal sealed class SimAgreementStore(SimDatabase database, TimeProvider time) : IAgreementStore
{
    public Task SaveAsync(StoredAgreement agreement, CancellationToken cancellationToken)
        => database.WriteAsync(time, async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            if (!Put(transaction, agreement)) return false;
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public Task SaveTransitionAsync(SignedTransition transition, StoredAgreement after, CancellationToken cancellationToken)
        => database.WriteAsync(time, async transaction =>
        {
            var (signed, document) = transition;
            await transaction.LockHeadAsync(cancellationToken);
            var known = transaction.Tables.Transitions.SingleOrDefault(one => (one.Document.Agreement, one.Document.Party, one.Document.Sequence) == (document.Agreement, document.Party, document.Sequence));
            if (known is not null) return known.Original.Id == signed.Id ? false : throw new InvalidOperationException($"Another transition {document.Sequence} of '{document.Party}' is kept for {document.Agreement}.");
            transaction.Log(new LogEvent(LogKinds.AgreementTransition, signed.ToJson()) { Peer = document.Party, Agreement = document.Agreement });
            transaction.Write(tables => tables.Transitions.Add(transition));
            Put(transaction, after);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public Task<IReadOnlyList<StoredAgreement>> ListAsync(CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyList<StoredAgreement>>(tables => [.. tables.Agreements.Values], cancellationToken);

    public Task<IReadOnlyList<SignedDocument>> ListTransitionsAsync(CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyList<SignedDocument>>(tables => [.. tables.Transitions.Select(one => one.Original)], cancellationToken);

    private static bool Put(SimTransaction transaction, StoredAgreement agreement)
    {
        if (transaction.Tables.Agreements.TryGetValue(agreement.Id.ToString(), out var known) && known.State == agreement.State && known.Envelope.Span.SequenceEqual(agreement.Envelope.Span)) return false;
        transaction.Write(tables => tables.Agreements[agreement.Id.ToString()] = agreement);
        transaction.Log(new LogEvent(LogKinds.Agreement, new Exchange.AgreementChange(agreement.State, agreement.Envelope).ToJson()) { Agreement = agreement.Id });
        return true;
    }
}
