using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Fusion;
using SsaShare.Node;
using SsaShare.Orbits;
using SsaShare.Peering;
using SsaShare.Protocol;

namespace SsaShare.FusionService;

/// <summary>
/// Publishes conjunction messages as records of the service's own: one for each reader, made from what that reader is told and releasable to that reader alone. What rests on something that its
/// reader may see no more is withdrawn. Used by one thread at a time.
/// </summary>
/// <remarks>
/// A list of several readers on one message would tell each of them what the others may see, and one reader's loss would take it from all. Every message is in the ledger, in its bytes, before it is
/// published: after a stop in between it is published as it was.
/// </remarks>
internal sealed class ConjunctionMessenger(NodeIdentity identity, KnownReaders readers, AgreementBook agreements, ConjunctionReader conjunctions, ReaderViews views, IConjunctionLedger ledger, Publisher publisher, IRecordPlaces places,
    RecordNotices notices, IOptions<ScreeningSettings> settings, TimeProvider time, ILogger<ConjunctionMessenger> logger)
{
    /// <summary>How long messages are remembered after the closest approach: until then, what they rest on may be taken away.</summary>
    private const double RememberedDays = 30;

    /// <summary>Where no agreement gave a message, it is tried again after this: a clause may have begun to hold.</summary>
    private const double TryAgainS = 3_600;

    /// <summary>Announced manoeuvres that one message names; of the others it says how many there are.</summary>
    private const int ManeuversTold = 20;

    private const string Reason = "An orbit that it rests on counts no more for you.";

    private readonly MessageRules _rules = new(settings.Value);
    private readonly HashSet<RecordId> _needed = [];
    private readonly HashSet<(PartnerId Reader, string Sources)> _ungranted = [];

    // Sent and taken back since: they count towards how many are sent, and how often. In memory alone.
    private readonly List<LedgerMessage> _withdrawn = [];

    // Null until the ledger has been read, and when it is not known what it took.
    private List<LedgerMessage>? _messages;
    private Task _agreementsChanged = Task.CompletedTask;
    private Epoch _triedFrom;

    /// <summary>Whether a message rests on a record.</summary>
    public bool Needs(RecordId record) => _needed.Contains(record);

    /// <summary>Reads what was made before the last stop. Does nothing once it has.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (_messages is not null) return;
        var loaded = await ledger.LoadAsync(cancellationToken);
        foreach (var message in loaded) _needed.UnionWith(message.Basis);
        _messages = [.. loaded];
    }

    /// <summary>Withdraws what rests on something that its reader may see no more, and has published what was held when the service stopped.</summary>
    public async Task WithdrawAsync(CancellationToken cancellationToken)
    {
        var seeing = new Dictionary<PartnerId, RecordView>();
        var lost = Messages.Where(message => !message.Basis.All(View(message.Reader).MaySee)).ToList();
        if (lost.Count > 0)
        {
            // One that was held may have been published all the same.
            var published = await places.FindOwnAsync([.. lost.Select(message => message.Record)], cancellationToken);
            long issued = 0;
            await foreach (var batch in notices.IssueAsync(published.Values.ToAsyncEnumerable(), NoticeAction.Withdraw, null, Reason, cancellationToken)) issued = batch.Issued;
            await ledger.MarkWithdrawnAsync([.. lost.Select(message => message.Record)], cancellationToken);
            TakeAway(lost);
            FusionServiceLog.MessagesWithdrawn(logger, issued);
        }
        await PublishAsync([.. Messages.Where(message => message.Unpublished is not null)], cancellationToken);

        RecordView View(PartnerId reader)
        {
            if (!seeing.TryGetValue(reader, out var view)) seeing[reader] = view = views.OfRecords(reader);
            return view;
        }
    }

    /// <summary>Makes and publishes the messages that are due.</summary>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        // Taken before agreements are asked.
        var changed = agreements.Changed;
        if (_agreementsChanged.IsCompleted || Now.SecondsSince(_triedFrom) > TryAgainS)
        {
            _ungranted.Clear();
            _triedFrom = Now;
        }
        _agreementsChanged = changed;
        await ForgetAsync(cancellationToken);
        var (standing, withdrawn) = (Messages.ToLookup(message => message.Reader), _withdrawn.ToLookup(message => message.Reader));
        foreach (var reader in readers.Others)
        {
            if (!agreements.Entries.Any(entry => ReleasePolicy.WhyClosed(entry.Agreement, entry.State, identity.Partner, reader, Now) == WithholdReason.None)) continue;
            await PublishForAsync(reader, new SentMessages(standing[reader], withdrawn[reader]), cancellationToken);
        }
    }

    private Epoch Now => Utc.FromDateTime(time.GetUtcNow());

    private List<LedgerMessage> Messages => _messages ?? throw new InvalidOperationException("The ledger has not been read.");

    private async Task PublishForAsync(PartnerId reader, SentMessages sent, CancellationToken cancellationToken)
    {
        var now = Now;
        int room = settings.Value.MessagesPerHourMax - sent.CountSince(now.PlusSeconds(-3_600));
        List<LedgerMessage> made;
        try
        {
            made = await conjunctions.AnswerAsync(reader, view => view is null ? [] : Make(reader, view, sent, room, now), cancellationToken);
        }
        catch (ViewUnsettledException)
        {
            // Looked at again soon: what was taken away is a change.
            return;
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // The other readers are told all the same; this one is looked at again in the next round.
            FusionServiceLog.MessagesFailed(logger, reader, e);
            return;
        }
        if (made.Count == 0) return;
        try
        {
            await ledger.HoldAsync(made, cancellationToken);
            Messages.AddRange(made);
            foreach (var message in made) _needed.UnionWith(message.Basis);
            await PublishAsync(made, cancellationToken);
        }
        catch
        {
            // They may be in the ledger all the same: it is read again before anything else is made.
            _messages = null;
            throw;
        }
        FusionServiceLog.MessagesPublished(logger, made.Count, reader);
    }

    private List<LedgerMessage> Make(PartnerId reader, ConjunctionView view, SentMessages sent, int room, Epoch now)
    {
        var due = view.Told.Conjunctions.Where(one => !_ungranted.Contains((reader, MessageRules.SourcesOf(one))) && _rules.IsDue(one, sent, now))
            .OrderByDescending(one => one.Probability.Recommended.Probability ?? 0).ThenBy(one => one.Approach.MissKm).ToList();
        var made = new List<LedgerMessage>();
        foreach (var one in due)
        {
            if (made.Count == room || room <= 0)
            {
                FusionServiceLog.MessagesWait(logger, due.Count - made.Count, reader, settings.Value.MessagesPerHourMax);
                break;
            }
            if (TryMake(reader, view, one, now) is { } message) made.Add(message);
            else _ungranted.Add((reader, MessageRules.SourcesOf(one)));
        }
        return made;
    }

    /// <returns>Null when no message can be made of it, or no agreement would give it to the reader.</returns>
    private LedgerMessage? TryMake(PartnerId reader, ConjunctionView view, BoardConjunction one, Epoch now)
    {
        try
        {
            return Compose(reader, view, one, now);
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // What partners published may be such that no figure comes of it: that keeps no other message back.
            FusionServiceLog.MessageFailed(logger, one.First.ToString(), one.Second.ToString(), reader, e);
            return null;
        }
    }

    private LedgerMessage? Compose(PartnerId reader, ConjunctionView view, BoardConjunction one, Epoch now)
    {
        var options = new ConjunctionMakerOptions(identity.Partner.Value, now)
        {
            MadeFor = reader.Value, DefaultRadiusKm = settings.Value.AssumedRadiusM / 1e3, Volume = ScreeningVolume.Sphere(settings.Value.ThresholdKm),
            Screening = new ScreeningOptions(view.Told.From, view.Told.Until, ScreeningVolume.Sphere(settings.Value.ThresholdKm)),
        };
        if (ConjunctionMessageMaker.Make(one.Approach, one.First.Encounter with { Id = 1 }, one.Second.Encounter with { Id = 2 }, options) is not ConjunctionMessageOutcome.Made(var message, _)) return null;
        var maneuvers = view.ManeuversOf(one).Where(notice => HasSay(notice, one.First) || HasSay(notice, one.Second)).ToList();
        string[] announced = [.. maneuvers.Take(ManeuversTold).Select(notice => $"{notice.Originator} announces a manoeuvre of {notice.Tag} from {Utc.Format(notice.Notice.Start)}.")];
        if (maneuvers.Count > ManeuversTold) announced = [.. announced, $"{maneuvers.Count - ManeuversTold} more manoeuvres are announced."];
        // One message for each reader, so each has an id of its own.
        message = message with { MessageId = $"{message.MessageId}_{reader}", Comments = [.. message.Comments, .. announced] };
        List<RecordId> basis = [.. one.First.Basis.Concat(one.Second.Basis).Concat(maneuvers.Take(ManeuversTold).Select(notice => notice.Record)).Distinct()];
        var record = RecordFactory.Seal(message, identity.Partner, LabelCodec.Seal(LabelFor(reader, basis)));
        if (RecordFactory.TryOpen(RecordClass.ConjunctionMessage, record.Payload, record.Label, identity.Partner, now) is null) throw new InvalidDataException("The message would be refused by its reader.");
        if (!record.CanBeExchanged || !agreements.Entries.Any(entry => IsGranted(entry, record.Facts, reader, now))) return null;
        return new LedgerMessage(record.Id, reader, MessageRules.NameOf(one.First), MessageRules.NameOf(one.Second), one.Approach.Tca, one.Approach.MissKm, one.Probability.Recommended.Probability, now, basis, MessageRules.SourcesOf(one))
        {
            Unpublished = (record.Payload, record.Label.Bytes),
        };
    }

    /// <summary>Whether an announcement is by somebody whose word the orbit rests on. Anybody may announce a manoeuvre of any object: who then withdraws that must not take from others a message that rests on their orbits.</summary>
    private bool HasSay(AnnouncedManeuver notice, OrbitSource source)
        => OrbitSourceMaker.Designate(notice.Tag, notice.Originator).Key == source.Designation.Key
            && (source.Originator is { } originator ? originator == notice.Originator : source.Basis.Any(record => views.OriginatorOf(record) == notice.Originator));

    private bool IsGranted(BookEntry entry, in RecordFacts facts, PartnerId reader, Epoch now)
    {
        var decision = ReleasePolicy.Decide(facts, ReleaseForm.Full, entry.Agreement, entry.State, identity.Partner, reader, now, TimeSpan.Zero);
        return decision.IsReleased || decision.Reason == WithholdReason.NotYetDue;
    }

    /// <summary>As sensitive as the most sensitive that it rests on, and for one reader.</summary>
    private Label LabelFor(PartnerId reader, IReadOnlyList<RecordId> basis)
    {
        var markings = basis.Select(views.MarkingOf).ToList();
        return new Label(markings.Max(marking => marking.Level), DataMode.Real, [reader.Value], markings.Any(marking => marking.OriginatorControlled));
    }

    private async Task PublishAsync(List<LedgerMessage> held, CancellationToken cancellationToken)
    {
        var (records, unreadable) = (new List<SealedRecord>(held.Count), new List<LedgerMessage>());
        foreach (var message in held)
        {
            if (TryOpen(message) is { } record) records.Add(record);
            else unreadable.Add(message);
        }
        if (unreadable.Count > 0)
        {
            // Nobody can have it: what cannot be read is never published.
            FusionServiceLog.MessagesUnreadable(logger, unreadable.Count, unreadable[0].Record);
            await ledger.MarkWithdrawnAsync([.. unreadable.Select(message => message.Record)], cancellationToken);
            TakeAway(unreadable);
        }
        if (records.Count == 0) return;
        await publisher.PublishAsync(records.ToAsyncEnumerable(), cancellationToken);
        var ids = records.Select(record => record.Id).ToHashSet();
        await ledger.MarkPublishedAsync(ids, cancellationToken);
        for (int i = 0; i < Messages.Count; i++)
            if (ids.Contains(Messages[i].Record)) Messages[i] = Messages[i] with { Unpublished = null };
    }

    /// <returns>Null when what the ledger holds cannot be read, or is another message.</returns>
    private SealedRecord? TryOpen(LedgerMessage message)
    {
        var (payload, label) = message.Unpublished ?? throw new InvalidOperationException($"Message {message.Record} is published already.");
        return LabelCodec.TryOpen(UnsafeByteOperations.UnsafeWrap(label)) is { } opened
            && RecordFactory.TryOpen(RecordClass.ConjunctionMessage, payload, opened, identity.Partner, message.Made) is { CanBeExchanged: true } record && record.Id == message.Record ? record : null;
    }

    private void TakeAway(IReadOnlyCollection<LedgerMessage> messages)
    {
        var records = messages.Select(message => message.Record).ToHashSet();
        Messages.RemoveAll(message => records.Contains(message.Record));
        _withdrawn.AddRange(messages);
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        _withdrawn.RemoveAll(message => now.SecondsSince(message.Made) >= Math.Max(3_600, settings.Value.MessageInterval.TotalSeconds));
        var before = now.PlusSeconds(-RememberedDays * 86_400);
        if (Messages.RemoveAll(message => message.Time < before) == 0) return;
        _needed.Clear();
        foreach (var message in Messages) _needed.UnionWith(message.Basis);
        await ledger.ForgetAsync(before, cancellationToken);
    }
}
