using System.Data.Common;
using System.Net;
using System.Text.Json;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Node;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>One life of a node: the real directory, book, signer, desk, worker and publisher over simulated stores, clock and network.</summary>
internal sealed class SimProcess : IDisposable
{
    private readonly SimNode _node;
    private readonly SimClock _clock;
    private readonly PeerDirectory _directory;
    private readonly CheckpointSigner _signer;
    private readonly ExchangeDesk _desk;
    private readonly PullWorker _worker;
    private readonly AgreementClock _agreements;
    private readonly AgreementDeliveries _deliveries = new();
    private readonly Publisher _publisher;
    private readonly EvidenceExporter _evidence;
    private readonly CheckpointWatch _watch;
    private readonly WitnessServer _witness;
    private readonly CheckpointSubmission _submission;
    private readonly WitnessStandings _standings = new();
    private readonly SigningPermit _permit = new();
    private readonly Dictionary<PartnerId, long> _witnessed = [];

    public SimProcess(SimNode node, SimContext context)
    {
        (_node, Context) = (node, context);
        var (database, identity, random) = (node.Database, node.Identity, context.Scheduler.Random);
        _clock = new SimClock(context, node.ClockSkew);
        var log = new SimNodeLog(database, _clock);
        var outbox = new SimOutbox(database, _clock);
        var relays = new SimRelayFeed(database);
        _directory = new PeerDirectory(identity, new SimPeerStore(database, _clock));
        Book = new AgreementBook(identity, _directory, new SimAgreementStore(database, _clock), _clock, NullLogger<AgreementBook>.Instance);
        _agreements = new AgreementClock(Book, _clock, NullLogger<AgreementClock>.Instance);
        _signer = new CheckpointSigner(identity, node, log, NullLogger<CheckpointSigner>.Instance, _permit, _directory);
        var cosigned = new SimCosigned(database);
        var witnessed = new SimWitnessStore(database, _clock);
        var own = new OwnLog(identity, _directory, log, _permit, NullLogger<OwnLog>.Instance);
        _watch = new CheckpointWatch(_directory, identity, own, witnessed, new LogLineages(), _clock, NullLogger<CheckpointWatch>.Instance);
        _witness = new WitnessServer(identity, _watch, witnessed, _directory, _permit, _clock, NullLogger<WitnessServer>.Instance);
        _submission = new CheckpointSubmission(_directory, node.Network.WitnessesOf(node.Partner, _clock), own, log, cosigned, _standings, _clock, NullLogger<CheckpointSubmission>.Instance);
        _evidence = new EvidenceExporter(identity, log, new SimNoSearch(), _signer, cosigned, new SimNoTimestamps(), _clock);
        var cursors = new CursorCodec(identity.CursorKey.Span);
        var server = new PullServer(identity, Book, outbox, relays, new RecordDegrader(identity.DegradationKey), _signer, cursors, new SimLifetime(), _clock, NullLogger<PullServer>.Instance,
            _permit, new QuorumWatch(identity, cosigned, _standings, log), _watch);
        _desk = new ExchangeDesk(Book, _directory, outbox, relays, new RefusalJournal(log, _clock), server, new PullTurns(), cursors, new DenialDesk(identity, log, _clock), new ReaderStandings(_clock), NullLogger<ExchangeDesk>.Instance);
        _worker = new PullWorker(identity, Book, _directory, node.Network.ClientOf(node.Partner, _clock), new SimInbox(database, _clock), new PullStatuses(), _deliveries,
            Options.Create(new PeerPipelineOptions { Jitter = random.NextDouble }), Options.Create(new PullOptions { RecordsMax = 6 }), _clock, NullLogger<PullLoop>.Instance, _watch, _permit);
        _publisher = new Publisher(new SimPublicationStore(database, _clock), identity.Partner, identity.SigningKey, _clock, new SimTasks(context));
    }

    public SimContext Context { get; }

    public AgreementBook Book { get; }

    /// <summary>Those that it has taken: they break when it dies.</summary>
    public List<SimCall> Calls { get; } = [];

    /// <summary>Whether it takes calls: not before it has read its stores.</summary>
    public bool IsListening { get; private set; }

    /// <summary>Own transitions of which another party has said that it has them.</summary>
    public HashSet<(PartnerId Party, Hash256 Transition)> Delivered { get; } = [];

