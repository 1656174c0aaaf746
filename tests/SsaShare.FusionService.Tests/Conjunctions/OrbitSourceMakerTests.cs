using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Fusion;
using SsaShare.Orbits;
using static SsaShare.FusionService.Tests.Conjunctions.Orbits;
using static SsaShare.FusionService.Tests.Records;

namespace SsaShare.FusionService.Tests.Conjunctions;

public class OrbitSourceMakerTests
{
    private static readonly RecordView Everything = new(_ => true);

    [Fact]
    public void Make_AnnouncedBurns_AreFlownOnceForEachSetThatSomebodySees()
    {
        var book = new OrbitBook();
        SsaShare.Exchange.SealedRecord orbit = Published("1", Pacific), first = Announced("1", Pacific, 2, new Vector3d(0, 0.01, 0)), second = Announced("1", Pacific, 4, new Vector3d(0, 0.01, 0));
        SsaShare.Exchange.SealedRecord untold = Announced("1", Pacific, 3), others = Announced("1", Atlantic, 2, new Vector3d(0, 0.01, 0));
        book.Take([.. new[] { orbit, first, second, untold, others }.Select((record, i) => record.Arrives(i + 1))]);
        var sources = Make(book, [Everything, new RecordView(record => record != second.Id), new RecordView(record => record != orbit.Id)]);
        Assert.Equal(3, sources.Count);
        var plain = Assert.Single(sources, source => !source.Line.IsPlanned);
        Assert.Equal([orbit.Id], plain.Basis);
        var both = Assert.Single(sources, source => source.Basis.Length == 3);
        Assert.Equal(new[] { orbit.Id, first.Id, second.Id }.ToHashSet(), both.Basis.ToHashSet());
        var one = Assert.Single(sources, source => source.Basis.Length == 2);
        Assert.Equal(new[] { orbit.Id, first.Id }.ToHashSet(), one.Basis.ToHashSet());

        // 10 m/s along the track: the same before the burn; some kilometres apart two hours after it.
        double Apart(OrbitSource a, OrbitSource b, double hours)
        {
            var at = TestTime.Epoch.PlusSeconds(hours * 3_600);
            return (a.Encounter.Motion.StateAt(at).PositionKm - b.Encounter.Motion.StateAt(at).PositionKm).Norm;
        }
        Assert.InRange(Apart(plain, both, 1.9), 0, 0.001);
        Assert.InRange(Apart(plain, one, 4), 50, 500);
        Assert.InRange(Apart(both, one, 3.9), 0, 0.001);
        Assert.InRange(Apart(both, one, 6), 50, 500);
    }

    [Fact]
    public void Make_StateOfDate_IsTurnedWithItsCovariance()
    {
        Assert.True(new Sgp4Propagator(Elements("1")).TryPropagate(TestTime.Epoch, out var teme, out _));
        double[] lower = new double[21];
        for (int i = 0; i < 6; i++) lower[i * (i + 1) / 2 + i] = i < 3 ? (i + 1) * 0.01 : 1e-8;
        var state = new OrbitState("1", teme, new Covariance6(lower));
        var record = Protocol.RecordFactory.Seal(state, Pacific, Protocol.LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false)));
        var book = new OrbitBook();
        book.Take([record.Arrives(1)]);
        var source = Assert.Single(Make(book, [Everything]));
        Assert.Equal(OrbitSourceKind.OrbitState, source.Kind);
        var found = source.Encounter.Motion.StateAt(TestTime.Epoch);
        Assert.InRange((found.PositionKm - Fk5.TemeToGcrf(teme).PositionKm).Norm, 0, 1e-3);
        var sure = source.Encounter.Motion.UncertaintyAt(TestTime.Epoch)!;
        Assert.Equal(CovarianceOrigin.Calculated, sure.Origin);
        // A turn keeps the trace; the covariance is a day's way of the start of the span away from the state.
        Assert.InRange(sure.Covariance.PositionSigmaKm, 0.2449 * 0.99, 0.2449 * 1.01);
    }

    [Theory]
    [InlineData(29, 0)]
    [InlineData(31, 1)]
    public void Make_StateOfLongAgo_IsToldToBeUnscreened(double daysAgo, int expected)
    {
        Assert.True(new Sgp4Propagator(Elements("1")).TryPropagate(TestTime.Epoch, out var teme, out _));
        var state = new OrbitState("1", Fk5.TemeToGcrf(teme), null);
        var record = Protocol.RecordFactory.Seal(state, Pacific, Protocol.LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false)));
        var book = new OrbitBook();
        book.Take([record.Arrives(1)]);
        var (maker, followed) = Maker();
        bool isLate = false;
        followed.Begin();
        var made = maker.Make([.. book.Read().Orbits.Select(versions => versions[0])], [], [Everything], TestTime.Epoch.PlusSeconds(daysAgo * 86_400), () => true, ref isLate).ToList();
        followed.End();
        Assert.Equal(expected, maker.Unscreened.Count);
        Assert.All(maker.Unscreened, one => Assert.Equal((UnscreenedReason.TooOld, record.Id, true), (one.Reason, Assert.Single(one.Basis), one.IsOutdated)));
        Assert.Equal(1, made.Count + maker.Unscreened.Count);
        Assert.False(isLate);
    }

    [Fact]
    public void Make_NoTimeToFollow_ComesLater()
    {
        var book = new OrbitBook();
        book.Take([Published("1", Pacific).Arrives(1), Announced("1", Pacific, 2, new Vector3d(0, 0.01, 0)).Arrives(2)]);
        var (maker, followed) = Maker();
        bool isLate = false;
        followed.Begin();
        Assert.Single(maker.Make([.. book.Read().Orbits.Select(versions => versions[0])], book.Read().Maneuvers, [Everything], TestTime.Epoch, () => false, ref isLate));
        followed.End();
        Assert.True(isLate);
    }

    [Theory]
    [InlineData("00025544", "catalog/25544")]
    [InlineData("1998-067a", "cospar/1998-067A")]
    [InlineData("lost-7", "own/pacific/LOST-7")]
    public void Designate_Tag_IsTheStrongestNameThatItIs(string text, string key)
    {
        Assert.True(ObjectTag.TryParse(text, out var tag));
        Assert.Equal(key, OrbitSourceMaker.Designate(tag, Pacific).Key);
    }

    private static List<OrbitSource> Make(OrbitBook book, IReadOnlyList<RecordView> readers)
    {
        var (maker, followed) = Maker();
        bool isLate = false;
        followed.Begin();
        var sources = maker.Make([.. book.Read().Orbits.Select(versions => versions[0])], book.Read().Maneuvers, readers, TestTime.Epoch, () => true, ref isLate).ToList();
        followed.End();
        Assert.False(isLate);
        return sources;
    }

    private static (OrbitSourceMaker Maker, FollowedOrbits Followed) Maker()
    {
        var followed = new FollowedOrbits(EarthRotation.Default, TimeSpan.FromHours(12), NullLogger<FollowedOrbits>.Instance);
        return (new OrbitSourceMaker(followed), followed);
    }
}
