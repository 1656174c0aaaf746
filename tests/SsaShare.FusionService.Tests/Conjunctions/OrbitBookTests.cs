using SsaShare.Domain;
using static SsaShare.FusionService.Tests.Conjunctions.Orbits;
using static SsaShare.FusionService.Tests.Records;

namespace SsaShare.FusionService.Tests.Conjunctions;

public class OrbitBookTests
{
    [Fact]
    public void Take_SeveralOfOneObject_AreKeptNewestFirstWhateverTheOrder()
    {
        var book = new OrbitBook();
        book.Take([Published("7", Pacific, 1).Arrives(1), Published("007", Pacific, 3).Arrives(2), Published("7", Pacific, 2).Arrives(3), Published("7", Atlantic).Arrives(4)]);
        var orbits = book.Read().Orbits;
        Assert.Equal(2, orbits.Count);
        var versions = orbits.Single(one => one[0].Originator == Pacific);
        Assert.Equal([3.0, 2.0, 1.0], versions.Select(one => Math.Round(one.Epoch.SecondsSince(TestTime.Epoch) / 3_600)));
    }

    [Fact]
    public void Take_WhatCannotTakePart_IsRefusedWithItsReason()
    {
        var book = new OrbitBook(objectsMax: 1);
        var (taken, refused) = book.Take([Published("1", Pacific).Arrives(1), Published(null, Pacific).Arrives(2), Published("1", Pacific, 1, DataMode.Exercise).Arrives(3), Published("2", Pacific).Arrives(4), Published("2", Atlantic).Arrives(5)]);
        Assert.Equal(2, taken);
        Assert.Equal([OrbitRefusal.Untagged, OrbitRefusal.NotReal, OrbitRefusal.TooMany], refused.Select(one => one.Reason));
    }

    [Fact]
    public void Trim_NewerOnesThatAReaderMayNotSee_DoNotPushOutWhatItSees()
    {
        var book = new OrbitBook();
        var visible = Published("1", Pacific, 0);
        book.Take([visible.Arrives(1), Published("1", Pacific, -1).Arrives(2), .. Enumerable.Range(1, 2 * OrbitBook.VersionsKept).Select(hour => Published("1", Pacific, hour).Arrives(2 + hour))]);
        RecordView all = new(_ => true), old = new(record => record == visible.Id);
        var newest = new NewestOrbits([all, old], TestTime.Epoch, TimeSpan.FromDays(2));
        book.Trim(newest.Of, _ => false);
        var versions = Assert.Single(book.Read().Orbits);
        Assert.Equal(OrbitBook.VersionsKept + 1, versions.Count);
        Assert.Equal(visible.Id, versions[^1].Record);
        Assert.Equal([versions[0], versions[^1]], newest.Of(versions));
        Assert.True(book.MayMissOlder);
    }

    [Fact]
    public void Trim_WhatAMessageRestsOn_Stays()
    {
        var book = new OrbitBook();
        var old = Published("1", Pacific, 0);
        book.Take([old.Arrives(1), .. Enumerable.Range(1, 2 * OrbitBook.VersionsKept).Select(hour => Published("1", Pacific, hour).Arrives(1 + hour))]);
        book.Trim(new NewestOrbits([new RecordView(_ => true)], TestTime.Epoch, TimeSpan.FromDays(2)).Of, record => record == old.Id);
        Assert.NotEmpty(book.Grants.PathsOf(old.Id));
        Assert.Equal(OrbitBook.VersionsKept + 1, Assert.Single(book.Read().Orbits).Count);
    }

    [Fact]
    public void Newest_OneOfATimeToCome_HidesNothing()
    {
        var book = new OrbitBook();
        var today = Published("1", Pacific, 1);
        book.Take([today.Arrives(1), Published("1", Pacific, 72).Arrives(2)]);
        var newest = new NewestOrbits([new RecordView(_ => true)], TestTime.Epoch, TimeSpan.FromDays(2));
        Assert.Equal(today.Id, Assert.Single(newest.Of(Assert.Single(book.Read().Orbits))).Record);
    }

    [Fact]
    public void Newest_OneThatCannotBeFollowed_StandsBeforeNoOther()
    {
        var book = new OrbitBook();
        SsaShare.Exchange.SealedRecord older = Published("1", Pacific, 1), old = Published("1", Pacific, 2), faulty = Published("1", Pacific, 3);
        book.Take([older.Arrives(1), old.Arrives(2), faulty.Arrives(3)]);
        var versions = Assert.Single(book.Read().Orbits);
        RecordView all = new(_ => true), some = new(record => record != old.Id);
        Assert.Equal([faulty.Id, old.Id], new NewestOrbits([all], TestTime.Epoch, TimeSpan.FromDays(2), record => record == faulty.Id).Of(versions).Select(one => one.Record));
        // Whoever does not see that one is followed by the one before it.
        Assert.Equal([faulty.Id, old.Id, older.Id], new NewestOrbits([all, some], TestTime.Epoch, TimeSpan.FromDays(2), record => record == faulty.Id).Of(versions).Select(one => one.Record));
    }

    [Fact]
    public void Ahead_OrbitsOfATimeToCome_AreNamed()
    {
        var book = new OrbitBook();
        book.Take([Published("1", Pacific, 1).Arrives(1), Published("1", Pacific, 72).Arrives(2)]);
        var ahead = new NewestOrbits([new RecordView(_ => true)], TestTime.Epoch, TimeSpan.FromDays(2)).Ahead(Assert.Single(book.Read().Orbits));
        Assert.Equal(72, Math.Round(Assert.Single(ahead).Epoch.SecondsSince(TestTime.Epoch) / 3_600));
    }

    [Fact]
    public void Remove_OrbitAndNotice_NobodySeesThem()
    {
        var book = new OrbitBook();
        SsaShare.Exchange.SealedRecord orbit = Published("1", Pacific), notice = Announced("1", Pacific, 2);
        book.Take([orbit.Arrives(1), notice.Arrives(2)]);
        Assert.Single(book.Read().Maneuvers);
        long before = book.Grants.Removals;
        Assert.Equal((2, false), book.Remove([orbit.Id, notice.Id]));
        Assert.Empty(book.Read().Orbits);
        Assert.Empty(book.Read().Maneuvers);
        Assert.Empty(book.Grants.PathsOf(orbit.Id));
        Assert.True(book.Grants.Removals > before);
    }
}
