using SsaShare.Domain;
using static SsaShare.Orbits.Tests.SimulatedScene;

namespace SsaShare.Orbits.Tests;

public sealed class SimulatedNetworkTests
{
    private static readonly PartnerId Charlie = PartnerId.Parse("charlie");

    [Fact]
    public void Observations_Relayed_AreTheSameBitsFromAnotherSenderAndLater()
    {
        var all = Run(Network(new SimulatedRelay(Alpha, 1, 60, 120)));
        var (own, passedOn) = (all.Where(one => one.Hops == 0).ToList(), all.Where(one => one.Hops == 1).ToList());
        Assert.NotEmpty(own);
        Assert.All(own, one => Assert.Equal(Alpha, one.Sender));
        Assert.All(passedOn, one => Assert.Equal(Bravo, one.Sender));
        var originals = own.Select(one => one.Observation).ToHashSet(ReferenceEqualityComparer.Instance);
        Assert.All(passedOn, one => Assert.Contains(one.Observation, originals));
        // All but what was still under way at the end.
        Assert.InRange(passedOn.Count, 0.8 * own.Count, own.Count);
        var arrivals = own.GroupBy(one => one.Track).ToDictionary(group => group.Key, group => group.First().Arrival);
        Assert.All(passedOn, one => Assert.InRange(one.Arrival.SecondsSince(arrivals[one.Track]), 60, 120));
    }

    [Fact]
    public void Observations_Looped_EndAfterTheirHops()
    {
        var loop = new SimulatedNetwork([Owner(new SimulatedRelay(Bravo, 1, 1, 2)), new SimulatedPartner(Bravo, []) { Relays = [new SimulatedRelay(Alpha, 1, 1, 2)] }]) { RelayHops = 4 };
        var hops = Run(loop).GroupBy(one => one.Hops).OrderBy(group => group.Key).ToList();
        Assert.Equal([0, 1, 2, 3, 4], hops.Select(group => group.Key));
        Assert.All(hops, group => Assert.All(group, one => Assert.Equal(one.Hops % 2 == 0 ? Alpha : Bravo, one.Sender)));
    }

    [Fact]
    public void Observations_Renamed_HaveAKeyOfTheRelayAndTheSameFigures()
    {
        var all = Run(Network(new SimulatedRelay(Alpha, 0.5, 1, 2) { RenamesSensors = true }));
        var renamed = all.Where(one => one.Hops == 1).ToList();
        Assert.Single(renamed.Select(one => one.Observation.Sensor).Distinct(ReferenceEqualityComparer.Instance));
        Assert.All(renamed, one => Assert.Equal(Bravo, one.Observation.Sensor.Key.Owner));
        var figures = all.Where(one => one.Hops == 0).Select(one => (one.Observation.Epoch, one.Observation.Measured)).ToHashSet();
        Assert.All(renamed, one => Assert.Contains((one.Observation.Epoch, one.Observation.Measured), figures));
        double share = (double)renamed.Select(one => one.Track).Distinct().Count() / all.Select(one => one.Track).Distinct().Count();
        Assert.InRange(share, 0.3, 0.7);
    }

    [Fact]
    public void Observations_StalePassedOffAsNew_HaveShiftedTagsFromTheInstantOn()
    {
        var since = Start.PlusSeconds(3_600);
        var all = Run(Network(new SimulatedRelay(Alpha, 1, 1, 2) { TimeTagShiftSeconds = 900, Since = since }));
        var stale = all.Where(one => one.Hops == 1).ToList();
        Assert.NotEmpty(stale);
        Assert.All(stale, one => Assert.True(one.Arrival >= since));
        var tags = all.Where(one => one.Hops == 0).Select(one => one.Observation.Epoch.PlusSeconds(900)).ToHashSet();
        Assert.All(stale, one => Assert.Contains(one.Observation.Epoch, tags));
    }

    [Fact]
    public void Observations_Labels_AreStrippedOrWrongInTheirShares()
    {
        Assert.All(Run(Network()), one => Assert.Null(one.Label));
        var labelled = Run(new SimulatedNetwork([Owner()]) { LabelShare = 0.8, WrongLabelShare = 0.25 }, hours: 8).GroupBy(one => one.Track).Select(group => group.First()).ToList();
        var with = labelled.Where(one => one.Label is not null).ToList();
        Assert.InRange((double)with.Count / labelled.Count, 0.7, 0.9);
        Assert.InRange(with.Count(one => one.Label != $"{one.TrueObject + 1}") / (double)with.Count, 0.15, 0.35);
    }

    [Fact]
    public void Observations_ForgedObject_IsReportedByItsForgerAlone()
    {
        var objects = LowObjects(30).Select((one, i) => i == 3 ? one with { ForgedBy = Charlie } : one).ToList();
        var network = new SimulatedNetwork([Owner(), new SimulatedPartner(Charlie, [Radar("c1", Charlie)])]);
        var all = Simulate(objects, network, hours: 8).Observations().ToList();
        Assert.Contains(all, one => one.TrueObject == 3);
        Assert.All(all.Where(one => one.TrueObject == 3), one => Assert.Equal(Charlie, one.Sender));
        Assert.Contains(all, one => one.TrueObject != 3 && one.Sender == Alpha);
    }

    [Fact]
    public void ToDomain_OfRadarAndTelescope_IsAnObservationOrNone()
    {
        var radar = Run(Network())[0];
        var observation = radar.ToDomain();
        Assert.Equal((radar.Observation.Epoch, radar.Observation.Measured.RangeKm, radar.Observation.Sensor.Key.Sensor), (observation!.Epoch, observation.RangeKm, observation.Sensor));
        var telescope = Simulate([Geostationary(3)], SimulatedScene.Network(Telescope("t1")), hours: 24).Observations().First();
        Assert.Null(telescope.ToDomain());
    }

    [Fact]
    public void Constructor_TwiceTheSameOrARelayOfNobody_Throws()
    {
        Assert.Throws<ArgumentException>(() => new SimulatedNetwork([Owner(), Owner()]));
        Assert.Throws<ArgumentException>(() => new SimulatedNetwork([Owner(), new SimulatedPartner(Bravo, [Radar("r1")])]));
        Assert.Throws<ArgumentException>(() => new SimulatedNetwork([Owner(new SimulatedRelay(Charlie, 1, 1, 2))]));
        Assert.Throws<ArgumentException>(() => new SimulatedRelay(Alpha, 1, -1, 2));
        Assert.Throws<ArgumentException>(() => new SimulatedRelay(Alpha, 1, 3, 2));
        Assert.Throws<ArgumentException>(() => new SensorRhythm(1, 0, 3, 5, 5, Tasking.Own));
        Assert.Throws<ArgumentException>(() => new SensorRhythm(1, 4, 3, 5, 5, Tasking.Own));
        Assert.Throws<ArgumentException>(() => new SensorRhythm(1, 3, 3, 0, 5, Tasking.Own));
    }

    private static SimulatedPartner Owner(params SimulatedRelay[] relays) => new(Alpha, [Radar("r1")]) { Relays = relays };

    private static SimulatedNetwork Network(params SimulatedRelay[] relays) => new([Owner(), new SimulatedPartner(Bravo, []) { Relays = relays }]);

    private static List<SimulatedObservation> Run(SimulatedNetwork network, double hours = 3) => [.. Simulate(LowObjects(30), network, hours).Observations()];
}
