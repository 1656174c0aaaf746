using System.Runtime.CompilerServices;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Protocol.Transfer.V1;

namespace SsaShare.Node;

/// <summary>
/// Exchange by files between nodes that no network joins. The same code asks, answers, checks and stores as over the network; only the way between is another, and so is how a caller
/// is known: the operator says it, and what is signed must fit.
/// </summary>
public sealed class TransferDesk(AgreementBook book, ExchangeDesk exchange, IOutbox outbox, IInbox inbox, NodeIdentity identity, PeerDirectory directory, CheckpointWatch watch, ExchangeControl control, TimeProvider time, ILogger<PullLoop> logger)
{
    /// <summary>Asked for at once; the most of a pull where the next answer waits for the receipt, so for another journey.</summary>
    private const int RecordsAtOnce = 2_000, RecordsBeforeReceipt = 10_000;

    private static readonly FeedPriority[] Priorities = [FeedPriority.Urgent, FeedPriority.Routine];

    /// <summary>What this node would ask a provider next.</summary>
    /// <exception cref="RpcException">NOT_FOUND: there is no such agreement with it.</exception>
    public async Task<IReadOnlyList<TransferItem>> ComposeRequestAsync(AgreementId agreement, PartnerId provider, CancellationToken cancellationToken)
    {
        var entry = Find(agreement, provider);
        List<TransferItem> items = [Agreement(entry)];
        foreach (var priority in Priorities)
        {
            var noted = new NotedRequest();
            try
            {
                await Loop(entry, provider, priority, noted, inbox).PullOnceAsync(cancellationToken);
            }
            catch (RpcException) when (noted.Request is not null)
            {
                // That is how it ends.
            }
            items.Add(new TransferItem { Request = noted.Request });
        }
        return items;
    }

