using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Protocol;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Signing;
using FeedSource = SsaShare.Exchange.FeedSource;
using ProviderWord = SsaShare.Exchange.ProviderWord;
using WireSource = SsaShare.Protocol.Admin.V1.FeedSource;
using WireWord = SsaShare.Protocol.Admin.V1.ProviderWord;

namespace SsaShare.Node;

/// <summary>How the exchange with each peer stands: both directions of each agreement that is active or suspended, stream by stream.</summary>
public sealed class ExchangeStatusReader(NodeIdentity identity, AgreementBook book, PullStatuses pulls, ReaderStandings readers, IStandingStore store, ExchangeControl control,
    IOptions<PullOptions> pullOptions, IOptions<PeerPipelineOptions> pipelineOptions, TimeProvider time)
{
    /// <summary>Beyond the longest wait for an answer, so that one late answer is no silence.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private Epoch Now => Utc.FromDateTime(time.GetUtcNow());

    public async Task<GetExchangeResponse> ReadAsync(CancellationToken cancellationToken)
    {
        var received = (await store.ListReceivedAsync(cancellationToken)).ToDictionary(one => one.Stream);
        var denials = (await store.ListDenialsAsync(cancellationToken)).ToDictionary(one => (one.Denial.Agreement, one.Denial.Provider));
        var response = new GetExchangeResponse();
        foreach (var (entry, peer) in Exchanges())
        foreach (var priority in System.Enum.GetValues<FeedPriority>())
        {
            var stream = new StreamKey(entry.Agreement.Id, peer, priority);
            bool isUrgent = priority == FeedPriority.Urgent;
            // An urgent stream is there once it was begun: a peer of the version before has none.
            if (entry.Grants(peer, identity.Partner) && (!isUrgent || received.ContainsKey(stream) || pulls.Find(stream) is not null))
                response.Streams.Add(Receiving(Begin(entry, stream, ExchangeDirection.Receiving), stream, received.GetValueOrDefault(stream), denials.GetValueOrDefault((stream.Agreement, peer))));
            if (entry.Grants(identity.Partner, peer) && (!isUrgent || readers.Find(stream) is not null))
                response.Streams.Add(await GivingAsync(Begin(entry, stream, ExchangeDirection.Giving), entry, stream, cancellationToken));
        }
        return response;
    }

    /// <summary>How many streams a word of the operator's about a peer reaches.</summary>
    public int CountPulled(PartnerId peer, AgreementId? agreement)
        => Exchanges().Where(one => one.Peer == peer && (agreement is null || one.Entry.Agreement.Id == agreement) && one.Entry.Grants(peer, identity.Partner))
            .Sum(one => System.Enum.GetValues<FeedPriority>().Count(priority => priority == FeedPriority.Routine || pulls.Find(new StreamKey(one.Entry.Agreement.Id, peer, priority)) is not null));

    private IEnumerable<(BookEntry Entry, PartnerId Peer)> Exchanges()
        => from entry in book.Entries
           where entry.State is AgreementState.Active or AgreementState.Suspended && Now < entry.Agreement.Terms.ValidUntil
           from party in entry.Agreement.Parties
           where party.Partner != identity.Partner && entry.Agreement.HasParty(identity.Partner)
           orderby party.Partner.Value, entry.Agreement.Id.ToString()
           select (entry, party.Partner);

    private ExchangeStream Begin(BookEntry entry, StreamKey stream, ExchangeDirection direction)
    {
        var pause = control.Find(stream.Peer, stream.Agreement);
        return new ExchangeStream
        {
            PeerId = stream.Peer.Value,
            AgreementId = stream.Agreement.Value.ToWire(),
            Title = entry.Agreement.Terms.Title,
            State = entry.State.ToWire(),
            Direction = direction,
            IsUrgent = stream.Priority == FeedPriority.Urgent,
            PausedBy = pause?.Pause.By ?? "",
            PausedSince = pause is null ? null : At(pause.Since),
        };
    }

    private ExchangeStream Receiving(ExchangeStream row, StreamKey stream, ReceivedStanding? received, HeldDenial? denial)
    {
        var pull = pulls.Find(stream);
        var (word, since) = ProviderWords.Of(received, denial, Now, pullOptions.Value.WaitMax + pipelineOptions.Value.CallTimeout + Slack);
        row.Word = (WireWord)(int)word;
        row.WordSince = since is { } at ? At(at) : null;
        row.DenialReason = word == ProviderWord.Denied ? denial!.Denial.Reason.Words() : "";
        row.LastSuccess = At(pull?.LastSuccess) ?? (received?.AnsweredAt is { } answered ? At(answered) : null);
        row.LastError = pull?.LastError ?? "";
        row.LastErrorAt = At(pull?.LastErrorAt);
        row.FailureCount = pull?.Failures ?? 0;
        row.Circuit = Circuit(pull);
        row.NextTry = At(pull?.NextTry);
        if (received is null) return row;
        row.Cursor.AddRange(Cursor(received.Positions));
        (row.GivenRecords, row.WithheldRecords) = (received.Given, received.Withheld);
        if (received.Watermark is { } watermark) row.Lag = Duration.FromTimeSpan(Age(watermark));
        if (received.LastAnswer is not { } answer) return row;
        row.LastManifest = Point(answer, null, received.AnsweredAt ?? answer.Watermark);
        if (answer.Waiting is { } waiting) row.LagPublications = waiting;
        return row;
    }

    private async Task<ExchangeStream> GivingAsync(ExchangeStream row, BookEntry entry, StreamKey stream, CancellationToken cancellationToken)
    {
        var reader = readers.Find(stream);
        var given = await store.FindGivenAsync(stream, cancellationToken);
        if (given.Receipted is { } receipted) row.LastReceipt = Point(receipted.Manifest, receipted.Id, receipted.At);
        if (reader?.LastAnswer is { } answer && DocumentJson.TryRead<ManifestDocument>(answer.Payload.Span, DocumentContexts.Manifest, out var last)) row.LastManifest = Point(last, answer.Id, last.Watermark);
        else if (given.Issued is { } issued) row.LastManifest = Point(issued.Manifest, issued.Id, issued.At);
        row.DenialReason = readers.FindDenied(stream)?.Reason.Words() ?? "";
        row.LastSuccess = At(reader?.AnsweredAt);
        row.Circuit = PeerCircuit.Unspecified;
        if (reader is null) return row;
        row.Cursor.AddRange(Cursor(reader.Positions));
        var lag = LaneLag.None;
        // Each lane for itself: what comes up in several is still to be gone through in each.
        foreach (var lane in FeedLanes.Of(entry.Agreement, identity.Partner, stream.Peer, stream.Priority))
        {
            var behind = await store.GetLagAsync(lane, reader.Positions.Of(lane), Now, cancellationToken);
            lag = new LaneLag(lag.Publications + behind.Publications, lag.Records + behind.Records, lag.Oldest is { } oldest && (behind.Oldest is not { } other || oldest < other) ? oldest : behind.Oldest);
        }
        (row.LagPublications, row.LagRecords) = (lag.Publications, lag.Records);
        row.Lag = Duration.FromTimeSpan(lag.Oldest is { } first ? Age(first) : TimeSpan.Zero);
        return row;
    }

    private TimeSpan Age(Epoch since) => TimeSpan.FromSeconds(Math.Max(0, Now.SecondsSince(since)));

    private static PeerCircuit Circuit(PullStatus? pull) => pull?.Circuit switch
    {
        null => PeerCircuit.Unspecified,
        CircuitState.Closed => PeerCircuit.Closed,
        CircuitState.HalfOpen => PeerCircuit.HalfOpen,
        _ => PeerCircuit.Open,
    };

    private static IEnumerable<LaneCursor> Cursor(LanePositions positions)
        => positions.All.Select(lane => new LaneCursor { Source = Source(lane.Key.Source), Delay = Duration.FromTimeSpan(lane.Key.Delay), Position = lane.Value });

    private static ManifestPoint Point(ManifestDocument manifest, Hash256? id, Epoch at) => new()
    {
        ManifestId = id?.ToWire() ?? Google.Protobuf.ByteString.Empty,
        Source = Source(manifest.Source),
        Delay = Duration.FromTimeSpan(TimeSpan.FromSeconds(manifest.DelayS)),
        ToPosition = manifest.ToPosition,
        ItemCount = manifest.ItemCount,
        At = At(at),
    };

    private static WireSource Source(FeedSource source) => (WireSource)(int)source;

    private static Timestamp At(Epoch at) => Timestamp.FromDateTimeOffset(Utc.ToDateTime(at));

    private static Timestamp? At(DateTimeOffset? at) => at is { } then ? Timestamp.FromDateTimeOffset(then) : null;
}
