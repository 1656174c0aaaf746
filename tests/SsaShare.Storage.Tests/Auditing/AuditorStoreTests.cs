using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage.Tests;

public sealed class AuditorStoreTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_ThenRemove_IsLoggedAndListed()
    {
        var pin = Pin();
        Assert.True(await node.Auditors.TryAddAsync("inspector", pin, "the operator", Token));
        Assert.Equal([("inspector", pin)], await ListAsync("inspector"));
        Assert.Equal(new AuditorEvent("inspector", pin.Value, AuditorChange.Added, "the operator"), await LastAsync());

        Assert.True(await node.Auditors.TryRemoveAsync("inspector", "another", Token));
        Assert.Empty(await ListAsync("inspector"));
        Assert.Equal(new AuditorEvent("inspector", pin.Value, AuditorChange.Removed, "another"), await LastAsync());

        Assert.True(await node.Auditors.TryAddAsync("inspector", Pin(), "the operator", Token));
        Assert.Single(await ListAsync("inspector"));
    }

    [Fact]
    public async Task Add_Again_ChangesNothing()
    {
        var pin = Pin();
        Assert.True(await node.Auditors.TryAddAsync("again", pin, "the operator", Token));
        var head = await node.Log.GetHeadAsync(Token);
        Assert.True(await node.Auditors.TryAddAsync("again", pin, "the operator", Token));
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));
    }

    [Fact]
    public async Task Add_OfANameOrKeyThatIsTaken_IsRefused()
    {
        var pin = Pin();
        Assert.True(await node.Auditors.TryAddAsync("taken", pin, "the operator", Token));
        var head = await node.Log.GetHeadAsync(Token);
        Assert.False(await node.Auditors.TryAddAsync("taken", Pin(), "the operator", Token));
        Assert.False(await node.Auditors.TryAddAsync("other", pin, "the operator", Token));
        Assert.False(await node.Auditors.TryRemoveAsync("nobody", "the operator", Token));
        Assert.Equal(head, await node.Log.GetHeadAsync(Token));
    }

    [Fact]
    public async Task Add_OfWhatIsNoName_Throws() => await Assert.ThrowsAsync<ArgumentException>(() => node.Auditors.TryAddAsync("No Name", Pin(), "the operator", Token));

    private static SpkiPin Pin() => new(Hash256.Of(Guid.NewGuid().ToByteArray()));

    private async Task<IEnumerable<(string, SpkiPin)>> ListAsync(string name)
        => (await node.Auditors.ListAsync(Token)).Where(auditor => auditor.Name == name).Select(auditor => (auditor.Name, auditor.Pin));

    private async Task<AuditorEvent?> LastAsync()
    {
        long size = (await node.Log.GetHeadAsync(Token)).Size;
        var entry = await node.Log.ReadAsync(size - 1, size, Token).SingleAsync(Token);
        Assert.Equal(LogKinds.Auditor, entry.Event.Kind);
        return AuditorEvent.TryParse(entry.Event.Body.Span, out var change) ? change : null;
    }
}
