using Microsoft.Extensions.DependencyInjection;
using SsaShare.Exchange;

namespace SsaShare.Storage.Tests;

public sealed class FeedOutlinesTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_OwnPublications_InOrderAndNoOthers()
    {
        var outlines = node.Host.GetRequiredService<IFeedOutlines>();
        long before = await node.Outbox.GetHeadPositionAsync(Token);
        await node.Publications.TryAppendAsync([Sample.Publish(Sample.Records(3)), Sample.Publish(Sample.Records(1))], Token);
        var answers = await Answers.StartAsync(node);
        var batch = answers.Next([answers.Publish(Answers.Records(2))]);
        await node.Inbox.AcceptAsync(batch, Answers.Receipt(batch), Token);
        await node.Publications.TryAppendAsync([Sample.Publish(Sample.Records(5))], Token);

        PublicationOutline[] expected = [new(before + 1, Sample.Now, 3), new(before + 2, Sample.Now, 1), new(before + 3, Sample.Now, 5)];
        Assert.Equal(expected, await outlines.ReadAsync(before, 10, Token));
        Assert.Equal(expected[1..2], await outlines.ReadAsync(before + 1, 1, Token));
        Assert.Empty(await outlines.ReadAsync(before + 3, 10, Token));
    }
}
