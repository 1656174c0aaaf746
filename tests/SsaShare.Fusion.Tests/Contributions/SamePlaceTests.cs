using System.Security.Cryptography;
using System.Text;
using SsaShare.Domain;

namespace SsaShare.Fusion.Tests.Contributions;

/// <summary>When figures that come again are the same measurement.</summary>
public class SamePlaceTests
{
    private const double EarthRadiusKm = 6_371;
    private static readonly PartnerId Owner = PartnerId.Parse("owner"), Another = PartnerId.Parse("another");
    private static readonly Geodetic Site = new(0.3, -2.7, 0.1);
    private static readonly Epoch Time = Utc.TryParse("1996-12-15T12:00:00", out var time) ? time : default;

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0.05, 0, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(2_000, 1, 0)]
    public void Add_SameFiguresFromAnothersSensor_AreOneMeasurementOnlyAtTheSamePlace(double apartKm, int accepted, int duplicates)
    {
        var engine = new FusionEngine();
        engine.Add([Seen(Owner, Site)]);
        var outcome = engine.Add([Seen(Another, Site with { LatitudeRad = Site.LatitudeRad + apartKm / EarthRadiusKm })]);
        Assert.Equal((accepted, duplicates), (outcome.Accepted, outcome.Duplicates));
    }

    [Fact]
    public void Add_CopyAtAWrongPlaceFirst_DoesNotTakeThePlaceOfTheTrueOne()
    {
        var engine = new FusionEngine();
        engine.Add([Seen(Another, new Geodetic(0, 0, 0))]);
        engine.Add([Seen(Owner, Site)]);
        Assert.Equal(2, engine.Waiting.Count);
    }

    [Fact]
    public void Describe_CopyThatMovesAway_IsNoLongerTheSame()
    {
        // A copy that comes first from the right place and then says that it was elsewhere must not carry the true figures off.
        var engine = new FusionEngine();
        engine.Add([Seen(Another, Site), Seen(Owner, Site)]);
        Assert.Single(engine.Waiting);
        engine.Describe(Radar(Another, new Geodetic(0, 0, 0)));
        Assert.Equal(2, engine.Waiting.Count);
        engine.Describe(Radar(Another, Site));
        Assert.Equal(2, Assert.Single(engine.Waiting).Records.Count);
    }

    [Fact]
    public void Describe_AfterFiguresThatNobodyCouldWeigh_BringsTheObservationsIn()
    {
        var engine = new FusionEngine();
        Assert.Single(engine.Add([Seen(Owner, Site with { HeightKm = 5_000 })]).Refused);
        Assert.Equal(1, engine.Describe(Radar(Owner, Site)).Accepted);
        Assert.Single(engine.Waiting);
        Assert.Single(engine.Describe(Radar(Owner, Site with { HeightKm = 5_000 })).Refused);
        Assert.Empty(engine.Waiting);
        Assert.Equal(1, engine.Describe(Radar(Owner, Site)).Accepted);
    }

    private static ContributedObservation Seen(PartnerId partner, Geodetic site)
    {
        var sensor = Radar(partner, site);
        return new ContributedObservation(new RecordId(SHA256.HashData(Encoding.UTF8.GetBytes($"{partner} {site}"))), partner, DataMode.Real, sensor,
            new Observation(sensor.Id, Time, 1_234.5, 1.2, 0.6, null, null));
    }

    private static Sensor Radar(PartnerId owner, Geodetic site)
        => new(SensorId.Parse("RADAR"), owner, "Radar", site, new MeasurementFigures(0.03, 0.0003, 0.0003, null), new MeasurementFigures(null, null, null, null));
}
