using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Storage.Tests;

public sealed class ConjunctionLedgerTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ledger_HeldPublishedWithdrawnAndForgotten_LoadsWhatIsLeft()
    {
        LedgerMessage held = Message(1), published = Message(2), withdrawn = Message(3), past = Message(-1_000);
        await node.Conjunctions.HoldAsync([held, published, withdrawn, past], Token);
        // Held again, nothing changes.
        await node.Conjunctions.HoldAsync([held with { MissKm = 9 }], Token);
        await node.Conjunctions.MarkPublishedAsync([published.Record], Token);
        await node.Conjunctions.MarkWithdrawnAsync([withdrawn.Record], Token);
        await node.Conjunctions.ForgetAsync(new Epoch(0), Token);

        var loaded = await node.Conjunctions.LoadAsync(Token);
        Assert.Equal([held.Record, published.Record], loaded.Select(one => one.Record));
        AssertSame(held, loaded[0]);
        AssertSame(published, loaded[1]);
        Assert.True(held.Unpublished!.Value.Payload.Span.SequenceEqual(loaded[0].Unpublished!.Value.Payload.Span));
        Assert.True(held.Unpublished!.Value.Label.Span.SequenceEqual(loaded[0].Unpublished!.Value.Label.Span));
        Assert.Null(loaded[1].Unpublished);
    }

    private static void AssertSame(LedgerMessage expected, LedgerMessage found)
    {
        Assert.Equal(expected.Basis, found.Basis);
        Assert.Equal(expected with { Basis = [], Unpublished = null }, found with { Basis = [], Unpublished = null });
    }

    private static LedgerMessage Message(int number)
    {
        var record = Sample.Record();
        return new LedgerMessage(record.Id, PartnerId.Parse("atlantic"), "catalog/1 ElementSet pacific", "catalog/2 OrbitState caribbean", new Epoch(number * 1_000_000_000L), 0.25, number == 2 ? null : 1e-5, new Epoch(number),
            [Sample.Record().Id, Sample.Record().Id], "sources")
        {
            Unpublished = (record.Payload, record.Label.Bytes),
        };
    }
}
