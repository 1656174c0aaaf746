using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Notice.V1;
using SsaShare.Signing;

namespace SsaShare.Peering.Tests;

/// <summary>Atlantic brings notices and deletions to pacific, which answers over real TLS as the test says.</summary>
public sealed class NoticeCourierTests : IAsyncLifetime
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly RecordPlace Place = new(Hash256.Of("a publication"u8), 3);
    private readonly ManualTime _time = new();
    private readonly Party _atlantic, _caribbean;
    private readonly MemoryNotices _notices = new();
    private readonly MemoryRetention _retention = new();
    private readonly NoticeSignal _signal = new();
    private LoopbackPeer _pacific = null!;
    private Home _home = null!;
    private PeerChannels _channels = null!;
    private NoticeCourier _courier = null!;
    private int _calls;

    public NoticeCourierTests() => (_atlantic, _caribbean) = (Party.Create("atlantic", _time), Party.Create("caribbean", _time));

    private Epoch Now => Utc.FromDateTime(_time.GetUtcNow());

    public async ValueTask InitializeAsync()
    {
        _pacific = await LoopbackPeer.StartAsync("pacific", _time);
        _home = await Home.CreateAsync(_atlantic, _time, _pacific.Party, _caribbean);
        _channels = new PeerChannels(_atlantic.Identity, _home.Directory);
        _courier = new NoticeCourier(_atlantic.Identity, _home.Book, _home.Directory, _channels, _notices, _retention, _signal, Options.Create(new NoticeOptions { RetryDelay = First }), _time, NullLogger<NoticeCourier>.Instance);
    }

    [Fact]
    public async Task Deliver_WithReceiptsOfThePeerAndThoseBehindIt_IsCompleteWhenNobodyIsPending()
    {
        var notice = Issue(NoticeAction.Recall);
        _pacific.Notices = _ => Answer(_calls++ == 0 ? 1 : 0, _calls == 1 ? [Sign(_pacific.Party, notice, NoticeOutcome.Deleted)]
            : [Sign(_pacific.Party, notice, NoticeOutcome.Deleted), Sign(_caribbean, notice, NoticeOutcome.UnknownRecord)]);
        await _courier.StartAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(First);
        Assert.Equal([_pacific.Party.Partner], _notices.Receipts.Select(receipt => receipt.Receipt.Receiver));
        Assert.Single(_notices.Due);
        _time.Advance(First);
        await Eventually.TrueAsync(() => _notices.Due.Count == 0, "the notice stays due");
        Assert.Equal([_pacific.Party.Partner, _caribbean.Partner], _notices.Receipts.Select(receipt => receipt.Receipt.Receiver).Distinct());
    }

    [Fact]
    public async Task Deliver_ReceiptsThatDoNotHold_AreNotKeptAndLeaveTheNoticeDue()
    {
        var notice = Issue(NoticeAction.Recall);
        var other = SignedNotice.Issue(_atlantic.Identity.SigningKey, _atlantic.Partner, Place, NoticeAction.Withdraw, null, "another", Now);
        _pacific.Notices = _ => Answer(0,
            [NoticeReceiptDocument.Sign(_caribbean.Identity.SigningKey, notice.Id, _pacific.Party.Partner, NoticeOutcome.Deleted, Now), Sign(_pacific.Party, notice, NoticeOutcome.Unused), Sign(_pacific.Party, other, NoticeOutcome.Deleted)]);
        await _courier.StartAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(First);
        Assert.Empty(_notices.Receipts);
        Assert.Single(_notices.Due);
    }

    [Fact]
    public async Task Deliver_RefusedOrAnsweredForOthers_LeavesTheNoticeDue()
    {
        var notice = Issue(NoticeAction.Withdraw);
        _pacific.Notices = _ => _calls++ == 0 ? new DeliverNoticesResponse { Results = { new NoticeResult { Refusal = "no" } } } : new DeliverNoticesResponse();
        await _courier.StartAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(First);
        _time.Advance(First);
        await _time.WaitForTimerAsync(2 * First);
        Assert.Equal((2, 0, 1), (_calls, _notices.Receipts.Count, _notices.Due.Count));
        Assert.Equal(notice.Id, _notices.Due[0].Notice.Id);
    }

    [Fact]
    public async Task Deliver_PeerThatIsAway_GetsItWhenItIsBack()
    {
        var notice = Issue(NoticeAction.Withdraw);
        _pacific.Notices = _ => Answer(0, [Sign(_pacific.Party, notice, NoticeOutcome.Unused)]);
        await _pacific.StopAsync();
        await _courier.StartAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(First);
        await _pacific.RestartAsync();
        _time.Advance(First);
        await Eventually.TrueAsync(() => _notices.Due.Count == 0, "the notice stays due");
    }

    [Fact]
    public async Task Deliver_NewNotice_GoesOutAtOnce()
    {
        await _courier.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => _notices.Asked > 0, "nothing was looked for");
        var notice = Issue(NoticeAction.Withdraw);
        _pacific.Notices = _ => Answer(0, [Sign(_pacific.Party, notice, NoticeOutcome.Unused)]);
        _signal.Raise();
        await Eventually.TrueAsync(() => _notices.Due.Count == 0, "the notice stays due");
    }

    [Fact]
    public async Task Deliver_Deletions_UntilTheProviderTakesThem()
    {
        Delete(1);
        _pacific.Deletions = request => new DeliverDeletionsResponse { Results = { request.Deletions.Select(_ => new DeletionResult { Refusal = _calls++ == 0 ? "not now" : "" }) } };
        await _courier.StartAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(First);
        Assert.Single(_retention.Undelivered);
        _time.Advance(First);
        await Eventually.TrueAsync(() => _retention.Undelivered.Count == 0, "the deletion is not delivered");
    }

    [Fact]
    public async Task Deliver_RefusedDeletions_DoNotKeepTheOthers()
    {
        for (int i = 0; i < NoticeCourier.DeletionsMax + 3; i++) Delete(i);
        var refused = _retention.Undelivered.Take(NoticeCourier.DeletionsMax).Select(one => one.Deletion.Document.Payload.ToArray()).ToList();
        _pacific.Deletions = request => new DeliverDeletionsResponse
        {
            Results = { request.Deletions.Select(wire => new DeletionResult { Refusal = refused.Exists(payload => payload.AsSpan().SequenceEqual(wire.Payload.Span)) ? "not so" : "" }) },
        };
        await _courier.StartAsync(CancellationToken.None);
        await _time.WaitForTimerAsync(First);
        Assert.Equal(NoticeCourier.DeletionsMax, _retention.Undelivered.Count);
        Assert.Equal(Enumerable.Range(0, NoticeCourier.DeletionsMax).Select(i => (long)i), _retention.Undelivered.Select(one => one.LogIndex));
    }

    public async ValueTask DisposeAsync()
    {
        await _courier.StopAsync(CancellationToken.None);
        _courier.Dispose();
        _channels.Dispose();
        _home.Dispose();
        await _pacific.DisposeAsync();
        _atlantic.Dispose();
        _caribbean.Dispose();
    }

    private void Delete(int index)
        => _retention.Undelivered.Add(new DueDeletion(index, DeletionDocument.Sign(_atlantic.Identity.SigningKey, _atlantic.Partner, _pacific.Party.Partner,
            new AgreementId(Hash256.Of("agreement"u8)), DeletionReason.Retention, [new DeletedRecords(Place.Publication, null, [index])], Now)));

    private SignedNotice Issue(NoticeAction action)
    {
        var notice = SignedNotice.Issue(_atlantic.Identity.SigningKey, _atlantic.Partner, Place, action, null, "", Now);
        _notices.Due.Add(new DueNotice(_notices.Due.Count, notice, []));
        _notices.For = _pacific.Party.Partner;
        return notice;
    }

    private SignedNoticeReceipt Sign(Party receiver, SignedNotice notice, NoticeOutcome outcome) => NoticeReceiptDocument.Sign(receiver.Identity.SigningKey, notice.Id, receiver.Partner, outcome, Now);

    private static DeliverNoticesResponse Answer(int pending, IEnumerable<SignedNoticeReceipt> receipts)
        => new() { Results = { new NoticeResult { PendingCount = pending, Receipts = { receipts.Select(receipt => receipt.Document.ToWire()) } } } };
}