    /// <summary>Answers to what came in a file.</summary>
    /// <param name="items">Signatures, receipts and pulls; without a pull everything is given from the beginning.</param>
    /// <param name="bytesMax">Ends after the answer with which it is reached; 0 for no end.</param>
    /// <exception cref="RpcException">Refused: as a pull would be.</exception>
    public async IAsyncEnumerable<TransferItem> ComposeAnswersAsync(AgreementId agreement, PartnerId receiver, IReadOnlyCollection<TransferItem> items, long bytesMax, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var item in items.Where(item => item.ItemCase == TransferItem.ItemOneofCase.Agreement)) await KeepAsync(item.Agreement, receiver, cancellationToken);
        foreach (var item in items.Where(item => item.ItemCase == TransferItem.ItemOneofCase.Receipt)) await KeepReceiptAsync(item.Receipt, receiver, cancellationToken);
        var entry = Find(agreement, receiver);
        yield return Agreement(entry);
        if (entry.Verification.Outcome != AgreementOutcome.Complete || !entry.Grants(identity.Partner, receiver)) yield break;
        var requests = items.Where(item => item.ItemCase == TransferItem.ItemOneofCase.Request).Select(item => item.Request).ToList();
        if (requests.Count == 0) requests.AddRange(Priorities.Select(priority => new PullRequest { ProtocolVersion = ProtocolVersions.Current, Priority = priority == FeedPriority.Urgent ? PullPriority.Urgent : PullPriority.Routine }));
        long bytes = 0;
        foreach (var request in requests)
        {
            request.AgreementId = agreement.Value.ToWire();
            request.RecordsMax = entry.Agreement.Terms.Receipts == ReceiptDuty.Required ? RecordsBeforeReceipt : RecordsAtOnce;
            request.WaitMax = Duration.FromTimeSpan(TimeSpan.Zero);
            bool isMore = true;
            while (isMore && (bytesMax == 0 || bytes < bytesMax))
            {
                var (answer, inForce) = await exchange.AnswerAsync(request, receiver, cancellationToken);
                using (inForce)
                {
                    var response = answer.ToWire();
                    response.ProtocolVersion = ProtocolVersions.Current;
                    bytes += response.CalculateSize();
                    yield return new TransferItem { Answer = new TransferAnswer { Priority = request.Priority, Response = response } };
                    // Where receipts are a duty the next answer waits for the one for this.
                    isMore = DocumentJson.TryRead<ManifestDocument>(answer.Manifest.Payload.Span, DocumentContexts.Manifest, out var manifest) && !manifest.Complete
                        && (manifest.ItemCount == 0 ? manifest.ToPosition > manifest.AfterPosition : entry.Agreement.Terms.Receipts != ReceiptDuty.Required);
                    (request.Cursor, request.Receipt) = (response.Cursor, null);
                    request.EarlierReceipts.Clear();
                }
            }
        }
    }

    /// <summary>Checks and stores one item.</summary>
    /// <param name="from">From whom it came.</param>
    /// <exception cref="RpcException">FAILED_PRECONDITION: refused, with the reason; nothing of it is stored.</exception>
    public async Task<TakeItemsResponse> TakeAsync(AgreementId agreement, PartnerId from, TransferItem item, CancellationToken cancellationToken)
    {
        if (item.ItemCase == TransferItem.ItemOneofCase.Agreement)
        {
            await KeepAsync(item.Agreement, from, cancellationToken);
            return new TakeItemsResponse();
        }
        if (item.ItemCase != TransferItem.ItemOneofCase.Answer || item.Answer.Response is not { } response) throw Refusals.Invalid("item", "is neither an agreement nor an answer: the file is a request. It is answered by 'ssa exchange export --request'.");
        var entry = Find(agreement, from);
        if (entry.State != AgreementState.Active) throw Refusals.AgreementNotInForce(WithholdReason.AgreementNotActive);
        if (control.Find(from, agreement) is not null) throw Refusals.CarriedAnswerRefused($"the exchange with '{from}' is paused here: ssa exchange resume.");
        var priority = item.Answer.Priority == PullPriority.Urgent ? FeedPriority.Urgent : FeedPriority.Routine;
        var watched = new WatchedInbox(inbox);
        if (await IsBehindAsync(entry, from, priority, response, cancellationToken)) return new TakeItemsResponse { AlreadyTaken = true };
        await Loop(entry, from, priority, new CarriedAnswer(response), watched).PullOnceAsync(cancellationToken);
        if (watched.Added is not { } added) throw Refusals.CarriedAnswerRefused(watched.Refusal ?? "it is of a version that has no urgent publications.");
        return new TakeItemsResponse { RecordCount = response.Slices.Sum(slice => slice.Records.Count), NewRecordCount = added, Receipt = watched.Receipt?.ToWire() };
    }

    /// <summary>Whether the answer leads no further than this node is: it was taken before, by whatever way.</summary>
    private async Task<bool> IsBehindAsync(BookEntry entry, PartnerId provider, FeedPriority priority, PullResponse response, CancellationToken cancellationToken)
    {
        if (DocumentMapper.TryRead(response.Manifest) is not { } signed || !DocumentJson.TryRead<ManifestDocument>(signed.Payload.Span, DocumentContexts.Manifest, out var manifest) || manifest.Lane is not { } lane) return false;
        var state = await inbox.GetStateAsync(entry.Agreement.Id, provider, priority, cancellationToken);
        return manifest.Previous != state.Manifest && (signed.Id == state.Manifest || (manifest.ToPosition <= state.Positions.Of(lane) && state.Manifest is not null));
    }

    private async Task KeepAsync(ByteString envelope, PartnerId from, CancellationToken cancellationToken)
    {
        if (!AgreementEnvelope.TryParse(envelope.Span, out var read, out string? fault)) throw Refusals.Invalid("item", fault);
        if ((await book.KeepAsync(read, from, cancellationToken)).Fault is { } refusal) throw Refusals.AgreementRefused(refusal);
    }

    private async Task KeepReceiptAsync(Protocol.Common.V1.SignedDocument wire, PartnerId receiver, CancellationToken cancellationToken)
    {
        if (DocumentMapper.TryRead(wire) is not { } receipt || !DocumentJson.TryRead<ReceiptDocument>(receipt.Payload.Span, DocumentContexts.Receipt, out var document)) throw Refusals.Invalid("item", "the receipt is not a well-formed document.");
        if (document.Receiver != receiver || !directory.Verify(receiver, receipt, DocumentContexts.Receipt, document.Received)) throw Refusals.ReceiptRefused($"it is not signed by '{receiver}'.");
        if (!await outbox.TrySaveReceiptAsync(receipt, document, stream: null, cancellationToken)) throw Refusals.ReceiptRefused("this node gave no such manifest, or with other items.");
    }

    private BookEntry Find(AgreementId agreement, PartnerId partner)
        => book.Find(agreement) is { } found && found.Agreement.HasParty(partner) && partner != identity.Partner ? found : throw Refusals.NotFound($"There is no such agreement with '{partner}'.");

    private static TransferItem Agreement(BookEntry entry) => new() { Agreement = UnsafeByteOperations.UnsafeWrap(entry.Envelope.ToJson()) };

    private PullLoop Loop(BookEntry entry, PartnerId provider, FeedPriority priority, IPullClient client, IInbox into)
        => new(entry, provider, identity, directory, client, into, new PullStatuses(), new PeerPipelineOptions(), new PullOptions { RecordsMax = RecordsBeforeReceipt, WaitMax = TimeSpan.Zero }, time, logger, watch, priority);
}
