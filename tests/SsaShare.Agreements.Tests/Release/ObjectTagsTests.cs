namespace SsaShare.Agreements.Tests;

public sealed class ObjectTagsTests
{
    [Fact]
    public void Of_OneTag_IsThatTagAsWritten()
    {
        ObjectTags tags = "07734";
        Assert.Equal(("07734", "07734", false, false, "07734"), (tags.OnlyTag, tags.Text, tags.AreSeveral, tags.IsNone, tags.ToString()));
        Assert.Equal(tags, ObjectTags.Of([["07734"]]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("53\n98")]
    [InlineData("53\t98")]
    public void Of_NoTagOrOneThatCouldBeTwo_IsNone(string? tag)
    {
        Assert.Equal(ObjectTags.None, ObjectTags.Of(tag));
        Assert.Equal((null, null, true, ""), (ObjectTags.Of(tag).OnlyTag, ObjectTags.Of(tag).Text, ObjectTags.Of(tag).IsNone, ObjectTags.Of(tag).ToString()));
    }

    [Fact]
    public void Of_SeveralObjects_ComeBackFromTheirText()
    {
        var tags = ObjectTags.Of([["25544", "1998-067A"], [], ["81900"], ["4\n5"]]);
        Assert.Equal((true, null, "25544 (1998-067A), unknown, 81900, unknown"), (tags.AreSeveral, tags.OnlyTag, tags.ToString()));
        Assert.Equal(tags, ObjectTags.Parse(tags.Text));
        Assert.NotEqual(tags, ObjectTags.Of([["25544", "1998-067A"], ["81900"]]));
    }

    [Fact]
    public void Of_ObjectsOfWhichNoneIsKnown_IsNone() => Assert.Equal(ObjectTags.None, ObjectTags.Of([[], []]));
}