    /// <summary>As the host does: reads the stores, compares log and checkpoint, and then runs. Where the store fails, it ends and is started again.</summary>
    public void Start() => Context.Start(async () =>
    {
        try
        {
            await _directory.LoadAsync(CancellationToken.None);
            await Book.LoadAsync(CancellationToken.None);
            await _signer.CheckAsync(CancellationToken.None);
            await _watch.LoadAsync(CancellationToken.None);
        }
        catch (DbException)
        {
            _node.Kill();
            new SimTimer(Context.Scheduler.World, _ => _node.Start(), null).Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            return;
        }
        foreach (var entry in Book.Entries)
            foreach (var party in entry.Agreement.Parties) _deliveries.Delivered(entry.Agreement.Id, party.Partner);
        // It cannot have gone back: its database is not restored here.
        _permit.Grant();
        IsListening = true;
        Context.Start(CirculateAsync);
        Context.Start(() => _agreements.RunAsync(CancellationToken.None));
        await _worker.RunAsync(CancellationToken.None);
    });

    /// <summary>What the gRPC service makes of a call.</summary>
    public Task<byte[]> AnswerAsync(byte[] request, PartnerId reader, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var (answer, inForce) = await _desk.AnswerAsync(PullRequest.Parser.ParseFrom(request), reader, cancellationToken);
        inForce.Dispose();
        var wire = answer.ToWire();
        wire.ProtocolVersion = ProtocolVersions.Current;
        return wire.ToByteArray();
    });

    /// <summary>What it answers as a witness.</summary>
    public async Task<byte[]> CosignAsync(byte[] request, PartnerId caller, CancellationToken cancellationToken)
    {
        var answer = await GuardAsync(() => _witness.AddCheckpointAsync(request, caller, cancellationToken));
        return JsonSerializer.SerializeToUtf8Bytes(new WitnessReply((HttpStatusCode)answer.Status, answer.MediaType.Split(';')[0], answer.Body));
    }

    public async Task<byte[]> GetCosignedAsync(string origin, CancellationToken cancellationToken)
        => JsonSerializer.SerializeToUtf8Bytes(await GuardAsync(() => _witness.GetCheckpointAsync(WitnessClient.HashOf(origin), cancellationToken)));

    public Task<PublishSummary> PublishAsync(IReadOnlyList<SealedRecord> records)
        => Context.StartAsync(() => _publisher.PublishAsync(records.ToAsyncEnumerable(), CancellationToken.None));

    /// <summary>The bundle of its whole log.</summary>
    public Task<byte[]> ExportAsync() => Context.StartAsync(async () =>
    {
        using var bundle = new MemoryStream();
        await foreach (byte[] chunk in _evidence.ExportAsync(EvidenceScope.Whole, CancellationToken.None)) bundle.Write(chunk);
        return bundle.ToArray();
    });

    /// <summary>What its operator does.</summary>
    public Task<AgreementAcceptance> ChangeAsync(AgreementId agreement, TransitionEvent happening)
        => Context.StartAsync(() => Book.ChangeAsync(agreement, happening, "simulated", CancellationToken.None));

    public Task<TransitionAcceptance> TakeAsync(SignedTransition transition)
        => Context.StartAsync(() => Book.TakeAsync(transition, CancellationToken.None));

    /// <summary>What the host makes of a store that fails.</summary>
    private static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (DbException)
        {
            throw Refusals.StoreUnavailable();
        }
        catch (SigningHeldException e)
        {
            throw Refusals.SigningHeld(e);
        }
    }

    /// <summary>Brings the log's newest checkpoint to each peer, as often as it grows.</summary>
    private async Task CirculateAsync()
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(3), _clock);
            foreach (var peer in _directory.Peers.Select(peer => peer.Partner).Where(peer => peer != _node.Partner).OrderBy(peer => peer.Value, StringComparer.Ordinal))
            {
                try
                {
                    var (head, note) = await _signer.SignHeadAsync(CancellationToken.None);
                    long held = _witnessed.GetValueOrDefault(peer);
                    if (held != head.Size && await _submission.SubmitAsync(peer, head, note, held, CancellationToken.None) is { } size) _witnessed[peer] = size;
                }
                catch (Exception e) when (e is DbException or HttpRequestException)
                {
                    // In three seconds again.
                }
            }
        }
    }

    /// <summary>What it held is gone; nobody in it hears of it.</summary>
    public void Dispose()
    {
        Context.Kill();
        _worker.Dispose();
        _agreements.Dispose();
        _signer.Dispose();
        Book.Dispose();
        _directory.Dispose();
    }
}
