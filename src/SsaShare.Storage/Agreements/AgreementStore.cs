using Microsoft.EntityFrameworkCore;
using SsaShare.Agreements;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage;

/// <summary>Agreements with their history.</summary>
internal sealed class AgreementStore(NodeDatabase database) : IAgreementStore
{
    public async Task SaveAsync(StoredAgreement agreement, CancellationToken cancellationToken)
        => await database.WriteAsync(async transaction =>
        {
            byte[] id = agreement.Id.Value.ToArray(), envelope = agreement.Envelope.ToArray();
            short state = (short)agreement.State;
            await transaction.LockHeadAsync(cancellationToken);
            var row = await transaction.Db.Set<AgreementRow>().SingleOrDefaultAsync(known => known.Id.Equals(id), cancellationToken);
            if (row is not null && row.State == state && row.Envelope.AsSpan().SequenceEqual(envelope)) return false;
            if (row is null) transaction.Db.Add(new AgreementRow { Id = id, Envelope = envelope, State = state });
            else (row.Envelope, row.State) = (envelope, state);
            long index = transaction.Log(new LogEvent(LogKinds.Agreement, new AgreementChange(agreement.State, envelope).ToJson()));
            transaction.Db.Add(new AgreementChangeRow { LogIndex = index, Agreement = id, Envelope = envelope, State = state });
            await transaction.CommitAsync(cancellationToken);
            return true;
        }, cancellationToken);

    public async Task<IReadOnlyList<StoredAgreement>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Read();
        var rows = await db.Set<AgreementRow>().OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new StoredAgreement(new AgreementId(new Hash256(row.Id)), row.Envelope, (AgreementState)row.State))];
    }
}
