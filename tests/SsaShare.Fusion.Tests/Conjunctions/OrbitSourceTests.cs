using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion.Tests;

public sealed class OrbitSourceTests
{
    private static readonly EncounterObject Encounter = new(1, new ElementSetMotion(new ElementSet(null, BoardScene.Start, 15, 0.001, 1, 1, 1, 1, 0, 0, 0), null), 0.002);

    [Fact]
    public void Id_EqualContent_EqualWhateverTheOrderOfRecords()
    {
        RecordId[] records = [.. Enumerable.Range(0, 5).Select(i => BoardScene.Record($"{i}"))];
        Assert.Equal(Make(records), Make([.. records.Reverse()]));
        Assert.Equal(Make(records).Id.ToString(), Make([.. records, records[2]]).Id.ToString());
        Assert.Matches("^[0-9a-f]{64}$", Make(records).Id.ToString());
    }

    [Fact]
    public void Id_AnyFieldDiffers_Differs()
    {
        RecordId[] one = [BoardScene.Record("1")], two = [BoardScene.Record("1"), BoardScene.Record("2")];
        OrbitSource[] all =
        [
            Make(one), Make(two), Make(one, number: 2), Make(one, mode: DataMode.Exercise), Make(one, asOfS: 1), Make(one, radiusKm: 0.003), Make(one, volume: ScreeningVolume.Sphere(2)),
            Make(one, volume: ScreeningVolume.Box(1, 1, 1)), Make(one, volume: ScreeningVolume.Box(1, 1, 1.1)), Make(one, kind: OrbitSourceKind.Fused), Make(one, originator: null), Make(one, planned: true),
        ];
        Assert.Equal(all.Length, all.Select(source => source.Id).Distinct().Count());
    }

    [Fact]
    public void Create_NoRecord_Throws() => Assert.Throws<ArgumentException>(() => Make([]));

    [Fact]
    public void IsNewerThan_LaterThenMoreRecords_Wins()
    {
        OrbitSource old = Make([BoardScene.Record("1")]), wider = Make([BoardScene.Record("1"), BoardScene.Record("2")]), later = Make([BoardScene.Record("3")], asOfS: 1);
        Assert.True(wider.IsNewerThan(old) && later.IsNewerThan(wider));
        Assert.False(old.IsNewerThan(wider) || old.IsNewerThan(old));
    }

    [Theory]
    [InlineData(5L, "1998-067A", 5L, "1999-001A", true)]
    [InlineData(5L, "1998-067A", 6L, "1998-067A", false)]
    [InlineData(5L, "1998-067A", null, " 1998-067a ", true)]
    [InlineData(5L, "UNKNOWN", null, "1998-067A", false)]
    public void IsSameObjectAs_StrongestKindBothHave_Decides(long? number, string cospar, long? otherNumber, string otherCospar, bool same)
    {
        ObjectDesignation one = new(number, cospar), other = new(otherNumber, otherCospar);
        Assert.Equal((same, same), (one.IsSameObjectAs(other), other.IsSameObjectAs(one)));
    }

    [Fact]
    public void IsSameObjectAs_OwnNames_OfOneOwnerOnly()
    {
        ObjectDesignation mine = new(own: new(BoardScene.Partners[0], "x")), yours = new(own: new(BoardScene.Partners[1], "x")), both = new(9, own: new(BoardScene.Partners[0], "x"));
        Assert.False(mine.IsSameObjectAs(yours));
        Assert.True(mine.IsSameObjectAs(both));
        Assert.Throws<ArgumentException>(() => new ObjectDesignation(cosparId: "unknown"));
    }

    private static OrbitSource Make(RecordId[] basis, long number = 1, DataMode mode = DataMode.Real, double asOfS = 0, double radiusKm = 0.002, ScreeningVolume? volume = null,
        OrbitSourceKind kind = OrbitSourceKind.ElementSet, string? originator = "alpha", bool planned = false)
        => new(new ObjectDesignation(number), kind, originator is null ? null : PartnerId.Parse(originator), basis, mode, BoardScene.Start.PlusSeconds(asOfS), BoardScene.Start, Encounter with { HardBodyRadiusKm = radiusKm }, volume,
            planned ? [new ManeuverNotice("1", ManeuverStatus.Planned, BoardScene.Start, BoardScene.Start, null, null, null)] : null);
}
