using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SsaShare.Agreements;
using SsaShare.Exchange;

namespace SsaShare.Storage.Tests;

public sealed class OutboxTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NodeEpoch_IsTheSameForEveryProcess()
    {
        var epoch = await node.Outbox.GetNodeEpochAsync(Token);
        Assert.NotEqual(Guid.Empty, epoch);
        Assert.Equal(epoch, await node.StartHost().GetRequiredService<IOutbox>().GetNodeEpochAsync(Token));
    }

    [Fact]
    public async Task Manifest_Saved_IsLoggedWithWhatWasWithheld()
    {
        var (manifest, _) = await IssueAsync([new WithheldCount("no-geos", "Prohibited", 3)]);
        long size = (await node.Log.GetHeadAsync(Token)).Size;
        var entries = await node.Log.ReadAsync(size - 3, size, Token).ToListAsync(Token);
        Assert.Equal([LogKinds.ManifestIssued, LogKinds.ItemsIssued, LogKinds.Withheld], entries.Select(entry => entry.Event.Kind));
        Assert.True(SignedDocument.TryParse(entries[0].Event.Body.Span, out var logged));
        Assert.Equal(manifest.Id, logged.Id);
        Assert.True(DocumentJson.TryRead<ManifestDocument>(logged.Payload.Span, DocumentContexts.Manifest, out var document));
        Assert.True(ManifestItems.TryParse(entries[1].Event.Body.Span, out var items));
        Assert.Null(items.WhyOther(manifest.Id, document));
        Assert.Contains($"\"manifest\":\"{manifest.Id}\"", System.Text.Encoding.UTF8.GetString(entries[2].Event.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipt_ForAnIssuedManifest_IsKeptOnce()
    {
        var (_, receipt) = await IssueAsync([]);
        var document = Read(receipt);
        Assert.True(await node.Outbox.TrySaveReceiptAsync(receipt, document, null, Token));
        var head = await node.Log.GetHeadAsync(Token);
        Assert.True(await node.Outbox.TrySaveReceiptAsync(receipt, document, null, Token));
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));
        Assert.Equal(LogKinds.ReceiptReceived, (await node.Log.ReadAsync(head.Size - 1, head.Size, Token).SingleAsync(Token)).Event.Kind);
    }

    [Fact]
    public async Task Receipt_ForNoManifestOfThisNodeOrOtherItems_IsRefused()
    {
        var (_, receipt) = await IssueAsync([]);
        var document = Read(receipt);
        var head = await node.Log.GetHeadAsync(Token);
        Assert.False(await node.Outbox.TrySaveReceiptAsync(receipt, document with { ItemCount = document.ItemCount + 1 }, null, Token));
        Assert.False(await node.Outbox.TrySaveReceiptAsync(receipt, document with { Receiver = Sample.Pacific }, null, Token));
        Assert.False(await node.Outbox.TrySaveReceiptAsync(receipt, document with { ItemRoot = receipt.Id }, null, Token));
        Assert.False(await node.Outbox.TrySaveReceiptAsync(receipt, document with { Manifest = receipt.Id }, null, Token));
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Wait_PublicationOfThisOrAnotherProcess_IsNoticed(bool here)
    {
        long position = await node.Outbox.GetHeadPositionAsync(Token);
        var start = Stopwatch.GetTimestamp();
        var waiting = node.Outbox.WaitForNewsAsync(FeedPriority.Routine, position, null, TimeSpan.FromMinutes(1), Token);
        await Task.Delay(100, Token);
        Assert.False(waiting.IsCompleted);

        var store = here ? node.Publications : node.StartHost().GetRequiredService<IPublicationStore>();
        await store.TryAppendAsync([Sample.Publish(Sample.Record())], Token);
        await waiting;
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30));
        Assert.Equal(position + 1, await node.Outbox.GetHeadPositionAsync(Token));
    }

    [Fact]
    public async Task Wait_NoNews_EndsAfterTheTimeGiven()
    {
        long position = await node.Outbox.GetHeadPositionAsync(Token);
        var start = Stopwatch.GetTimestamp();
        await node.Outbox.WaitForNewsAsync(FeedPriority.Routine, position, null, TimeSpan.FromMilliseconds(300), Token);
        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(290));
    }

    [Theory, InlineData(AgreementState.Suspended), InlineData(AgreementState.Revoked), InlineData(AgreementState.Superseded), InlineData(AgreementState.Expired)]
    public async Task SaveManifest_AgreementThatIsNoLongerActiveInTheStore_StoresNothing(AgreementState state)
    {
        var answers = await Answers.StartAsync(node);
        var batch = answers.Next([answers.Publish(Answers.Records(2))]);
        await node.Agreements.SaveAsync(new StoredAgreement(answers.Agreement, "{}"u8.ToArray(), state), Token);
        long size = (await node.Log.GetHeadAsync(Token)).Size;
        var ended = await Assert.ThrowsAsync<AgreementEndedException>(() => node.Outbox.SaveManifestAsync(
            new IssuedManifest(batch.SignedManifest, batch.Manifest, [.. batch.Slices.Select(slice => slice.Slice)], [], [], Sample.Now), Token));
        Assert.Equal(state, ended.State);
        Assert.Equal(size, (await node.Log.GetHeadAsync(Token)).Size);
        Assert.Equal(0L, await node.ScalarAsync<long>($"SELECT count(*) FROM manifest_issued WHERE agreement = '\\x{answers.Agreement}'"));
    }

    /// <summary>A manifest from pacific to atlantic of two records, kept as if this node were pacific, and atlantic's receipt for it.</summary>
    private async Task<(SignedDocument Manifest, SignedDocument Receipt)> IssueAsync(IReadOnlyList<WithheldCount> withheld)
    {
        var answers = await Answers.StartAsync(node);
        var batch = answers.Next([answers.Publish(Answers.Records(2))]);
        await node.Outbox.SaveManifestAsync(new IssuedManifest(batch.SignedManifest, batch.Manifest, [.. batch.Slices.Select(slice => slice.Slice)], withheld, [], Sample.Now), Token);
        return (batch.SignedManifest, Answers.Receipt(batch));
    }

    private static ReceiptDocument Read(SignedDocument receipt)
        => DocumentJson.TryRead<ReceiptDocument>(receipt.Payload.Span, DocumentContexts.Receipt, out var document) ? document : throw new InvalidDataException();
}
