using SsaShare.Domain;
using static SsaShare.Orbits.Tests.SimulatedScene;

namespace SsaShare.Orbits.Tests;

public sealed class SensorSightTests
{
    private static readonly MeasurementModel Model = new(EarthRotation.Default, SignalConventions.Corrected);

    [Theory]
    [InlineData(10, 90, 0, 360)]
    [InlineData(20, 60, 110, 140)]
    [InlineData(15, 80, 300, 120)]
    public void Sees_Radar_ExactlyWhatLiesInFieldAndRange(double from, double to, double azimuth, double width)
    {
        var field = new FieldOfRegard(from * Testing.RadPerDegree, to * Testing.RadPerDegree, azimuth * Testing.RadPerDegree, width * Testing.RadPerDegree);
        var sensor = new SimulatedSensor(Radar("r1").Declared, new SensorReach.Radar(2_000, 3_000), Radar("r1").Rhythm, field);
        var sight = new SensorSight(sensor, 0, 1, EarthRotation.Default);
        var targets = LowObjects(50);
        int seen = 0;
        for (int minute = 0; minute < 600; minute += 3)
        {
            var epoch = Start.PlusSeconds(60 * minute);
            var moment = sight.At(epoch);
            foreach (var target in targets)
            {
                Assert.True(TwoBody.TryPropagate(target.Start.PositionKm, target.Start.VelocityKmPerS, 60 * minute, out var r, out var v));
                var figures = Model.Predict(sensor.Declared, new CartesianState(epoch, Frame.Gcrf, r, v));
                bool expected = figures.RangeKm <= 2_000 && field.Contains(figures.AzimuthRad, figures.ElevationRad);
                Assert.Equal(expected, sight.Sees(moment, r, target));
                if (expected) seen++;
            }
        }
        Assert.True(seen > 20, $"{seen}");
    }

    [Fact]
    public void Sees_RadarAndSizes_ByTheFourthRootOfTheCrossSection()
    {
        var reach = new SensorReach.Radar(2_000, 3_500);
        Assert.Equal(2_000, reach.RangeKm(1), 1e-9);
        Assert.Equal(1_000, reach.RangeKm(0.25), 1e-9);
        Assert.Equal(3_500, reach.RangeKm(9), 1e-9);
    }

    [Fact]
    public void Magnitude_KnownSphere_IsAsPublishedFormulaSays()
    {
        // A sphere of 1 m² cross-section that scatters everything, full, at 1,000 km: 2/(3π) of the sunlight on 1 m² spread over 1e12 m².
        double full = SensorReach.Telescope.Magnitude(Math.Sqrt(4 / Math.PI), 1, 1_000, 0);
        Assert.Equal(-26.74 - 2.5 * Math.Log10(2 / (3 * Math.PI) * 1e-12), full, 1e-9);
        // At quarter phase a Lambert sphere shows 1/π of its full light.
        Assert.Equal(full + 2.5 * Math.Log10(Math.PI), SensorReach.Telescope.Magnitude(Math.Sqrt(4 / Math.PI), 1, 1_000, Math.PI / 2), 1e-9);
        Assert.Equal(full + 5, SensorReach.Telescope.Magnitude(Math.Sqrt(4 / Math.PI), 1, 10_000, 0), 1e-9);
    }

