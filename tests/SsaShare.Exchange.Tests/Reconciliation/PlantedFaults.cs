using SsaShare.Agreements;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>The faults that an audit must find, each in the ways in which it can be done. Atlantic gives, pacific receives; who lies has its own keys.</summary>
internal static class PlantedFaults
{
    public static IReadOnlyList<PlantedFault> All { get; } =
    [
        new("dropped record: neither given nor accounted for", true, DropFromAnswer),
        new("dropped record: the receiver removes what it got", false, DropAtReceiver),
        new("dropped record: the provider does not log what it gave", false, DropAtProvider),
        new("dropped record: the list of records is left out", false, DropItems),
        new("replay: an old answer is given again", false, ReplayAnswer),
        new("replay: a record is given again in a new answer", false, ReplayRecord),
        new("replay: the receiver counts a manifest twice", true, ReplayManifest) { IsInParts = false },
        new("altered record: another one is given than is logged", false, AlterRecord),
        new("altered record: the receiver changes what it got", true, AlterAtReceiver),
        new("forged receipt: signed by the provider itself", true, ForgeReceipt),
        new("forged receipt: an old one presented for a new answer", true, PresentOldReceipt),
        new("forged receipt: made with a stolen key, at another time", false, ForgeWithStolenKey),
        new("forged receipt: for what never arrived, with a stolen key", false, ForgeForNothing),
        new("dropped receipt: the provider denies it", false, DropReceipt),
        new("truncated tail: the provider removes its newest entries", false, TruncateProvider),
        new("truncated tail: the receiver removes its newest entries", false, TruncateReceiver),
        new("rewritten history: an entry is removed, and nothing signed anew", true, RewriteLazily),
        new("rewritten history: all is signed anew", false, RewriteThoroughly),
        new("split view: the receiver is shown the checkpoint of another log", false, SplitView),
        new("clock manipulation: the provider's clock is set back", null, SetClockBack),
        new("clock manipulation: the provider's clock is set forward", false, SetClockForward),
        new("clock manipulation: the receipt is dated back", true, DateReceiptBack),
        new("swapped agreement: given under another than is logged", false, SwapAgreement),
        new("swapped agreement: an agreement that the other side denies", false, DenyAgreement),
        new("swapped agreement: a suspension is left out", false, DropSuspension),
        new("out of agreement: given after the provider's own suspension", true, GiveAfterSuspension),
        new("out of agreement: taken long after the receiver's own suspension", false, TakeAfterSuspension),
        new("stripped label: given with another label than is logged", false, StripLabel),
        new("stripped label: both sides log it, and it is not what was published", false, StripLabelTogether),
    ];

    /// <summary>A record to lie about: the first of a new publication, in full.</summary>
    private static PullRun Prepare(TestHistory history, int records = 3)
    {
        var run = history.Run;
        run.BringReceipt();
        if (run.PositionIn(FeedLane.Prompt) < run.Provider.Published.Count) run.PullAll();
        run.BringReceipt();
        run.Provider.Publish(records);
        return run;
    }

    private static Answer Whole(PullRun run, Func<List<ItemSlice>, List<ItemSlice>>? tamper = null) => run.Compose(FeedLane.Prompt, 1, _ => RecordForm.Full, tamper: tamper);

    private static RecordPlace Place(Answer answer, int index = 0) => new(answer.Slices[0].Publication, index);

    private static long EntryOf(TestPartner partner, string kind, SignedDocument document)
        => partner.Node.Entries.Last(entry => entry.Event.Kind == kind && SignedDocument.TryParse(entry.Event.Body.Span, out var signed) && signed.Id == document.Id).Index;

    private static long Issued(PullRun run, Answer answer) => EntryOf(run.Provider, LogKinds.ManifestIssued, answer.Manifest);
    private static long Received(PullRun run, Answer answer) => EntryOf(run.Receiver, LogKinds.ManifestReceived, answer.Manifest);

