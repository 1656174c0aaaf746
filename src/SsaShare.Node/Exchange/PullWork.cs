using System.Collections.Immutable;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Node;

/// <summary>How far one pull of one stream has come. Its answer is about one lane: the one whose next publication came up first, and once that lane has moved, no other.</summary>
internal sealed class PullWork(Agreement agreement, PartnerId provider, PartnerId reader, Cursor cursor)
{
    private readonly ImmutableArray<FeedLane> _lanes = FeedLanes.Of(agreement, provider, reader, cursor.Priority);
    private readonly WithheldSum _withheld = new();
    private long _goneUpTo;
    private readonly FeedLane _prompt = FeedLane.PromptOf(cursor.Priority), _relayed = FeedLane.RelayedOf(cursor.Priority);
    private FeedLane _lane = FeedLane.PromptOf(cursor.Priority);

    public PartnerId Reader => reader;

    /// <summary>Whether the reader knows the manifest's members about withheld records and waiting publications.</summary>
    public bool TellsWithheld { get; init; }

    /// <summary>Where the reader stood.</summary>
    public Cursor Cursor => cursor;

    /// <summary>Where the reader stands with the answer.</summary>
    public LanePositions Reached { get; private set; } = cursor.Positions;

    /// <summary>As far as they are used up in this round.</summary>
    public ReleaseLimits Limits { get; set; } = ReleaseLimits.Of(agreement, provider, reader);

    /// <summary>When there is room for the next publication, of which more would go out than is left of a limit; null when none waits so.</summary>
    public Epoch? RoomAt { get; private set; }

    public bool NeedsDegrader => agreement.Forms.Length > 1;

    public FeedLane Lane => _lane;

    /// <summary>Where the answer's range begins and, so far, ends.</summary>
    public long After => cursor.Positions.Of(_lane);

    public long Position => Reached.Of(_lane);

    public bool HasMoved => Position > After;

    /// <summary>Whether something has come up in another lane.</summary>
    public bool OthersWait { get; private set; }

    /// <summary>When the next publication comes up whose delay is not over; null when there is none.</summary>
    public Epoch? NextDue { get; private set; }

    /// <summary>A newer publication than this is news: every own one of this priority comes up in the prompt lane first.</summary>
    public long NewsAfter => Reached.Of(_prompt);

    /// <summary>So are others' records that arrived after this; null where the agreement passes none on.</summary>
    public long? ArrivalsAfter => !AreRelaysHeldUp && _lanes.Contains(_relayed) ? Reached.Of(_relayed) : null;

    public IReadOnlyList<WithheldCount> Withheld => _withheld.Counts;

    /// <summary>What of the range is held here no more; null when all is.</summary>
    public FeedSnapshot? Snapshot
        => _goneUpTo == 0 ? null : new FeedSnapshot(_goneUpTo + 1, _withheld.Counts.Where(count => count.Reason == nameof(WithholdReason.RetentionOver)).Sum(count => (long)count.Count));

    /// <summary>The agreements under which what is passed on is held here.</summary>
    public IReadOnlyCollection<AgreementId> Sources { get; private set; } = [];

    /// <summary>Others' records wait until an agreement by which they came is resumed; meanwhile the other lanes go on.</summary>
    public bool AreRelaysHeldUp { get; set; }

    /// <summary>Chooses the lane and sees what waits in the others. Of an agreement without delays there is nothing to choose.</summary>
    public async Task LookAheadAsync(IOutbox outbox, IRelayFeed relays, Epoch now, CancellationToken cancellationToken)
    {
        (OthersWait, NextDue, RoomAt) = (false, null, null);
        if (_lanes.Length <= 1) return;
        var dues = new List<(FeedLane Lane, Epoch Due)>(_lanes.Length);
        if (AreRelaysHeldUp && !HasMoved) _lane = _prompt;
        foreach (var lane in _lanes)
        {
            if (AreRelaysHeldUp && !lane.IsOwn) continue;
            var next = lane.IsOwn ? outbox.GetNextDueAsync(lane, Reached.Of(lane), cancellationToken)
                : relays.GetNextDueAsync(lane, Reached.Of(lane), cancellationToken);
            // What is published comes up at once in a prompt lane, whatever date its originator gave it.
            if (await next is { } due) dues.Add((lane, lane.Delay == TimeSpan.Zero && due > now ? now : due));
        }
        var first = dues.Where(one => one.Due <= now).OrderBy(one => one.Due).FirstOrDefault();
        if (!HasMoved && first != default) _lane = first.Lane;
        OthersWait = dues.Any(one => one.Lane != _lane && one.Due <= now);
        NextDue = dues.Where(one => one.Due > now).Select(one => (Epoch?)one.Due).Min();
    }

    /// <summary>As much as the limits leave room for, publication by publication.</summary>
    /// <param name="parts">What goes out of each, in order.</param>
    /// <param name="taken">Of how many.</param>
    public Release WithinLimits(IEnumerable<Release> parts, out int taken)
    {
        var room = Limits.Room();
        List<Release> within = [.. parts.TakeWhile(part => room.TryTake(part.Slices))];
        (taken, RoomAt) = (within.Count, room.FreeAt);
        return new Release([.. within.SelectMany(part => part.Slices)], [.. within.SelectMany(part => part.Withheld)]) { GoneUpTo = within.Select(part => part.GoneUpTo).DefaultIfEmpty().Max() };
    }

    /// <param name="position">Reached with what was read; null when nothing was.</param>
    public void Take(long? position, Release release, IReadOnlyCollection<AgreementId>? sources = null)
    {
        Sources = sources ?? [];
        if (position is { } reached) Reached = Reached.With(_lane, reached);
        _withheld.Add(release.Withheld);
        _goneUpTo = Math.Max(_goneUpTo, release.GoneUpTo);
    }
}
