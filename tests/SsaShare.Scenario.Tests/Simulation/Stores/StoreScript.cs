using System.Globalization;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Node;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Protocol.Exchange.V1;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>The same things done to the stores of two nodes, of whichever kind, and what came of each: the simulated stores must say what PostgreSQL says.</summary>
internal sealed class StoreScript(StorePorts atlantic, StorePorts boreal)
{
    private readonly NodeIdentity _atlantic = SimParties.Of("atlantic"), _boreal = SimParties.Of("boreal");
    private readonly List<string> _said = [];

    public async Task<IReadOnlyList<string>> RunAsync()
    {
        var agreement = Agree();
        var (provider, reader) = (await HomeAsync(atlantic, _atlantic, agreement), await HomeAsync(boreal, _boreal, agreement));
        await PublishAsync();
        await ReadAsync();
        await ExchangeAsync(agreement, provider, reader);
        await KeepCheckpointsAsync();
        await EndAsync(agreement, provider);
        return _said;
    }

    private static StoredAgreement Sign(Agreement agreement)
        => new(agreement.Id, AgreementEnvelope.Of(agreement).Sign(SimParties.Of("atlantic").SigningKey).Sign(SimParties.Of("boreal").SigningKey).ToJson(), AgreementState.Active);

    private Agreement Agree() => SimAgreements.Between(_atlantic, _boreal, "contract", terms => terms with
    {
        ValidFrom = Utc.FromDateTime(SimClock.Start.AddYears(-5)),
        ValidUntil = Utc.FromDateTime(SimClock.Start.AddYears(50)),
    });

    private void Say(string what, params IEnumerable<object?> outcomes) => _said.Add($"{what}: {string.Join(", ", outcomes.Select(one => Convert.ToString(one, CultureInfo.InvariantCulture)))}");

    private async Task<(PeerDirectory Directory, AgreementBook Book)> HomeAsync(StorePorts node, NodeIdentity identity, Agreement agreement)
    {
        await node.Peers.KeepOwnAsync(identity.Card, CancellationToken.None);
        await node.Peers.KeepOwnAsync(identity.Card, CancellationToken.None);
        var other = identity == _atlantic ? _boreal : _atlantic;
        Say("pins", await node.Peers.TryPinAsync(other.Card, CancellationToken.None), await node.Peers.TryPinAsync(other.Card, CancellationToken.None));
        await node.Agreements.SaveAsync(Sign(agreement), CancellationToken.None);
        await node.Agreements.SaveAsync(Sign(agreement), CancellationToken.None);
        var directory = new PeerDirectory(identity, node.Peers);
        await directory.LoadAsync(CancellationToken.None);
        var book = new AgreementBook(identity, directory, node.Agreements, node.Time, NullLogger<AgreementBook>.Instance);
        await book.LoadAsync(CancellationToken.None);
        Say("home", directory.Peers.Count, book.Entries.Single().State);
        await SayLogAsync(node);
        return (directory, book);
    }

    private async Task PublishAsync()
    {
        SealedRecord Record(int number, bool isReal = true) => SimAgreements.Record(_atlantic.Partner, number, isReal);
        Publication Of(params IReadOnlyList<SealedRecord> records) => Publication.Create(_atlantic.Partner, records, _atlantic.SigningKey, Utc.FromDateTime(atlantic.Time.GetUtcNow()), null);
        var store = atlantic.Publications;
        Say("two publications", await store.TryAppendAsync([Of(Record(1), Record(2)), Of(Record(3), Record(4, isReal: false))], CancellationToken.None));
        Say("one of which is known", await store.TryAppendAsync([Of(Record(5)), Of(Record(3))], CancellationToken.None));
        Say("known", (await store.FindKnownAsync([Record(1), Record(4, isReal: false), Record(5)], CancellationToken.None)).Count);
        Say("urgent", await store.TryAppendAsync([Of(SimAgreements.Notice(_atlantic.Partner, 6, isReal: true))], CancellationToken.None));
        Say("another", await store.TryAppendAsync([Of(Record(5))], CancellationToken.None));
        await SayLogAsync(atlantic);
    }

