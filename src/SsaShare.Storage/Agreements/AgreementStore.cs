using Microsoft.EntityFrameworkCore;
using SsaShare.Agreements;
using SsaShare.Exchange;
using SsaShare.Signing;
using AgreementChange = SsaShare.Exchange.AgreementChange;

namespace SsaShare.Storage;

/// <summary>Agreements with their history.</summary>
internal sealed class AgreementStore(NodeDatabase database) : IAgreementStore
{
    public async Task SaveAsync(StoredAgreement agreement, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            await transaction.LockHeadAsync(cancellationToken);
            if (!await WriteAsync(transaction, agreement, cancellationToken)) return false;
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public async Task SaveTransitionAsync(SignedTransition transition, StoredAgreement after, CancellationToken cancellationToken)
        => await database.WriteAsync(async write =>
        {
            var (signed, document) = transition;
            byte[] id = document.Agreement.Value.ToArray();
            await write.LockHeadAsync(cancellationToken);
            var known = await write.Db.Set<AgreementTransitionRow>().AsNoTracking()
                .SingleOrDefaultAsync(row => row.Agreement.Equals(id) && row.Party == document.Party.Value && row.Sequence == document.Sequence, cancellationToken);
            if (known is not null)
                return known.Document.AsSpan().SequenceEqual(signed.Payload.Span) ? false : throw new InvalidOperationException($"Another transition {document.Sequence} of '{document.Party}' is kept for {document.Agreement}.");
            long index = write.Log(new LogEvent(LogKinds.AgreementTransition, signed.ToJson()) { Peer = document.Party, Agreement = document.Agreement });
            write.Db.Add(new AgreementTransitionRow
            {
                Agreement = id,
                Party = document.Party.Value,
                Sequence = document.Sequence,
                Document = signed.Payload.ToArray(),
                KeyId = signed.KeyId.Value.ToArray(),
                Signature = signed.Signature.ToArray(),
                LogIndex = index,
            });
            await WriteAsync(write, after, cancellationToken);
            await write.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public async Task<IReadOnlyList<StoredAgreement>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = await db.Set<AgreementRow>().OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new StoredAgreement(new AgreementId(new Hash256(row.Id)), row.Envelope, (AgreementState)row.State))];
    }

    public async Task<IReadOnlyList<SignedDocument>> ListTransitionsAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = await db.Set<AgreementTransitionRow>().OrderBy(row => row.LogIndex).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new SignedDocument(row.Document, new KeyId(new Hash256(row.KeyId)), row.Signature))];
    }

    /// <summary>With the head locked.</summary>
    /// <returns>False when it is stored so already.</returns>
    private static async Task<bool> WriteAsync(OrderedTransaction transaction, StoredAgreement agreement, CancellationToken cancellationToken)
    {
        byte[] id = agreement.Id.Value.ToArray(), envelope = agreement.Envelope.ToArray();
        short state = (short)agreement.State;
        var row = await transaction.Db.Set<AgreementRow>().SingleOrDefaultAsync(known => known.Id.Equals(id), cancellationToken);
        if (row is not null && row.State == state && row.Envelope.AsSpan().SequenceEqual(envelope)) return false;
        if (row is null) transaction.Db.Add(new AgreementRow { Id = id, Envelope = envelope, State = state });
        else (row.Envelope, row.State) = (envelope, state);
        long index = transaction.Log(new LogEvent(LogKinds.Agreement, new AgreementChange(agreement.State, envelope).ToJson()) { Agreement = agreement.Id });
        transaction.Db.Add(new AgreementChangeRow { LogIndex = index, Agreement = id, Envelope = envelope, State = state });
        return true;
    }
}
