using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SsaShare.Agreements;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Signing;
using V1 = SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Peering;

/// <summary>
/// What is asked, and when: the next answer while the last is checked and stored, so that neither side waits for the other. At most one answer is here in advance, and of all streams as many as <see cref="PeerBulkheads.TryAdvance"/> lets. The question for it
/// goes out before the receipt for the last one is signed, so each receipt comes one pull later, and goes as an earlier one.
/// </summary>
public sealed partial class PullLoop
{
    /// <summary>What was asked for in advance; null when nothing was.</summary>
    private Advance? _advance;

    private V1.PullRequest RequestOf(InboxState state)
    {
        // Of whom nothing is known yet, answers at once: what is urgent waits for its first answer, which says that it gives such.
        var wait = priority == FeedPriority.Routine && versions?.IsKnown(provider) == false ? TimeSpan.Zero : options.WaitMax;
        return RequestOf(state.Cursor, wait, state.Receipt, state.EarlierReceipt);
    }

    private V1.PullRequest RequestOf(ReadOnlyMemory<byte> cursor, TimeSpan wait, SignedDocument? receipt, SignedDocument? earlier)
    {
        var request = new V1.PullRequest
        {
            AgreementId = _agreement.Value.ToWire(),
            Cursor = UnsafeByteOperations.UnsafeWrap(cursor),
            RecordsMax = _size.Now,
            WaitMax = Duration.FromTimeSpan(wait),
            ProtocolVersion = ProtocolVersions.Current,
            Priority = priority == FeedPriority.Urgent ? V1.PullPriority.Urgent : V1.PullPriority.Unspecified,
            Receipt = receipt is null ? null : identity.Renew<ReceiptDocument>(receipt, DocumentContexts.Receipt).ToWire(),
        };
        if (earlier is not null) request.EarlierReceipts.Add(identity.Renew<ReceiptDocument>(earlier, DocumentContexts.Receipt).ToWire());
        return request;
    }

    private async Task<V1.PullResponse> CallAsync(V1.PullRequest request, CancellationToken cancellationToken, CancellationToken dropped = default)
    {
        try
        {
            var answer = await client.PullAsync(provider, request, time.GetUtcNow().UtcDateTime + request.WaitMax.ToTimeSpan() + pipelineOptions.CallTimeout, cancellationToken);
            _size.WasTaken();
            return answer;
        }
        catch (Exception e) when (!dropped.IsCancellationRequested && e is OperationCanceledException or RpcException { StatusCode: StatusCode.ResourceExhausted or StatusCode.DeadlineExceeded or StatusCode.Cancelled })
        {
            _size.WasTooMuch();
            throw;
        }
    }

    /// <summary>
    /// Asks for what follows an answer that is not looked at yet, where something does and the agreement lets receipts come later. Not where what is given counts against limits: an answer
    /// that is then not taken would count twice. Nor before an answer was taken after a failure.
    /// </summary>
    /// <param name="answer">As received. Whatever is wrong with it, what follows it is then not taken.</param>
    /// <param name="receipt">For the answer before it, where no question has brought that yet.</param>
    private void AskInAdvance(V1.PullResponse answer, SignedDocument? receipt, CancellationToken cancellationToken)
    {
        if (_failures > 0 || entry.Agreement.Terms.Receipts == ReceiptDuty.Required || answer.Slices.Count == 0 || !entry.Agreement.LimitsBetween(provider, identity.Partner).IsEmpty) return;
        if (DocumentMapper.TryRead(answer.Manifest) is not { } signed || !DocumentJson.TryRead<ManifestDocument>(signed.Payload.Span, DocumentContexts.Manifest, out var manifest)) return;
        if (manifest.Complete || manifest.Snapshot is not null) return;
        var place = bulkheads?.TryAdvance();
        if (bulkheads is not null && place is null) return;
        var cursor = answer.Cursor.Memory;
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Not for news: the receipt would wait with it.
        _advance = new Advance(_pipeline.RunAsync(token => CallAsync(RequestOf(cursor, TimeSpan.Zero, null, receipt), token, stop.Token), stop.Token), stop, place);
    }

    /// <returns>What was asked for in advance, from now on the caller's; null when nothing was.</returns>
    private Advance? TakeAdvance()
    {
        var advance = _advance;
        _advance = null;
        return advance;
    }

    /// <summary>What was asked for in advance is not taken, and nothing of it goes on.</summary>
    private async Task DropAdvanceAsync()
    {
        if (TakeAdvance() is not { } advance) return;
        advance.Stop.Cancel();
        await ((Task)advance.GetAsync()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    /// <param name="Answer">On its way, or here.</param>
    /// <param name="Stop">Ends the call.</param>
    /// <param name="Place">Among all that are in advance; null where nobody counts them.</param>
    private sealed record Advance(Task<V1.PullResponse> Answer, CancellationTokenSource Stop, IDisposable? Place)
    {
        /// <summary>Where this node stands when it is taken; null until the answer before it is stored.</summary>
        public InboxState? State { get; set; }

        public async Task<V1.PullResponse> GetAsync()
        {
            using (Place)
            using (Stop)
                return await Answer;
        }
    }
}
