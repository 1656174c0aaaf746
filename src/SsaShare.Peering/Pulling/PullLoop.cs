using System.Diagnostics;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Polly;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Signing;
using V1 = SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Peering;

/// <summary>How batches are pulled.</summary>
public sealed class PullOptions
{
    /// <summary>Most records asked for in one pull. Default 5,000, from 1 to 10,000.</summary>
    public int RecordsMax { get; set; } = 5_000;

    /// <summary>How long the provider may wait for news. Default 15 s, from 0 to 60 s.</summary>
    public TimeSpan WaitMax { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Pause after an answer that was refused, or a refusal, or a failure to store; doubles while it goes on, up to 32 times. Default 2 s.</summary>
    public TimeSpan RefusalPause { get; set; } = TimeSpan.FromSeconds(2);
}

/// <summary>
/// Pulls one stream of one provider under one agreement until it is stopped. What counts is where the inbox stands: an answer that was asked for in advance counts nothing before it is
/// stored, and after any failure the state is read back, so a crash at any moment repeats at most two pulls.
/// </summary>
public sealed partial class PullLoop(BookEntry entry, PartnerId provider, NodeIdentity identity, PeerDirectory directory, IPullClient client,
    IInbox inbox, PullStatuses statuses, PeerPipelineOptions pipelineOptions, PullOptions options, TimeProvider time, ILogger logger,
    CheckpointWatch? watch = null, FeedPriority priority = FeedPriority.Routine, ProviderVersions? versions = null, ProviderDenials? denials = null,
    IExchangeRestarts? restarts = null, PeerBulkheads? bulkheads = null)
{
    private readonly AgreementId _agreement = entry.Agreement.Id;
    private readonly StreamKey _stream = new(entry.Agreement.Id, provider, priority);
    private const int CursorBytesMax = 1_024;
    private int _failures;
    private readonly PullSize _size = new(options.RecordsMax);
    private readonly RefusalPace _refusals = new(time);

    /// <summary>Of proofs after the first of their kind.</summary>
    private readonly RefusalPace _proofs = new(time);

    /// <summary>The last manifest that was kept as proof against the provider.</summary>
    private Hash256? _proven;

    /// <summary>What is proven against the provider by what is kept.</summary>
    private readonly HashSet<ManifestContradiction> _proofKinds = [];
    private readonly ResiliencePipeline _pipeline = PeerPipeline.Build(
        new PeerPipelineOptions { CallTimeout = options.WaitMax + pipelineOptions.CallTimeout, RetryDelay = pipelineOptions.RetryDelay, RetryDelayMax = pipelineOptions.RetryDelayMax, BreakDuration = pipelineOptions.BreakDuration, Jitter = pipelineOptions.Jitter },
        time,
        (exception, attempt, delay) =>
        {
            string reason = exception is RpcException rpc ? $"{rpc.StatusCode} {rpc.Status.Detail}" : exception?.Message ?? "unknown";
            var now = time.GetUtcNow();
            statuses.Failed(new StreamKey(entry.Agreement.Id, provider, priority), reason, now, now + delay);
            PeeringMetrics.Retried(provider);
            PeeringLog.PullRetried(logger, provider, attempt, delay, reason);
        },
        circuit => statuses.Turned(new StreamKey(entry.Agreement.Id, provider, priority), circuit),
        () => PeeringMetrics.TimedOut(provider));

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PullOnAsync(cancellationToken);
        }
        finally
        {
            await DropAdvanceAsync();
        }
    }

    private async Task PullOnAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await PullAsync(goesOn: true, cancellationToken)) _failures = 0;
                else await PauseAsync(cancellationToken);
            }
            catch (Exception e) when (cancellationToken.IsCancellationRequested && e is (OperationCanceledException or RpcException))
            {
                return;
            }
            catch (RpcException e)
            {
                statuses.Failed(_stream, $"{e.StatusCode} {e.Status.Detail}", time.GetUtcNow());
                if (denials is not null) await denials.TakeAsync(e, _agreement, provider, cancellationToken);
                PeeringLog.PullDenied(logger, provider, _agreement, e.StatusCode, e.Status.Detail);
                await PauseAsync(cancellationToken);
            }
            catch (Exception e)
            {
                statuses.Failed(_stream, e.Message, time.GetUtcNow());
                // Whatever it is, this loop goes on: a peer must not be able to end it, and the operator sees the reason.
                PeeringLog.StoringFailed(logger, provider, e);
                await PauseAsync(cancellationToken);
            }
        }
    }

    /// <summary>One pull by itself: ask, check, store.</summary>
    /// <returns>False when the answer was refused, or is of a version that has no such stream.</returns>
    public Task<bool> PullOnceAsync(CancellationToken cancellationToken) => PullAsync(goesOn: false, cancellationToken);

    /// <param name="goesOn">Whether another pull follows, whose answer may be asked for while this one's is checked and stored.</param>
    private async Task<bool> PullAsync(bool goesOn, CancellationToken cancellationToken)
    {
        var asked = TakeAdvance();
        var state = asked?.State ?? await ReadStateAsync(cancellationToken);
        var wire = await (asked?.GetAsync() ?? _pipeline.RunAsync(token => CallAsync(RequestOf(state), token), cancellationToken));
        versions?.Take(provider, wire.ProtocolVersion);
        uint version = ProtocolVersions.Of(wire.ProtocolVersion);
        // Whoever went back to an earlier version answers with something else: no fault, and nothing to be taken.
        if (priority == FeedPriority.Urgent && version < ProtocolVersions.Urgent) return false;
        // It has not taken the receipt that came with the question: the same is asked anew, with what it takes.
        if (asked is not null && version < ProtocolVersions.EarlierReceipts) return true;

        bool isWithinLimits = WithinLimits(wire, out string fault);
        if (goesOn && isWithinLimits && version >= ProtocolVersions.EarlierReceipts) AskInAdvance(wire, asked is null ? null : state.Receipt, cancellationToken);
        try
        {
            var answer = isWithinLimits ? PullMapper.TryRead(wire, out fault) : null;
            if (await TakeAsync(wire, answer, state, fault, LeftOf(state, asked is not null, version), cancellationToken) is not { } after) return false;
            _advance?.State = after;
            return true;
        }
        finally
        {
            if (_advance is { State: null }) await DropAdvanceAsync();
        }
    }

    /// <summary>The manifest whose receipt the question did not bring.</summary>
    private static Hash256? LeftOf(InboxState state, bool wasInAdvance, uint version)
        => wasInAdvance ? state.Receipt is null ? null : state.Manifest
            : version < ProtocolVersions.EarlierReceipts && state.EarlierReceipt is { } earlier && DocumentJson.TryRead<ReceiptDocument>(earlier.Payload.Span, DocumentContexts.Receipt, out var document) ? document.Manifest
            : null;

    /// <summary>Checks and stores an answer.</summary>
    /// <returns>Where this node stands then; null when the answer was refused.</returns>
    private async Task<InboxState?> TakeAsync(V1.PullResponse wire, PullAnswer? answer, InboxState state, string fault, Hash256? receiptLeft, CancellationToken cancellationToken)
    {
        var now = Utc.FromDateTime(time.GetUtcNow());
        var expected = new ExpectedAnswer(_agreement, provider, identity.Partner, FeedLanes.Of(entry.Agreement, provider, identity.Partner, priority), state)
        {
            Profile = entry.Agreement.Profile,
            Now = now,
            Quorum = WitnessQuorum.Of(entry.Agreement, provider),
        };
        var batch = answer is null ? null : Batch.Check(answer, expected, directory,
            FeedLanes.ForReceiver(entry.Agreement, AgreementState.Active, provider, identity.Partner, now), out fault);
        if (answer is not null && watch is not null) await watch.TakeAllAsync(answer, provider, cancellationToken);
        if (batch is null)
        {
            var manifest = DocumentMapper.TryRead(wire.Manifest);
            var (refused, proof, contradiction) = AnswerRefusal.Of(manifest, expected, directory, fault);
            PeeringLog.AnswerRefused(logger, provider, _agreement, fault);
            PeeringMetrics.Refused(provider, contradiction);
            await LogRefusalAsync(refused, proof, manifest?.Id, contradiction, cancellationToken);
            string kept = manifest?.Id == _proven ? "both signed manifests are kept" : "this one is not kept, an earlier one is";
            statuses.Failed(_stream, proof is null ? fault : $"EQUIVOCATION, {kept} ({contradiction}): {fault}", time.GetUtcNow());
            return null;
        }

        batch = batch with { ReceiptLeft = receiptLeft };
        using var activity = StartStoring(batch);
        var receipt = batch.ItemCount == 0 ? null : batch.Receipt(identity.SigningKey, now);
        int added = await inbox.AcceptAsync(batch, receipt, cancellationToken);
        if (batch.Manifest.Snapshot is { } gone) PeeringLog.GoneAtProvider(logger, provider, gone.DroppedRecords, gone.HeldFromPosition, _agreement);
        statuses.Succeeded(_stream, time.GetUtcNow());
        if (batch.ItemCount > 0)
        {
            PeeringMetrics.RecordsReceived.Add(added, new KeyValuePair<string, object?>("peer", provider.Value));
            PeeringLog.Pulled(logger, batch.ItemCount, batch.Slices.Count, provider, added);
        }
        return batch.After(state, receipt);
    }

    /// <summary>
    /// Whoever deceives may answer each pull so. The same manifest proves it once. The first proof of each kind is always kept; what comes after it has a pace of its own, so that refusals
    /// that prove nothing do not use it up.
    /// </summary>
    /// <param name="manifest">The one that was refused; null when there was none that could be read.</param>
    private async Task LogRefusalAsync(RefusedAnswer refused, Equivocation? proof, Hash256? manifest, ManifestContradiction contradiction, CancellationToken cancellationToken)
    {
        if (proof is not null && manifest != _proven && (!_proofKinds.Contains(contradiction) || _proofs.Takes(out _)))
        {
            await inbox.LogRefusalAsync(refused, proof, cancellationToken);
            _proven = manifest;
            _proofKinds.Add(contradiction);
            PeeringLog.EquivocationFound(logger, provider, _agreement, contradiction);
        }
        else if (_refusals.Takes(out long passedOver))
        {
            await inbox.LogRefusalAsync(passedOver == 0 ? refused : refused with { Reason = $"{refused.Reason} ({passedOver} refusals before it are not in the log)" }, null, cancellationToken);
        }
    }

    /// <summary>Where this node stands. Where the provider has said since, under its recovery key, that it was restored from a backup, that is at its beginning: the last manifest carries a checkpoint of a log that is no more.</summary>
    private async Task<InboxState> ReadStateAsync(CancellationToken cancellationToken)
    {
        var state = await inbox.GetStateAsync(_agreement, provider, priority, cancellationToken);
        if (restarts is null || state.LogName(directory, provider) is not { } origin || directory.EndOfLog(provider, origin) is not { Cut: { } cut } end) return state;
        string reason = $"'{provider}' was restored from a backup (change of keys {end.Sequence}): entries {cut.HeldSize} to {cut.SeenSize} of its log are lost to it, and this node holds manifests of its first {state.LogSizeMin}. {end.Reason}";
        int streams = await restarts.RestartAsync(_agreement, provider, $"signed statement {end.Id.ToString()[..16]} of '{provider}'", reason, state.Manifest, cancellationToken);
        // None where the loop of another priority has seen it first.
        if (streams > 0) PeeringLog.BeganAnew(logger, streams, provider, _agreement);
        return await inbox.GetStateAsync(_agreement, provider, priority, cancellationToken);
    }

    /// <summary>What is asked for and no more, before anything in it is looked at.</summary>
    private bool WithinLimits(V1.PullResponse wire, out string fault)
    {
        int records = wire.Slices.Sum(slice => slice.Records.Count);
        fault = wire.Cursor.Length > CursorBytesMax ? $"The cursor has {wire.Cursor.Length} bytes; at most {CursorBytesMax} are kept."
            : records > (options.RecordsMax + PublicationDocument.SizeMax) * entry.Agreement.Forms.Length ? $"The answer has {records} records; {options.RecordsMax} were asked for."
            : "";
        return fault.Length == 0;
    }

    /// <summary>Continues the trace of the publishing, so that one trace follows a record through the federation.</summary>
    private Activity? StartStoring(Batch batch)
    {
        string? published = batch.Slices.Count == 0 ? null : batch.Slices[^1].Slice.TraceParent;
        return ActivityContext.TryParse(published, null, isRemote: true, out var parent)
            ? PeeringMetrics.Activities.StartActivity("exchange.accept", ActivityKind.Consumer, parent, [new("ssashare.peer", provider.Value), new("ssashare.records", batch.ItemCount)])
            : null;
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        var pause = options.RefusalPause * (1 << Math.Min(_failures++, 5));
        statuses.Waits(_stream, time.GetUtcNow() + pause);
        try
        {
            await Task.Delay(pause, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping: RunAsync sees the token and ends.
        }
    }
}