    private async Task ReadAsync()
    {
        var now = Utc.FromDateTime(atlantic.Time.GetUtcNow());
        var later = new FeedLane(FeedSource.Own, TimeSpan.FromDays(1));
        Say("head", await atlantic.Outbox.GetHeadPositionAsync(CancellationToken.None), await atlantic.Relays.GetHeadAsync(CancellationToken.None));
        foreach (var (lane, after, most) in new[] { (FeedLane.Prompt, 0L, 1), (FeedLane.Prompt, 0L, 2), (FeedLane.Prompt, 0L, 3), (FeedLane.Prompt, 1L, 3), (FeedLane.Prompt, 1L, 4), (FeedLane.Prompt, 3L, 4), (later, 0L, 4), (FeedLane.PromptOf(FeedPriority.Urgent), 0L, 4), (FeedLane.PromptOf(FeedPriority.Urgent), 3L, 4) })
        {
            var page = await atlantic.Outbox.ReadAsync(lane, after, most, now, CancellationToken.None);
            var due = await atlantic.Outbox.GetNextDueAsync(lane, after, CancellationToken.None);
            Say($"lane {lane} after {after}, {most} records", [.. page.Publications.Select(one => (object?)$"{one.Position}/{one.Publication.Records.Count}"), page.IsLast, due is not null, due > now]);
        }
        await atlantic.Outbox.WaitForNewsAsync(FeedPriority.Routine, 3, null, TimeSpan.FromHours(1), CancellationToken.None);
        await atlantic.Outbox.WaitForNewsAsync(FeedPriority.Urgent, 2, null, TimeSpan.FromHours(1), CancellationToken.None);
        await atlantic.Outbox.WaitForNewsAsync(FeedPriority.Urgent, 3, 4, TimeSpan.Zero, CancellationToken.None);
        Say("waited");
    }

    private async Task ExchangeAsync(Agreement agreement, (PeerDirectory Directory, AgreementBook Book) provider, (PeerDirectory Directory, AgreementBook Book) reader)
    {
        var desk = Desk(provider);
        var options = new PullOptions { RecordsMax = 3, WaitMax = TimeSpan.Zero };
        foreach (var priority in new[] { FeedPriority.Routine, FeedPriority.Urgent, FeedPriority.Routine, FeedPriority.Urgent, FeedPriority.Routine })
        {
            var loop = new PullLoop(reader.Book.Entries.Single(), _atlantic.Partner, _boreal, reader.Directory, new Direct(desk, _boreal.Partner), boreal.Inbox, new PullStatuses(), new PeerPipelineOptions(), options, boreal.Time,
                NullLogger<PullLoop>.Instance, priority: priority);
            Say($"{priority} pull", await loop.PullOnceAsync(CancellationToken.None));
            var state = await boreal.Inbox.GetStateAsync(agreement.Id, _atlantic.Partner, priority, CancellationToken.None);
            Say("inbox", state.Positions, state.Manifest is not null, state.Receipt is not null, state.Cursor.Length, state.LogSizeMin);
            if (state.Manifest is { } manifest) Say("receipt is lacking", await atlantic.Outbox.LacksReceiptAsync(manifest, CancellationToken.None));
            var page = await boreal.Relays.ReadAsync(FeedLane.RelayedOf(priority), 0, 10, Utc.FromDateTime(boreal.Time.GetUtcNow()), CancellationToken.None);
            Say("held", [.. page.Slices.Select(slice => (object?)$"{slice.Arrival}/{slice.Left.Count} of {slice.Slice.Records.Count} from {slice.Provider}"), page.IsLast]);
            await SayLogAsync(atlantic);
            await SayLogAsync(boreal);
        }
    }

    private async Task KeepCheckpointsAsync()
    {
        var head = await atlantic.Log.GetHeadAsync(CancellationToken.None);
        long before = (await atlantic.Log.GetCheckpointAsync(CancellationToken.None))?.Head.Size ?? 0;
        await atlantic.Log.SaveCheckpointAsync(head, "newest", CancellationToken.None);
        await atlantic.Log.SaveCheckpointAsync(head with { Size = 1, Root = await atlantic.Log.GetRootAsync(1, CancellationToken.None) }, "older", CancellationToken.None);
        var kept = await atlantic.Log.GetCheckpointAsync(CancellationToken.None);
        Say("checkpoint", before, kept?.Head == head, kept?.Note == "newest");
        Say("of another root", await FailsAsync(() => atlantic.Log.SaveCheckpointAsync(head with { Root = default }, "other", CancellationToken.None)));
        Say("appended at", await atlantic.Log.AppendAsync([new LogEvent(LogKinds.Refusal, "{}"u8.ToArray()), new LogEvent(LogKinds.Refusal, "{}"u8.ToArray())], CancellationToken.None));
        var nodes = await atlantic.Log.GetNodesAsync([new(1, 0), new(0, 2)], CancellationToken.None);
        Say("nodes", nodes.Count, await FailsAsync(() => atlantic.Log.GetNodesAsync([new(0, 10_000)], CancellationToken.None)));
    }

