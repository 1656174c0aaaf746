using SsaShare.Domain;
using SsaShare.Exchange;
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

    [Fact]
    public void Trim_WhatIsDropped_IsSeenForAsLongAsTheBoardRemembersIt()
    {
        var time = new TestTime();
        var book = new OrbitBook(remembered: TimeSpan.FromDays(4), time: time);
        var first = Published("1", Pacific, -2 * OrbitBook.VersionsKept);
        ArrivedRecord[] all = [first.Arrives(1), .. Enumerable.Range(1, 2 * OrbitBook.VersionsKept).Select(i => Published("1", Pacific, i - 2 * OrbitBook.VersionsKept).Arrives(1 + i))];
        book.Take(all);
        Trim();
        Assert.Equal(OrbitBook.VersionsKept, Assert.Single(book.Read().Orbits).Count);
        Assert.NotEmpty(book.Grants.PathsOf(first.Id));
        time.Now = time.Now.AddDays(3);
        Trim();
        Assert.NotEmpty(book.Grants.PathsOf(first.Id));
        // Read again, it is here again, and dropped anew.
        Assert.Equal(OrbitBook.VersionsKept + 1, book.Take(all).Taken);
        Assert.Equal(all.Length, Assert.Single(book.Read().Orbits).Count);
        Trim();
        Assert.NotEmpty(book.Grants.PathsOf(first.Id));
        time.Now = time.Now.AddDays(5);
        Trim();
        Assert.Empty(book.Grants.PathsOf(first.Id));

        void Trim() => book.Trim(versions => versions.Take(1), _ => false);
    }

    [Fact]
    public void Remove_OfWhatWasDropped_NobodySeesIt()
    {
        var book = new OrbitBook();
        var first = Published("1", Pacific, 0);
        book.Take([first.Arrives(1), .. Enumerable.Range(1, 2 * OrbitBook.VersionsKept).Select(hour => Published("1", Pacific, hour).Arrives(1 + hour))]);
        book.Trim(versions => versions.Take(1), _ => false);
        book.Remove([first.Id]);
        Assert.Empty(book.Grants.PathsOf(first.Id));
    }

    [Fact]
    public void Trim_MoreVersionsThanTheBoardRemembers_AreForgotten()
    {
        var book = new OrbitBook();
        var records = Enumerable.Range(0, OrbitBook.VersionsKept + DroppedRecords.PerKeyMax + 10).Select(minutes => Published("1", Pacific, minutes / 60.0)).ToList();
        book.Take([.. records.Select((record, i) => record.Arrives(i + 1))]);
        book.Trim(versions => versions.Take(1), _ => false);
        Assert.Equal(10, records.Count(record => book.Grants.PathsOf(record.Id).IsEmpty));
        Assert.All(records.Take(10), record => Assert.Empty(book.Grants.PathsOf(record.Id)));
    }

    [Fact]
    public void TrimNotices_HiddenOnes_DoNotPushOutWhatAReaderSees()
    {
        var book = new OrbitBook();
        SsaShare.Exchange.SealedRecord visible = Announced("1", Pacific, 1), needed = Announced("1", Pacific, 0.5), useless = Announced("1", Pacific, 0.4);
        book.Take([visible.Arrives(1), needed.Arrives(2), useless.Arrives(3), .. Enumerable.Range(0, 2 * OrbitBook.NoticesKept).Select(i => Announced("1", Pacific, 2 + i).Arrives(4 + i))]);
        book.TrimNotices([new RecordView(record => record != visible.Id), new RecordView(record => record == visible.Id)], record => record == needed.Id);
        var kept = book.Read().Maneuvers.Select(one => one.Record).ToHashSet();
        Assert.Equal(OrbitBook.NoticesKept + 2, kept.Count);
        Assert.Contains(visible.Id, kept);
        Assert.Contains(needed.Id, kept);
        Assert.DoesNotContain(useless.Id, kept);
        Assert.True(book.MayMissOlder);
    }

    [Fact]
    public void Take_NoticesOfTooManyObjects_AreRefused()
    {
        var book = new OrbitBook(objectsMax: 1);
        var (taken, refused) = book.Take([Announced("1", Pacific, 1).Arrives(1), Announced("2", Pacific, 1).Arrives(2), Announced("2", Atlantic, 1).Arrives(3), Published("2", Pacific).Arrives(4)]);
        Assert.Equal(3, taken);
        Assert.Equal(OrbitRefusal.TooMany, Assert.Single(refused).Reason);
    }

    [Fact]
    public void Remove_OneOfAnotherObject_AsksForNothingOlder()
    {
        var book = new OrbitBook();
        var other = Published("2", Pacific);
        var newest = Published("1", Pacific, 2 * OrbitBook.VersionsKept);
        book.Take([other.Arrives(1), newest.Arrives(2), .. Enumerable.Range(0, 2 * OrbitBook.VersionsKept).Select(hour => Published("1", Pacific, hour).Arrives(3 + hour))]);
        book.Trim(versions => versions.Take(1), _ => false);
        Assert.Equal((1, false), book.Remove([other.Id]));
        Assert.Equal((1, true), book.Remove([newest.Id]));
    }

    [Fact]
    public void Remove_WhereObjectsWereRefused_AsksForThem()
    {
        var book = new OrbitBook(objectsMax: 1);
        var first = Published("1", Pacific);
        book.Take([first.Arrives(1), Published("2", Pacific).Arrives(2)]);
        Assert.Equal((1, true), book.Remove([first.Id]));
        book.ForgetDropped();
        Assert.Equal(1, book.Take([Published("2", Pacific).Arrives(2)]).Taken);
    }
}
