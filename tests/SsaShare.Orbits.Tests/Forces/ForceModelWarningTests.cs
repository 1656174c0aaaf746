using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class ForceModelWarningTests
{
    private static readonly Epoch From = Testing.At("1996-12-10T00:00:00"), To = Testing.At("1996-12-14T00:00:00");

    /// <summary>An ephemeris without a fault and without planets.</summary>
    private sealed class SunAndMoonOnly : ISolarSystem
    {
        public bool Covers(CelestialBody body, Epoch epoch) => body is CelestialBody.Sun or CelestialBody.Moon;

        public BodyState Geocentric(CelestialBody body, Epoch epoch)
            => Covers(body, epoch) ? AnalyticSolarSystem.Instance.Geocentric(body, epoch) : throw new ArgumentOutOfRangeException(nameof(body));

        public double ErrorKm(CelestialBody body) => 0.01;
    }

    private static SpaceWeather Weather(int measuredDays) => new([.. Enumerable.Range(0, 60).Select(i => new SpaceWeatherDay(
        new DateOnly(1996, 12, 1).AddDays(i), [], 8, 140, 140, 140, 140, i < measuredDays ? SpaceWeatherQuality.Observed : SpaceWeatherQuality.DailyPredicted))]);

    [Fact]
    public void Warnings_OfTheFullModelWithoutTables_TellOfTheAirAndTheMoon()
    {
        var told = new ForceModel(ForceModelOptions.Full).Warnings(From, To);
        Assert.Equal(2, told.Count);
        Assert.Contains("factor of ten", told[0], StringComparison.Ordinal);
        Assert.Contains("9900 m after one day", told[0], StringComparison.Ordinal);
        Assert.Contains("the Moon up to 1000 km off", told[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_WithMeasuredTables_AreNone()
        => Assert.Empty(new ForceModel(ForceModelOptions.Full, bodies: new SunAndMoonOnly(), atmosphere: new NrlmsiseAtmosphere(Weather(60))).Warnings(From, To));

    [Fact]
    public void Warnings_OfForecastsAndOldTables_TellOfEach()
    {
        var told = new ForceModel(ForceModelOptions.Full, rotation: new EarthRotation(EarthOrientation.Default.Extended()), bodies: new SunAndMoonOnly(), atmosphere: new NrlmsiseAtmosphere(Weather(10)))
            .Warnings(Testing.At("1999-01-01T00:00:00"), Testing.At("1999-01-02T00:00:00"));
        Assert.Equal(2, told.Count);
        Assert.StartsWith("Earth orientation", told[0], StringComparison.Ordinal);
        Assert.Contains("is not known", told[1], StringComparison.Ordinal);
        var forecast = new ForceModel(ForceModelOptions.Full, bodies: new SunAndMoonOnly(), atmosphere: new NrlmsiseAtmosphere(Weather(10))).Warnings(From, To);
        Assert.Contains("forecast of days", Assert.Single(forecast), StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_OfForcesThatAreLeftOut_AreNone() => Assert.Empty(new ForceModel(ForceModelOptions.Light).Warnings(From, To));

    [Theory]
    [InlineData(true, PropagationEnd.OutsideData)]
    [InlineData(false, null)]
    public void Propagate_EphemerisWithoutPlanets_EndsWhereTheyAreAskedFor(bool planets, PropagationEnd? expected)
    {
        var propagator = new Propagator(new ForceModel(ForceModelOptions.Full with { Planets = planets }, bodies: new SunAndMoonOnly()));
        var outcome = propagator.Propagate(Testing.LowOrbit, new SurfaceCoefficients(0.01, 0.01), Testing.LowOrbit.Epoch.PlusSeconds(600));
        if (expected is null) Assert.IsType<PropagationOutcome<Trajectory>.Completed>(outcome);
        else Assert.Contains("planets", Assert.IsType<PropagationOutcome<Trajectory>.Stopped>(outcome).Stop.Detail, StringComparison.Ordinal);
    }

    /// <summary>The loss that is told without an ephemeris, against DE430.</summary>
    [Fact]
    public void Warnings_WithoutEphemeris_TellNoLessThanIsLost()
    {
        double low = 0, geostationary = 0;
        var rotation = new EarthRotation(EarthOrientation.Default.Extended());
        for (int day = 0; day < 60; day += 6)
        {
            var epoch = Testing.At("2016-01-10T00:00:00").PlusSeconds(day * 86_400.0);
            low = Math.Max(low, Lost(new KeplerianElements(6_778, 0.001, 1.2, 0.2 * day, 0.5, 0.3)));
            geostationary = Math.Max(geostationary, Lost(new KeplerianElements(42_164, 0.0002, 0.02, 0.2 * day, 0.5, 0.3)));

            double Lost(KeplerianElements elements)
            {
                var options = new ForceModelOptions(4, true, false);
                var start = elements.ToState(epoch, Frame.Gcrf);
                Vector3d end(ISolarSystem bodies)
                {
                    Assert.True(new Propagator(new ForceModel(options, rotation: rotation, bodies: bodies), 1e-7).TryPropagate(start, default, epoch.PlusSeconds(86_400), false, out var state));
                    return state.PositionKm;
                }
                return 1_000 * end(JplSlice.Ephemeris).DistanceTo(end(AnalyticSolarSystem.Instance));
            }
        }
        Figure.Say("low orbit at 400 km, one day, Sun and Moon by short series", "the same with DE430", "max", low, "m");
        Figure.Say("geostationary orbit, one day, Sun and Moon by short series", "the same with DE430", "max", geostationary, "m");
        Assert.InRange(low, 0.1, 1);
        Assert.InRange(geostationary, 10, 40);
    }
}
