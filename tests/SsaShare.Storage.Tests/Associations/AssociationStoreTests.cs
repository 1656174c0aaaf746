using SsaShare.Domain;

namespace SsaShare.Storage.Tests;

public sealed class AssociationStoreTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Save_NewChangedAndForgotten_LoadsAsLastSaved()
    {
        RecordId a = Sample.Record().Id, b = Sample.Record().Id, c = Sample.Record().Id;
        ObjectId one = new(Guid.NewGuid()), two = new(Guid.NewGuid());
        await node.Associations.SaveAsync([new(a, one), new(b, one), new(c, one)], Token);
        await node.Associations.SaveAsync([new(a, two), new(b, null)], Token);

        var loaded = await node.Associations.LoadAsync(Token);
        Assert.Equal(new Dictionary<RecordId, ObjectId> { [a] = two, [c] = one }, loaded);
    }
}
