using System.Diagnostics;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

/// <summary>An audit's time grows as the log does: what would look at every manifest for every manifest takes minutes here.</summary>
public sealed class LongLogTests
{
    private const int Many = 100_000;
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(20);

    private readonly TestExchange _exchange = new(terms: "witness_quorum: 1");
    private readonly AuditedLog _atlantic, _pacific;
    private int _ids;

    public LongLogTests() => (_atlantic, _pacific) = (Read(_exchange.Atlantic), Read(_exchange.Pacific));

    [Fact]
    public void Compare_EveryGivenManifestAfterAnEmptyOne_IsQuick()
    {
        for (int i = 0; i < Many; i++)
        {
            Assert.True(_atlantic.Issued.TryAdd(Manifest(2 * i, 2 * i + 1, items: 0)));
            var given = Manifest(2 * i + 1, 2 * i + 2, items: 1);
            Assert.True(_atlantic.Issued.TryAdd(given) && _pacific.Received.TryAdd(given with { }));
        }
        Assert.DoesNotContain(Compare().Findings, finding => finding.Kind == FindingKind.Missing);
    }

    [Fact]
    public void Compare_AStretchThatTheProviderDoesNotAccountFor_IsFoundAmongMany()
    {
        for (int i = 0; i < 10; i++)
        {
            if (i != 5) Assert.True(_atlantic.Issued.TryAdd(Manifest(2 * i, 2 * i + 1, items: 0)));
            var given = Manifest(2 * i + 1, 2 * i + 2, items: 1);
            Assert.True(_atlantic.Issued.TryAdd(given) && _pacific.Received.TryAdd(given with { }));
        }
        Assert.Contains("nothing was granted from 10 to 11", Assert.Single(Compare().Findings, finding => finding.Kind == FindingKind.Missing).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_AReceiverWithMuchThatTheProvidersBundleLacks_IsQuick()
    {
        for (int i = 0; i < Many; i++) Assert.True(_pacific.Received.TryAdd(Manifest(i, i + 1, items: 1)));
        Assert.Equal(Many, Compare().Notes.Count);
    }

    [Fact]
    public void Compare_AProviderWithManyReceiptsThatTheReceiversBundleLacks_IsQuick()
    {
        for (int i = 0; i < Many; i++)
        {
            var manifest = Manifest(i, i + 1, items: 1);
            manifest.Receipt = new ReceiptDocument(DocumentContexts.Receipt.Text, manifest.Id, _pacific.Partner, 1, manifest.Document.ItemRoot, manifest.Entry.Time);
            Assert.True(_atlantic.Issued.TryAdd(manifest));
        }
        Assert.Equal(Many, Compare().Notes.Count);
    }

    [Fact]
    public void Quorum_ManyManifestsAndCheckpoints_IsQuick()
    {
        for (int i = 0; i < Many; i++)
        {
            var manifest = Manifest(i, i + 1, items: 1);
            Assert.True(_atlantic.Issued.TryAdd(manifest));
            _atlantic.Checkpoints.Add(new CosignedCheckpoint(manifest.Entry.Index + 1, manifest.Id, "", [(_pacific.Partner, manifest.Entry.Time)]));
        }
        List<BundleFault> faults = [];
        List<string> notes = [];
        Within(() => AuditedQuorum.Check(_atlantic, faults, notes));
        Assert.Empty(faults);
        Assert.Empty(notes);
    }

    [Fact]
    public void Notices_ManyUnansweredAndContradicted_AreCountedQuickly()
    {
        var notices = new AuditedNotices(_atlantic.Partner);
        var publication = NextId();
        notices.TakePublication(publication, 1, 1, FeedPriority.Routine);
        for (int i = 0; i < Many; i++)
        {
            // Far from the publication's position, and with a receipt: none says that pacific has the record.
            var manifest = Manifest(i + 1, i + 2, items: 1);
            manifest.Receipt = new ReceiptDocument(DocumentContexts.Receipt.Text, manifest.Id, _pacific.Partner, 1, manifest.Document.ItemRoot, manifest.Entry.Time);
            Assert.True(_atlantic.Issued.TryAdd(manifest));
            var (id, unanswered) = (NextId(), NextId());
            var notice = new NoticeDocument(DocumentContexts.Notice.Text, _atlantic.Partner, publication, 0, NoticeAction.Withdraw, null, "", manifest.Entry.Time);
            Assert.Null(notices.TakeNotice(id, notice));
            Assert.Null(notices.TakeNotice(unanswered, notice));
            var receipt = new NoticeReceiptDocument(DocumentContexts.NoticeReceipt.Text, id, _pacific.Partner, NoticeOutcome.UnknownRecord, manifest.Entry.Time);
            Assert.Null(notices.TakeReceipt(new LogEntry(i, new LogEvent(LogKinds.NoticeReceiptReceived, new byte[1]), EntryCommitment.NewSalt(), manifest.Entry.Time), NextId(), receipt, issued: false));
        }
        Within(() => Assert.Equal((Many, 0), (notices.Unanswered, notices.Contradicted(_atlantic.Issued).Count())));
    }

    private static void Within(Action check)
    {
        var watch = Stopwatch.StartNew();
        check();
        Assert.True(watch.Elapsed < Enough, $"it took {watch.Elapsed}");
    }

    private FindingList Compare()
    {
        var found = new FindingList();
        Within(() => GivingComparison.Compare(new NamedLog("atlantic", _atlantic), new NamedLog("pacific", _pacific), found));
        return found;
    }

    private AuditedManifest Manifest(long after, long to, int items)
    {
        var id = NextId();
        var document = new ManifestDocument(DocumentContexts.Manifest.Text, _exchange.Agreement.Id, _exchange.Atlantic.Partner, _exchange.Pacific.Partner, after, to, null, items, items, id, true, Sample.Now.PlusSeconds(_ids), "");
        return new AuditedManifest(new EntryPlace(_exchange.Atlantic.LogSize + _ids, document.Watermark), id, document, (int)to);
    }

    private Hash256 NextId() => Hash256.Of(BitConverter.GetBytes(_ids++));

    /// <summary>The node's log as it is: pinned cards and the agreement.</summary>
    private static AuditedLog Read(TestNode node)
    {
        Assert.True(AuditedCards.TryCreate(node.Card, [], out var cards, out string? fault), fault);
        var log = new AuditedLog(node.Card, cards, EvidenceScope.Whole);
        foreach (var entry in node.Entries) log.Take(new EvidencePart.Entry(entry));
        log.Complete();
        Assert.Empty(log.EntryFaults);
        return log;
    }
}