    [Fact]
    public void Sees_Telescope_OnlyAtNightInSunlightAndBright()
    {
        var site = new SensorSite(new Geodetic(0.3, 0, 2));
        var sensor = Telescope("t1");
        var (sight, faint) = (new SensorSight(sensor, 0, 1, EarthRotation.Default), new SensorSight(Telescope("t2", magnitudeLimit: 9), 1, 1, EarthRotation.Default));
        int night = 0, eclipsed = 0, lit = 0;
        for (int minute = 0; minute < 1_440; minute += 2)
        {
            var epoch = Start.PlusSeconds(60 * minute);
            var place = site.At(epoch, EarthRotation.Default, AnalyticSolarSystem.Instance);
            var sun = AnalyticSolarSystem.Instance.PositionKm(CelestialBody.Sun, epoch);
            // South of the site's zenith, at the height of the geostationary orbit.
            var r = 42_164 * (place.PositionKm with { Z = 0 }).Unit();
            bool isDark = Math.Asin((place.Horizon!.Value.GcrfToEastNorthUp * sun.Unit()).Z) < -12 * Testing.RadPerDegree;
            // From the axis of the shadow; penumbra and flattening are left room.
            double miss = r.Dot(sun) > 0 ? double.PositiveInfinity : r.Cross(sun.Unit()).Norm;
            bool sees = sight.Sees(sight.At(epoch), r, Geostationary());
            Assert.False(faint.Sees(faint.At(epoch), r, Geostationary()));
            if (!isDark || miss < 6_200) Assert.False(sees);
            if (isDark && miss > 6_700) Assert.True(sees);
            if (isDark) night++;
            if (isDark && miss < 6_200) eclipsed++;
            if (sees) lit++;
        }
        Assert.True(night > 200 && eclipsed > 10 && lit > 150, $"{night} {eclipsed} {lit}");
    }

    [Fact]
    public void Sees_FromOrbit_NotThroughTheEarthNorIntoTheSun()
    {
        var start = new KeplerianElements(7_178, 0.001, 1.7, 0.5, 0, 0).ToState(Start, Frame.Gcrf);
        Epoch[] epochs = [.. Enumerable.Range(-2, 200).Select(i => Start.PlusSeconds(60 * i))];
        Assert.True(TruePropagator.TrySample(start, default, epochs, withPartials: false, out var states));
        var platform = new OrbitingPlatform([.. states.Select(state => state.ToState())]);
        var declared = new TrackingSensor(new SensorKey(Alpha, SensorId.Parse("s1")), platform, new TrackingFigures(RightAscensionRad: 5e-6, DeclinationRad: 5e-6), TrackingFigures.None);
        var sensor = new SimulatedSensor(declared, new SensorReach.Telescope(17), Telescope("t1").Rhythm, null);
        var sight = new SensorSight(sensor, 0, 1, EarthRotation.Default);
        var target = Geostationary(1);
        int seen = 0, hidden = 0;
        for (int minute = 0; minute < 180; minute++)
        {
            var epoch = Start.PlusSeconds(60 * minute);
            Assert.True(TwoBody.TryPropagate(target.Start.PositionKm, target.Start.VelocityKmPerS, 60 * minute, out var r, out _));
            var observer = platform.At(epoch, EarthRotation.Default, AnalyticSolarSystem.Instance).PositionKm;
            // Nearest point of the line of sight by trial, not by formula.
            double nearest = Enumerable.Range(0, 2_001).Min(i => (observer + i / 2_000.0 * (r - observer)).Norm);
            bool sees = sight.Sees(sight.At(epoch), r, target);
            if (nearest < 6_470) Assert.False(sees);
            if (sees) seen++;
            else hidden++;
        }
        Assert.True(seen > 30 && hidden > 30, $"{seen} {hidden}");
        Assert.False(sight.At(Start.PlusSeconds(86_400)).IsOpen);
        Assert.Throws<ArgumentException>(() => new SimulatedSensor(declared, sensor.Reach, sensor.Rhythm, WholeSky));
    }

    [Fact]
    public void At_Outages_TakeTheirShareInBlocks()
    {
        var sight = new SensorSight(Radar("r1") with { OutageShare = 0.3, OutageBlockSeconds = 600 }, 0, 5, EarthRotation.Default);
        bool[] open = [.. Enumerable.Range(0, 4_000).Select(i => sight.At(Start.PlusSeconds(120 * i)).IsOpen)];
        Assert.InRange(open.Average(isOpen => isOpen ? 0.0 : 1), 0.24, 0.36);
        // Five looks a block: it changes at most once in five.
        Assert.True(open.Zip(open.Skip(1)).Count(pair => pair.First != pair.Second) < 800);
    }
}