    private static bool IsAbout(LogEntry entry, Hash256 manifest, string kind)
        => entry.Event.Kind == kind && (kind is LogKinds.ItemsIssued or LogKinds.ItemsReceived ? ManifestItems.TryParse(entry.Event.Body.Span, out var items) && items.Manifest == manifest
            : kind is LogKinds.Withheld ? WithheldEvent.TryParse(entry.Event.Body.Span, out var withheld) && withheld.Manifest == manifest
            : SignedDocument.TryParse(entry.Event.Body.Span, out var signed) && (signed.Id == manifest
                || (DocumentJson.TryRead<ReceiptDocument>(signed.Payload.Span, DocumentContexts.Receipt, out var receipt) && receipt.Manifest == manifest)));

    private static void Remove(TestPartner partner, Hash256 manifest, params string[] kinds)
        => partner.Node.Rewrite(entry => kinds.Any(kind => IsAbout(entry, manifest, kind)) ? null : entry);

    private static List<ItemSlice> WithLeaf(List<ItemSlice> slices, int index, Hash256 leaf)
        => [slices[0] with { Items = [.. slices[0].Items.Select(item => item.Index == index ? item with { Leaf = leaf } : item)] }, .. slices[1..]];

    private static ExpectedFinding DropFromAnswer(TestHistory history)
    {
        var run = Prepare(history);
        var answer = Whole(run, slices => [slices[0] with { Items = [.. slices[0].Items.Skip(1)] }]);
        run.Issue(answer);
        run.Take(answer);
        return new ExpectedFinding(FindingKind.Missing, run.Provider, Issued(run, answer));
    }

    private static ExpectedFinding DropAtReceiver(TestHistory history)
    {
        var run = Prepare(history);
        var dropped = run.PullAll();
        run.Provider.Publish(2);
        run.PullAll();
        run.BringReceipt();
        Remove(run.Receiver, dropped.Manifest.Id, LogKinds.ManifestReceived, LogKinds.ItemsReceived, LogKinds.ReceiptIssued);
        return new ExpectedFinding(FindingKind.Missing, run.Provider, Issued(run, dropped), By: run.Receiver);
    }

    private static ExpectedFinding DropAtProvider(TestHistory history)
    {
        var run = Prepare(history);
        var answer = Whole(run);
        run.Take(answer);
        history.Clock.Wait(TimeSpan.FromHours(1));
        return new ExpectedFinding(FindingKind.Extra, run.Receiver, Received(run, answer), By: run.Provider);
    }

    private static ExpectedFinding DropItems(TestHistory history)
    {
        var run = Prepare(history);
        run.PullAll();
        run.BringReceipt();
        run.Provider.Publish(1);
        var answer = Whole(run);
        run.Provider.Node.Append(LogKinds.ManifestIssued, answer.Manifest.ToJson());
        run.Take(answer);
        return new ExpectedFinding(FindingKind.Missing, run.Provider, Issued(run, answer));
    }

    private static ExpectedFinding ReplayAnswer(TestHistory history)
    {
        var run = Prepare(history);
        var first = run.PullAll();
        run.BringReceipt();
        var again = run.Compose(FeedLane.Prompt, first.Document.AfterPosition, 1, first.Slices, 0, document => document with { Previous = first.Document.Previous });
        run.Issue(again);
        run.Take(again);
        return new ExpectedFinding(FindingKind.Extra, run.Receiver, Received(run, again), Place(again, 0), By: run.Provider);
    }

    private static ExpectedFinding ReplayRecord(TestHistory history)
    {
        var run = Prepare(history);
        var first = run.PullAll();
        run.BringReceipt();
        run.Provider.Publish(3);
        run.Provider.Publish(1);
        // One record of before stands in the place of the last new one.
        var answer = run.Compose(FeedLane.Prompt, 2, _ => RecordForm.Full, tamper: slices => [slices[0], first.Slices[0] with { Items = [.. first.Slices[0].Items.Take(1)] }]);
        run.Issue(answer);
        run.Take(answer);
        return new ExpectedFinding(FindingKind.Extra, run.Receiver, Received(run, answer), Place(first), By: run.Provider);
    }

