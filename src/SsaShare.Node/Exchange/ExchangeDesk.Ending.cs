using Grpc.Core;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;

namespace SsaShare.Node;

/// <summary>An agreement that ends takes its pulls with it, wherever they are: waiting, being composed, or on their way to a reader that reads slowly.</summary>
public sealed partial class ExchangeDesk
{
    private static WithholdReason ReasonOf(AgreementState state) => state switch
    {
        AgreementState.Suspended => WithholdReason.AgreementSuspended,
        AgreementState.Superseded => WithholdReason.AgreementSuperseded,
        AgreementState.Revoked => WithholdReason.AgreementRevoked,
        AgreementState.Expired => WithholdReason.AgreementExpired,
        _ => WithholdReason.AgreementNotActive,
    };

    private async Task<DeskAnswer> AnswerWhileInForceAsync(BookEntry entry, PartnerId reader, Cursor cursor, int recordsMax, TimeSpan wait, uint readerVersion, AnswerPlace? place,
        CancellationToken cancellationToken)
    {
        var id = entry.Agreement.Id;
        while (true)
        {
            var standing = control?.StandingOf(reader) ?? CancellationToken.None;
            if (control?.Find(reader, id) is not null) throw Refusals.ExchangePaused();
            var inForce = book.WhileActive(id);
            using var open = CancellationTokenSource.CreateLinkedTokenSource(inForce, standing);
            using var turn = turns.Take(new StreamKey(id, reader, cursor.Priority), cancellationToken, open.Token);
            try
            {
                var answer = await server.AnswerAsync(entry, reader, cursor, recordsMax, wait, readerVersion, place, turn.CancellationToken);
                // What is passed on hangs on the agreements by which it came as well. A pause stops what was composed meanwhile, and what is being written.
                var all = CancellationTokenSource.CreateLinkedTokenSource([inForce, standing, .. answer.Sources.Select(book.WhileActive)]);
                if (!all.IsCancellationRequested) return new DeskAnswer(answer, all);
                all.Dispose();
            }
            catch (OperationCanceledException) when (turn.WasOvertaken && !cancellationToken.IsCancellationRequested)
            {
                throw Refusals.NewerPull();
            }
            catch (AgreementEndedException e) when (e.Agreement != id)
            {
                // One by which records came that would have been passed on: composed anew without them.
            }
            catch (AgreementEndedException e)
            {
                throw Refusals.AgreementNotInForce(ReasonOf(e.State));
            }
            catch (OperationCanceledException) when (open.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // Looked at anew: refused with the reason, or resumed meanwhile.
            }
        }
    }
}
