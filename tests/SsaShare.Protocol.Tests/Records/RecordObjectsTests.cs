using System.Collections.Immutable;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Protocol.Tests;

public sealed class RecordObjectsTests
{
    private static readonly SealedLabel AnyLabel = LabelCodec.Seal(Arbitrary.Label(new Random(1)));

    [Theory]
    [InlineData("25544", "SATCAT", "1998-067A", "25544 (1998-067A)")]
    [InlineData("25544", "satcat", "UNKNOWN", "25544")]
    [InlineData("25544", "SATCAT", "", "25544")]
    [InlineData("UNKNOWN", "SATCAT", "1998-067A", "unknown")]
    [InlineData("25544", "DISCOS", "1998-067A", "unknown")]
    [InlineData("25544", "", "1998-067A", "unknown")]
    [InlineData("25\n544", "SATCAT", "UNKNOWN", "unknown")]
    public void Seal_ConjunctionMessage_KnowsAnObjectByItsNumberInSatcatOnly(string designator, string catalog, string international, string expected)
    {
        var message = Arbitrary.ConjunctionMessage(new Random(1));
        var record = RecordFactory.Seal(
            message with { First = message.First with { Designator = designator, Catalog = catalog, InternationalDesignator = international }, Second = message.Second with { InternationalDesignator = "" } },
            Arbitrary.Atlantic, AnyLabel);
        Assert.Equal($"{expected}, 12345", record.Facts.Objects.ToString());
        Assert.Null(record.Facts.ObjectTag);
    }

    [Fact]
    public void Seal_ConjunctionMessageOfObjectsNotKnown_KnowsNone()
    {
        var message = Arbitrary.ConjunctionMessage(new Random(1));
        var record = RecordFactory.Seal(message with { First = message.First with { Catalog = "OWN" }, Second = message.Second with { Catalog = "OWN" } }, Arbitrary.Atlantic, AnyLabel);
        Assert.True(record.Facts.Objects.IsNone);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("25544", "25544")]
    [InlineData("25544 81900 7734", null)]
    public void Seal_EventNotice_KnowsEveryObject(string tags, string? only)
    {
        ImmutableArray<string> objects = [.. tags.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var record = RecordFactory.Seal(Arbitrary.EventNotice(new Random(1)) with { ObjectTags = objects }, Arbitrary.Atlantic, AnyLabel);
        Assert.Equal((string.Join(", ", objects), only), (record.Facts.Objects.ToString(), record.Facts.ObjectTag));
    }
}