    private static ExpectedFinding ReplayManifest(TestHistory history)
    {
        var run = Prepare(history);
        var answer = run.PullAll();
        run.Receiver.Node.Append(LogKinds.ManifestReceived, answer.Manifest.ToJson());
        return new ExpectedFinding(FindingKind.Extra, run.Receiver, Received(run, answer));
    }

    private static ExpectedFinding AlterRecord(TestHistory history)
    {
        var run = Prepare(history);
        run.Issue(Whole(run));
        var given = Whole(run, slices => WithLeaf(slices, 1, Hash256.Of("another record"u8)));
        run.Take(given);
        history.Clock.Wait(TimeSpan.FromHours(1));
        return new ExpectedFinding(FindingKind.Different, run.Receiver, Received(run, given), Place(given, 1), By: run.Provider);
    }

    private static ExpectedFinding AlterAtReceiver(TestHistory history)
    {
        var run = Prepare(history);
        var answer = run.PullAll();
        var altered = new ManifestItems(answer.Manifest.Id, WithLeaf(answer.Slices, 1, Hash256.Of("another record"u8)));
        run.Receiver.Node.Rewrite(entry => IsAbout(entry, answer.Manifest.Id, LogKinds.ItemsReceived) ? entry with { Event = entry.Event with { Body = altered.ToJson() } } : entry);
        return new ExpectedFinding(FindingKind.Different, run.Receiver, Received(run, answer) + 1);
    }

    private static ExpectedFinding ForgeReceipt(TestHistory history)
    {
        var run = Prepare(history);
        var answer = Whole(run);
        run.Issue(answer);
        var receipt = SignedDocument.Sign(run.Provider.Node.Key, DocumentContexts.Receipt, PullRun.Sign(answer, run.Receiver.Node).Payload.ToArray());
        run.Provider.Node.Append(LogKinds.ReceiptReceived, receipt.ToJson());
        return new ExpectedFinding(FindingKind.Forged, run.Provider, run.Provider.Node.LogSize - 1);
    }

    private static ExpectedFinding PresentOldReceipt(TestHistory history)
    {
        var run = Prepare(history);
        var old = Whole(run);
        run.Issue(old);
        var receipt = run.Take(old)!;
        run.BringReceipt();
        run.Provider.Publish(2);
        run.Issue(Whole(run));
        run.Provider.Node.Append(LogKinds.ReceiptReceived, receipt.ToJson());
        return new ExpectedFinding(FindingKind.Forged, run.Provider, run.Provider.Node.LogSize - 1);
    }

    private static ExpectedFinding ForgeWithStolenKey(TestHistory history)
    {
        var run = Prepare(history);
        var answer = Whole(run);
        run.Issue(answer);
        run.Provider.Node.Append(LogKinds.ReceiptReceived, PullRun.Sign(answer, run.Receiver.Node).ToJson());
        long at = run.Provider.Node.LogSize - 1;
        run.Take(answer);
        return new ExpectedFinding(FindingKind.Forged, run.Provider, at);
    }

    private static ExpectedFinding ForgeForNothing(TestHistory history)
    {
        var run = Prepare(history);
        var answer = Whole(run);
        run.Issue(answer);
        run.Provider.Node.Append(LogKinds.ReceiptReceived, PullRun.Sign(answer, run.Receiver.Node).ToJson());
        history.Clock.Wait(TimeSpan.FromHours(1));
        return new ExpectedFinding(FindingKind.Missing, run.Provider, Issued(run, answer));
    }

    private static ExpectedFinding DropReceipt(TestHistory history)
    {
        var run = Prepare(history);
        var answer = Whole(run);
        run.Issue(answer);
        run.Take(answer);
        run.Provider.Publish(1);
        // The next pull brought the receipt; the provider answers and keeps quiet about it.
        var next = Whole(run);
        run.Issue(next);
        run.Take(next);
        return new ExpectedFinding(FindingKind.Missing, run.Receiver, EntryOfReceipt(run, answer), By: run.Provider);
    }

