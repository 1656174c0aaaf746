using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

public sealed class NoteNamesTests
{
    [Theory]
    [InlineData("ssashare/pacific/log"), InlineData("ssashare/pacific/log/2"), InlineData("ssashare/pacific/log/10"), InlineData("ssashare/pacific/log/999999999")]
    public void OwnerOfLog_AnyNameThatALogGoesOnUnder_IsItsPartner(string origin) => Assert.Equal(PartnerId.Parse("pacific"), NoteNames.OwnerOfLog(origin));

    [Theory]
    [InlineData("ssashare/pacific/log/1"), InlineData("ssashare/pacific/log/0"), InlineData("ssashare/pacific/log/02"), InlineData("ssashare/pacific/log/2/2"), InlineData("ssashare/pacific/log/"), InlineData("ssashare/pacific/log/two"),
     InlineData("ssashare/pacific/log/9999999999"), InlineData("ssashare/pacific/log/-2"), InlineData("ssashare/pacific/witness/2"), InlineData("/2"), InlineData("2"), InlineData("")]
    public void OwnerOfLog_AnythingElse_IsNobody(string origin) => Assert.Null(NoteNames.OwnerOfLog(origin));

    [Fact]
    public void OwnerOfLog_EachNextName_StaysTheSame()
    {
        string name = NoteNames.OfLog(PartnerId.Parse("pacific"));
        for (int i = 0; i < 20; i++, name = LogCut.NextName(name)) Assert.Equal(PartnerId.Parse("pacific"), NoteNames.OwnerOfLog(name));
    }

    [Fact]
    public void FeedEpoch_OfARestoredNode_IsAnotherForEachStatement()
    {
        var (node, database) = (new TestNode("pacific"), Guid.NewGuid());
        for (int i = 0; i < 5; i++) node.Append(LogKinds.Refusal, "{}"u8.ToArray());
        var keys = KeyHistory.Of(node.Card);
        Assert.Equal(database, FeedEpoch.Of(database, keys));
        Assert.Equal(database, FeedEpoch.Of(database, keys.With(node.ChangeKeys(logSize: 1)).After));
        var once = keys.With(node.Restore(4, node.Head())).After;
        var twice = once.With(node.Restore(3, node.Head())).After;
        Assert.Equal(3, new[] { database, FeedEpoch.Of(database, once), FeedEpoch.Of(database, twice) }.Distinct().Count());
        Assert.Equal(FeedEpoch.Of(database, once), FeedEpoch.Of(database, once));
    }
}
