using Grpc.Core;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>Answers pulls, whatever way they come: checks where the reader stands, keeps its receipt, and lets <see cref="PullServer"/> compose the answer.</summary>
public sealed partial class ExchangeDesk(AgreementBook book, PeerDirectory directory, IOutbox outbox, IRelayFeed relays, RefusalJournal refusals, PullServer server, PullTurns turns,
    CursorCodec cursors, DenialDesk denials, ReaderStandings standings, ILogger<ExchangeDesk> logger, ExchangeControl? control = null)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private const int MostRecords = 10_000;

    /// <summary>A reader that asks for one answer in advance has one; each costs a signature to check and a transaction.</summary>
    private const int EarlierReceiptsMax = 2;

    /// <param name="request">As received.</param>
    /// <param name="reader">Who asks, by certificate.</param>
    /// <param name="cancellationToken">Cancelled when the reader hangs up.</param>
    /// <exception cref="RpcException">Refused; it is in the journal.</exception>
    public Task<DeskAnswer> AnswerAsync(PullRequest request, PartnerId reader, CancellationToken cancellationToken) => AnswerAsync(request, reader, null, cancellationToken);

    /// <inheritdoc cref="AnswerAsync(PullRequest, PartnerId, CancellationToken)"/>
    /// <param name="place">Where the answer is composed in its turn; null to compose it at once. The caller disposes it.</param>
    public async Task<DeskAnswer> AnswerAsync(PullRequest request, PartnerId reader, AnswerPlace? place, CancellationToken cancellationToken)
    {
        Cursor? cursor = null;
        try
        {
            var entry = FindAgreement(request, reader);
            if (request.RecordsMax is < 1 or > MostRecords) throw Refusals.Invalid("records_max", $"must be 1 to {MostRecords}.");
            var wait = request.WaitMax?.ToTimeSpan() ?? TimeSpan.Zero;
            if (wait < TimeSpan.Zero || wait > LongestWait) throw Refusals.Invalid("wait_max", "must be 0 to 60 s.");
            cursor = await ReadCursorAsync(request, entry.Agreement.Id, reader, cancellationToken);
            standings.Asked(cursor, reader);
            // Receipts are taken even where the agreement has ended since.
            await KeepReceiptsAsync(request, reader, cursor, cancellationToken);
            await DemandReceiptAsync(entry.Agreement, cursor, cancellationToken);

            var answer = await AnswerWhileInForceAsync(entry, reader, cursor, place?.RecordsMax(request.RecordsMax) ?? request.RecordsMax, wait, ProtocolVersions.Of(request.ProtocolVersion), place,
                cancellationToken);
            standings.Answered(cursor, reader, answer.Answer.Manifest);
            denials.Answered(new StreamKey(entry.Agreement.Id, reader, cursor.Priority));
            return answer;
        }
        catch (RpcException refusal)
        {
            NodeLog.PullRefused(logger, reader, refusal.Status.Detail);
            await refusals.WriteAsync(reader, "pull", refusal.Status.Detail);
            if (refusal is not PullDeniedException denied) throw;
            var stream = new StreamKey(new AgreementId(new Hash256(request.AgreementId.Span)), reader, request.Priority == PullPriority.Urgent ? FeedPriority.Urgent : FeedPriority.Routine);
            standings.Denied(stream, denied.Reason);
            throw await denials.SignAsync(denied, stream, cursor?.Manifest);
        }
    }

    private BookEntry FindAgreement(PullRequest request, PartnerId reader)
    {
        if (!Hash256.TryCreate(request.AgreementId.Span, out var hash)) throw Refusals.Invalid("agreement_id", "must be 32 bytes.");
        // An agreement between others is answered like one that does not exist.
        return book.Find(new AgreementId(hash)) is { } found && found.Agreement.HasParty(reader) ? found : throw Refusals.NotFound("There is no such agreement with you.");
    }

    private async Task<Cursor> ReadCursorAsync(PullRequest request, AgreementId agreement, PartnerId reader, CancellationToken cancellationToken)
    {
        // After a restore from a backup the positions of before mean other publications.
        var epoch = FeedEpoch.Of(await outbox.GetNodeEpochAsync(cancellationToken), directory.Own);
        var priority = request.Priority switch
        {
            PullPriority.Unspecified or PullPriority.Routine => FeedPriority.Routine,
            PullPriority.Urgent => FeedPriority.Urgent,
            _ => throw Refusals.Invalid("priority", "is none that this node knows."),
        };
        if (request.Cursor.IsEmpty) return new Cursor(epoch, agreement, LanePositions.Start, null, priority);
        var cursor = cursors.TryDecode(request.Cursor.Span, reader) ?? throw Refusals.Invalid("cursor", "is not one that this node made for you.");
        if (cursor.Priority != priority) throw Refusals.Invalid("cursor", "is of the other priority.");
        if (cursor.NodeEpoch != epoch || cursor.Agreement != agreement) throw Refusals.CursorOfOtherEpoch();
        bool isAhead = cursor.Positions.Furthest(own: true) > await outbox.GetHeadPositionAsync(cancellationToken)
            || cursor.Positions.Furthest(own: false) > await relays.GetHeadAsync(cancellationToken);
        return isAhead ? throw Refusals.CursorAhead() : cursor;
    }

    /// <summary>Where receipts are a duty, nothing more is given before the one for what was given last is here.</summary>
    private async Task DemandReceiptAsync(Agreement agreement, Cursor cursor, CancellationToken cancellationToken)
    {
        if (agreement.Terms.Receipts == ReceiptDuty.Required && cursor.Manifest is { } manifest && await outbox.LacksReceiptAsync(manifest, cancellationToken)) throw Refusals.ReceiptMissing();
    }

    private async Task KeepReceiptsAsync(PullRequest request, PartnerId reader, Cursor cursor, CancellationToken cancellationToken)
    {
        if (request.EarlierReceipts.Count > EarlierReceiptsMax) throw Refusals.Invalid("earlier_receipts", $"must be at most {EarlierReceiptsMax}.");
        foreach (var earlier in request.EarlierReceipts) await KeepReceiptAsync(earlier, "earlier_receipts", isLast: false, reader, cursor, cancellationToken);
        if (request.Receipt is { } last) await KeepReceiptAsync(last, "receipt", isLast: true, reader, cursor, cancellationToken);
    }

    /// <param name="isLast">Whether it has to be for the manifest that the cursor names.</param>
    private async Task KeepReceiptAsync(Protocol.Common.V1.SignedDocument wire, string field, bool isLast, PartnerId reader, Cursor cursor, CancellationToken cancellationToken)
    {
        if (DocumentMapper.TryRead(wire) is not { } receipt
            || !DocumentJson.TryRead<ReceiptDocument>(receipt.Payload.Span, DocumentContexts.Receipt, out var document))
            throw Refusals.Invalid(field, "is not a well-formed document.");
        if (document.Receiver != reader || !directory.Verify(reader, receipt, DocumentContexts.Receipt, document.Received))
            throw Refusals.ReceiptRefused("it is not signed by you.");
        if (isLast && document.Manifest != cursor.Manifest) throw Refusals.ReceiptRefused("it is not for the manifest that your cursor stands at.");
        if (!await outbox.TrySaveReceiptAsync(receipt, document, new StreamKey(cursor.Agreement, reader, cursor.Priority), cancellationToken))
            throw Refusals.ReceiptRefused("this node gave you no such manifest, or with other items.");
    }
}

/// <summary>An answer that may be given.</summary>
/// <param name="Answer">Signed and kept.</param>
/// <param name="InForce">Cancelled when an agreement by which something in it is given ends, or the exchange with the reader is paused: what has not left by then must not. The caller disposes it when the answer is written.</param>
public sealed record DeskAnswer(PullAnswer Answer, CancellationTokenSource InForce);