    private static long EntryOfReceipt(PullRun run, Answer answer) => run.Receiver.Node.Entries.Last(entry => IsAbout(entry, answer.Manifest.Id, LogKinds.ReceiptIssued)).Index;

    private static ExpectedFinding TruncateProvider(TestHistory history)
    {
        var run = Prepare(history);
        int before = run.Provider.Node.LogSize;
        run.PullAll();
        run.Provider.Publish(2);
        var last = run.PullAll();
        run.Provider.Node.Truncate(before);
        history.Clock.Wait(TimeSpan.FromHours(1));
        return new ExpectedFinding(FindingKind.Truncated, run.Receiver, Received(run, last), By: run.Provider);
    }

    private static ExpectedFinding TruncateReceiver(TestHistory history)
    {
        var run = Prepare(history);
        int before = run.Receiver.Node.LogSize;
        var answer = run.PullAll();
        run.BringReceipt();
        run.Receiver.Node.Truncate(before);
        history.Clock.Wait(TimeSpan.FromHours(1));
        return new ExpectedFinding(FindingKind.Missing, run.Provider, Issued(run, answer), By: run.Receiver);
    }

    private static ExpectedFinding RewriteLazily(TestHistory history)
    {
        var run = Prepare(history);
        var answer = run.PullAll();
        int removed = 0;
        run.Provider.Node.Rewrite(entry => removed == 0 && entry.Event.Kind == LogKinds.PeerPinned && removed++ == 0 ? entry with { Time = entry.Time.PlusSeconds(1) } : entry);
        return new ExpectedFinding(FindingKind.Rewritten, run.Provider, Issued(run, answer));
    }

    private static ExpectedFinding RewriteThoroughly(TestHistory history)
    {
        var run = Prepare(history);
        run.PullAll();
        long first = run.Receiver.Node.Entries.First(entry => entry.Event.Kind == LogKinds.ManifestReceived && SignedDocument.TryParse(entry.Event.Body.Span, out var signed) && signed.KeyId == run.Provider.Node.Key.Id).Index;
        run.Provider.Node.Rewrite(entry => entry.Event.Kind == LogKinds.PeerPinned ? entry with { Time = entry.Time.PlusSeconds(1) } : entry);
        Forger.SignAnew(run.Provider);
        return new ExpectedFinding(FindingKind.Rewritten, run.Receiver, first, By: run.Provider);
    }

    private static ExpectedFinding SplitView(TestHistory history)
    {
        var run = Prepare(history);
        run.Issue(Whole(run));
        string fork = Sample.Checkpoint(run.Provider.Node.Log, run.Provider.Node.LogSize, Hash256.Of("another log"u8));
        var shown = run.Compose(FeedLane.Prompt, 1, _ => RecordForm.Full, document => document with { Checkpoint = fork });
        run.Take(shown);
        return new ExpectedFinding(FindingKind.Rewritten, run.Receiver, Received(run, shown), By: run.Provider);
    }

    private static ExpectedFinding SetClockBack(TestHistory history) => SetClock(history, TimeSpan.FromHours(-2));

    private static ExpectedFinding SetClockForward(TestHistory history) => SetClock(history, TimeSpan.FromHours(2));

    private static ExpectedFinding SetClock(TestHistory history, TimeSpan error)
    {
        // From the beginning of its log on, so that this log does not contradict itself.
        var run = Prepare(history);
        run.Provider.Node.ClockError = error;
        run.Provider.Node.Rewrite(entry => entry with { Time = entry.Time.Plus(error) });
        Forger.SignAnew(run.Provider, error);
        var answer = run.PullAll();
        return new ExpectedFinding(FindingKind.Late, run.Receiver, Received(run, answer), By: run.Provider);
    }

    private static ExpectedFinding DateReceiptBack(TestHistory history)
    {
        var run = Prepare(history);
        run.Receiver.Node.ClockError = TimeSpan.FromHours(-3);
        var answer = run.PullAll();
        run.Receiver.Node.ClockError = TimeSpan.Zero;
        return new ExpectedFinding(FindingKind.Late, run.Receiver, Received(run, answer));
    }

