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

    private const string Reason = "An orbit that it rests on counts no more for you.";

    private readonly MessageRules _rules = new(settings.Value);
    private readonly HashSet<RecordId> _needed = [];
    private readonly HashSet<(PartnerId Reader, string Sources)> _ungranted = [];
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
            Messages.RemoveAll(lost.Contains);
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
        foreach (var reader in readers.Others)
        {
            if (!agreements.Entries.Any(entry => ReleasePolicy.WhyClosed(entry.Agreement, entry.State, identity.Partner, reader, Now) == WithholdReason.None)) continue;
            await PublishForAsync(reader, cancellationToken);
        }
    }

    private Epoch Now => Utc.FromDateTime(time.GetUtcNow());

    private List<LedgerMessage> Messages => _messages ?? throw new InvalidOperationException("The ledger has not been read.");

    private async Task PublishForAsync(PartnerId reader, CancellationToken cancellationToken)
    {
        var now = Now;
        List<LedgerMessage> former = [.. Messages.Where(message => message.Reader == reader)];
        int room = settings.Value.MessagesPerHourMax - former.Count(message => now.SecondsSince(message.Made) < 3_600);
        try
        {
            var made = await conjunctions.AnswerAsync(reader, view => view is null ? [] : Make(reader, view, former, room, now), cancellationToken);
            if (made.Count == 0) return;
            await ledger.HoldAsync(made, cancellationToken);
            Messages.AddRange(made);
            foreach (var message in made) _needed.UnionWith(message.Basis);
            await PublishAsync(made, cancellationToken);
            FusionServiceLog.MessagesPublished(logger, made.Count, reader);
        }
        catch (ViewUnsettledException)
        {
            // Looked at again soon: what was taken away is a change.
        }
    }

    private List<LedgerMessage> Make(PartnerId reader, ConjunctionView view, List<LedgerMessage> former, int room, Epoch now)
    {
        // A whole catalog has tens of thousands of approaches, and a reader may have as many messages.
        var ofPair = former.ToLookup(message => (message.FirstObject, message.SecondObject));
        var due = view.Told.Conjunctions.Where(one => _rules.IsDue(one, ofPair[(MessageRules.NameOf(one.First), MessageRules.NameOf(one.Second))], now) && !_ungranted.Contains((reader, MessageRules.SourcesOf(one))))
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
        var options = new ConjunctionMakerOptions(identity.Partner.Value, now)
        {
            MadeFor = reader.Value, DefaultRadiusKm = settings.Value.AssumedRadiusM / 1e3, Volume = ScreeningVolume.Sphere(settings.Value.ThresholdKm),
            Screening = new ScreeningOptions(view.Told.From, view.Told.Until, ScreeningVolume.Sphere(settings.Value.ThresholdKm)),
        };
        if (ConjunctionMessageMaker.Make(one.Approach, one.First.Encounter with { Id = 1 }, one.Second.Encounter with { Id = 2 }, options) is not ConjunctionMessageOutcome.Made(var message, _)) return null;
        var maneuvers = view.ManeuversOf(one).ToList();
        // One message for each reader, so each has an id of its own.
        message = message with { MessageId = $"{message.MessageId}_{reader}", Comments = [.. message.Comments, .. maneuvers.Select(notice => $"{notice.Originator} announces a manoeuvre of {notice.Tag} from {Utc.Format(notice.Notice.Start)}.")] };
        List<RecordId> basis = [.. one.First.Basis.Concat(one.Second.Basis).Concat(maneuvers.Select(notice => notice.Record)).Distinct()];
        var record = RecordFactory.Seal(message, identity.Partner, LabelCodec.Seal(LabelFor(reader, basis)));
        if (!record.CanBeExchanged || !agreements.Entries.Any(entry => IsGranted(entry, record.Facts, reader, now))) return null;
        return new LedgerMessage(record.Id, reader, MessageRules.NameOf(one.First), MessageRules.NameOf(one.Second), one.Approach.Tca, one.Approach.MissKm, one.Probability.Recommended.Probability, now, basis, MessageRules.SourcesOf(one))
        {
            Unpublished = (record.Payload, record.Label.Bytes),
        };
    }

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
        if (held.Count == 0) return;
        await publisher.PublishAsync(Open(held).ToAsyncEnumerable(), cancellationToken);
        await ledger.MarkPublishedAsync([.. held.Select(message => message.Record)], cancellationToken);
        var ids = held.Select(message => message.Record).ToHashSet();
        for (int i = 0; i < Messages.Count; i++)
            if (ids.Contains(Messages[i].Record)) Messages[i] = Messages[i] with { Unpublished = null };
    }

    private IEnumerable<SealedRecord> Open(List<LedgerMessage> held)
    {
        foreach (var message in held)
        {
            var (payload, label) = message.Unpublished ?? throw new InvalidOperationException($"Message {message.Record} is published already.");
            var sealedLabel = LabelCodec.TryOpen(UnsafeByteOperations.UnsafeWrap(label)) ?? throw new InvalidDataException($"The label of message {message.Record} cannot be read.");
            yield return RecordFactory.TryOpen(RecordClass.ConjunctionMessage, payload, sealedLabel, identity.Partner, message.Made) ?? throw new InvalidDataException($"Message {message.Record} cannot be read.");
        }
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var before = Now.PlusSeconds(-RememberedDays * 86_400);
        if (Messages.RemoveAll(message => message.Time < before) == 0) return;
        _needed.Clear();
        foreach (var message in Messages) _needed.UnionWith(message.Basis);
        await ledger.ForgetAsync(before, cancellationToken);
    }
}