    /// <summary>What the agreement's end stops in the store, whatever the process still believes.</summary>
    private async Task EndAsync(Agreement agreement, (PeerDirectory Directory, AgreementBook Book) provider)
    {
        var stale = new AgreementBook(_atlantic, provider.Directory, atlantic.Agreements, atlantic.Time, NullLogger<AgreementBook>.Instance);
        await stale.LoadAsync(CancellationToken.None);
        Say("suspended", (await provider.Book.ChangeAsync(agreement.Id, TransitionEvent.Suspend, "contract", CancellationToken.None)).Fault);
        Say("transitions", (await atlantic.Agreements.ListTransitionsAsync(CancellationToken.None)).Count, (await atlantic.Agreements.ListAsync(CancellationToken.None)).Single().State);
        var request = new PullRequest { AgreementId = agreement.Id.Value.ToWire(), RecordsMax = 3 };
        Say("pull under it", await FailsAsync(() => Desk(provider).AnswerAsync(request, _boreal.Partner, CancellationToken.None)));
        Say("pull that does not know yet", await FailsAsync(() => Desk((provider.Directory, stale)).AnswerAsync(request, _boreal.Partner, CancellationToken.None)));
        await SayLogAsync(atlantic);
        stale.Dispose();
    }

    private ExchangeDesk Desk((PeerDirectory Directory, AgreementBook Book) provider)
    {
        var cursors = new CursorCodec(_atlantic.CursorKey.Span);
        var signer = new CheckpointSigner(_atlantic, new Kept(), atlantic.Log, NullLogger<CheckpointSigner>.Instance);
        var server = new PullServer(_atlantic, provider.Book, atlantic.Outbox, atlantic.Relays, new RecordDegrader(_atlantic.DegradationKey), signer, cursors, new SimLifetime(), atlantic.Time, NullLogger<PullServer>.Instance);
        return new ExchangeDesk(provider.Book, provider.Directory, atlantic.Outbox, atlantic.Relays, new RefusalJournal(atlantic.Log, atlantic.Time), server, new PullTurns(), cursors, new DenialDesk(_atlantic, atlantic.Log, atlantic.Time), new ReaderStandings(atlantic.Time), NullLogger<ExchangeDesk>.Instance);
    }

    private async Task SayLogAsync(StorePorts node)
    {
        var head = await node.Log.GetHeadAsync(CancellationToken.None);
        var kinds = new List<object?>();
        await foreach (var entry in node.Log.ReadAsync(0, head.Size, CancellationToken.None)) kinds.Add(entry.Event.Kind);
        Say("log", kinds);
    }

    private static async Task<string> FailsAsync(Func<Task> work)
    {
        try
        {
            await work();
            return "no failure";
        }
        catch (Exception e)
        {
            return e is Grpc.Core.RpcException rpc ? $"{rpc.StatusCode} {rpc.Status.Detail}" : e.GetType().Name;
        }
    }

    private sealed class Direct(ExchangeDesk desk, PartnerId reader) : IPullClient
    {
        public async Task<PullResponse> PullAsync(PartnerId provider, PullRequest request, DateTime deadline, CancellationToken cancellationToken)
        {
            var (answer, inForce) = await desk.AnswerAsync(request, reader, cancellationToken);
            inForce.Dispose();
            var wire = answer.ToWire();
            wire.ProtocolVersion = ProtocolVersions.Current;
            return PullResponse.Parser.ParseFrom(wire.ToByteArray());
        }
    }

    private sealed class Kept : ILastCheckpoint
    {
        private string? _note;

        public string CheckpointFile => "contract";

        public Task<string?> ReadCheckpointAsync(CancellationToken cancellationToken) => Task.FromResult(_note);

        public Task KeepCheckpointAsync(string note, CancellationToken cancellationToken)
        {
            _note = note;
            return Task.CompletedTask;
        }
    }
}