    private static ExpectedFinding SwapAgreement(TestHistory history)
    {
        var run = Prepare(history);
        history.Agree("A wider one", [history.Atlantic, history.Pacific], []);
        var other = history.Runs[^2];
        run.Issue(Whole(run));
        long after = run.PositionIn(FeedLane.Prompt);
        var given = other.Compose(FeedLane.Prompt, after, 1, Whole(run).Slices, 0);
        other.Take(given);
        history.Clock.Wait(TimeSpan.FromHours(1));
        return new ExpectedFinding(FindingKind.OutOfAgreement, run.Receiver, Received(run, given), By: run.Provider);
    }

    private static ExpectedFinding DenyAgreement(TestHistory history)
    {
        var run = Prepare(history);
        var agreement = history.Agree("A denied one", [history.Atlantic, history.Pacific], []);
        long held = run.Provider.Node.LogSize - 1;
        run.Receiver.Node.Rewrite(entry => entry.Event.Kind == LogKinds.Agreement && AgreementChange.TryParse(entry.Event.Body.Span, out var change)
            && AgreementEnvelope.TryParse(change.Envelope.Span, out var envelope, out _) && envelope.Verify([history.Atlantic.Node.Card.Card, history.Pacific.Node.Card.Card]).Agreement?.Id == agreement.Id ? null : entry);
        history.Clock.Wait(TimeSpan.FromHours(1));
        return new ExpectedFinding(FindingKind.OutOfAgreement, run.Provider, held, By: run.Receiver);
    }

    private static ExpectedFinding DropSuspension(TestHistory history)
    {
        var run = Prepare(history);
        history.ResumeAll();
        history.Suspend(run, run.Provider);
        long held = run.Receiver.Node.LogSize - 2;
        // The provider had suspended, gives on and removes its suspension.
        run.Provider.Node.Truncate(run.Provider.Node.LogSize - 2);
        history.Clock.Wait(TimeSpan.FromHours(1));
        return new ExpectedFinding(FindingKind.Missing, run.Receiver, held, By: run.Provider);
    }

    private static ExpectedFinding GiveAfterSuspension(TestHistory history)
    {
        var run = Prepare(history);
        history.Suspend(run, run.Provider);
        return new ExpectedFinding(FindingKind.OutOfAgreement, run.Provider, Issued(run, run.PullAll()));
    }

    private static ExpectedFinding TakeAfterSuspension(TestHistory history)
    {
        var run = Prepare(history);
        history.Suspend(run, run.Receiver);
        // The provider knows nothing of it.
        run.Provider.Node.Truncate(run.Provider.Node.LogSize - 2);
        history.Clock.Wait(TimeSpan.FromHours(1));
        var answer = run.PullAll();
        return new ExpectedFinding(FindingKind.OutOfAgreement, run.Receiver, Received(run, answer), By: run.Provider);
    }

    private static ExpectedFinding StripLabel(TestHistory history)
    {
        var run = Prepare(history);
        run.Issue(Whole(run));
        var given = Whole(run, slices => WithLeaf(slices, 2, Stripped(run.Provider.Published[^1].Records[2])));
        run.Take(given);
        history.Clock.Wait(TimeSpan.FromHours(1));
        return new ExpectedFinding(FindingKind.Different, run.Receiver, Received(run, given), Place(given, 2), By: run.Provider);
    }

    private static ExpectedFinding StripLabelTogether(TestHistory history)
    {
        var run = Prepare(history);
        var answer = Whole(run, slices => WithLeaf(slices, 2, Stripped(run.Provider.Published[^1].Records[2])));
        run.Issue(answer);
        run.Take(answer);
        return new ExpectedFinding(FindingKind.Different, run.Provider, Issued(run, answer));
    }

    private static Hash256 Stripped(PublishedRecord record) => PublicationLeaf.Hash(record.Salt.Span, record.Record.Id, Hash256.Of("a label that says nothing"u8));
}
