using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class AveragedMotionTests
{
    private static readonly Epoch Start = Testing.At("1996-12-15T00:00:00");

    /// <summary>Air whose density falls by the same factor in each kilometre.</summary>
    private sealed class Isothermal(double densityAt300Km, double scaleKm) : IAtmosphere
    {
        public bool Covers(Epoch epoch) => true;

        public double DensityKgPerM3(Epoch epoch, Geodetic place) => densityAt300Km * Math.Exp((300 - place.HeightKm) / scaleKm);
    }

    /// <summary>Over the equator, round, in isothermal air the fall can be written down: dt = -da / (ρ B √(μ a)), with the air that turns along.</summary>
    [Fact]
    public void Fall_RoundOrbitOverTheEquator_TakesTheTimeOfTheIntegral()
    {
        const double Ballistic = 0.02, ScaleKm = 40, Density = 2e-11, StartKm = 340, EndKm = 160;
        double seconds = 0, step = 0.01;
        for (double height = EndKm + step / 2; height < StartKm; height += step)
        {
            double a = Wgs84.EquatorialRadiusKm + height, speed = Math.Sqrt(ZonalField.MuKm3PerS2 / a), share = 1 - EarthRotation.NominalRateRadPerS * a / speed;
            seconds += step / (1_000 * Density * Math.Exp((300 - height) / ScaleKm) * Ballistic * speed * a * share * share);
        }
        var motion = new AveragedMotion(new UnitDrag(new Isothermal(Density, ScaleKm)), Ballistic);
        // A round orbit over the equator, where J2 pulls harder, has a semi-major axis greater than its radius.
        double lift = 1.5 * ZonalField.J2 * ZonalField.RadiusKm * ZonalField.RadiusKm / 6_600;
        var orbit = new MeanOrbit(Wgs84.EquatorialRadiusKm + StartKm + lift, 0, 0, 1e-9, 0);
        double found = 0;
        const double StepSeconds = 1_200;
        while (orbit.AxisKm > Wgs84.EquatorialRadiusKm + EndKm + lift)
        {
            var middle = orbit + 0.5 * StepSeconds * motion.Rate(Start, orbit);
            orbit += StepSeconds * motion.Rate(Start, middle);
            found += StepSeconds;
        }
        Assert.InRange(found / seconds, 0.995, 1.005);
    }

    /// <summary>What the averaged motion loses in a day, against the force model and the propagator of this library.</summary>
    [Theory]
    [InlineData(350, 0.001)]
    [InlineData(500, 0.02)]
    public void Rate_OverADay_IsTheLossOfThePropagatedOrbit(double heightKm, double eccentricity)
    {
        const double Ballistic = 0.03, Day = 86_400;
        var weather = new SpaceWeather([.. Enumerable.Range(0, 30).Select(i => new SpaceWeatherDay(new DateOnly(1996, 12, 1).AddDays(i), [], 8, 140, 140, 140, 140, SpaceWeatherQuality.Observed))]);
        var atmosphere = new NrlmsiseAtmosphere(weather);
        var start = new KeplerianElements(6_378.137 + heightKm, eccentricity, 1.2, 0.5, 0.8, 0.1).ToState(Start, Frame.Gcrf);
        double axis(double ballistic)
        {
            var propagator = new Propagator(new ForceModel(new ForceModelOptions(4, false, true), atmosphere: atmosphere), 1e-5);
            Assert.True(propagator.TryPropagate(start, new SurfaceCoefficients(ballistic, 0), Start.PlusSeconds(Day), false, out var end));
            var teme = Fk5.GcrfToTeme(end.ToState());
            Assert.True(OrbitAveraging.TryMean(teme.PositionKm, teme.VelocityKmPerS, out var mean));
            return mean.AxisKm;
        }
        double lost = axis(0) - axis(Ballistic), found = 0;
        var first = Fk5.GcrfToTeme(start);
        Assert.True(OrbitAveraging.TryMean(first.PositionKm, first.VelocityKmPerS, out var orbit));
        var motion = new AveragedMotion(new UnitDrag(atmosphere), Ballistic);
        for (int i = 0; i < 8; i++)
        {
            var rate = motion.Rate(Start.PlusSeconds((i + 0.5) * Day / 8), orbit);
            orbit += Day / 8 * rate;
            found -= Day / 8 * rate.AxisKm;
        }
        Figure.Say($"averaged drag at {heightKm} km, loss of a day", "propagated orbit", "error", 100 * (found / lost - 1), "%");
        Assert.InRange(found / lost, 0.98, 1.02);
    }

    /// <summary>The closed form is the sum of the built-in field's own zonal harmonics.</summary>
    [Fact]
    public void ZonalField_AgainstTheHarmonics_IsTheirSum()
    {
        var field = GravityField.Default;
        var rows = from n in Enumerable.Range(2, 3) from m in Enumerable.Range(0, n + 1) select FormattableString.Invariant($"{n} {m} {(m == 0 ? field.Normalized(n, 0).C : 0):R} 0");
        var harmonics = new HarmonicGravity(GravityField.Parse(FormattableString.Invariant($"{field.MuKm3PerS2:R} {field.RadiusKm:R}\n") + string.Join('\n', rows)), 4);
        foreach (var place in (Vector3d[])[new(6_600, 500, 0), new(-3_000, 2_000, 5_700), new(100, -4_000, -5_300)])
            Testing.Near(harmonics.AccelerationKmPerS2(place), ZonalField.AccelerationKmPerS2(place), 1e-16 * 1e3);
    }

    [Fact]
    public void TryState_OfAMeanOrbit_HasThatMean()
    {
        var mean = new MeanOrbit(6_620, 0.004, -0.002, 1.4, 3.1);
        Assert.True(OrbitAveraging.TryState(mean, out var position, out var velocity));
        Assert.True(OrbitAveraging.TryMean(position, velocity, out var found));
        Assert.Equal(mean.AxisKm, found.AxisKm, 0.01);
        Assert.Equal(mean.X, found.X, 1e-6);
        Assert.Equal(mean.Y, found.Y, 1e-6);
        Assert.Equal(mean.InclinationRad, found.InclinationRad, 1e-6);
        Assert.Equal(0, Math.IEEERemainder(mean.NodeRad - found.NodeRad, Math.Tau), 1e-6);
    }

    [Theory]
    [InlineData(0.05, -1.6448536269514722)]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    public void Quantile_OfTheNormalDistribution_IsTheKnownOne(double probability, double expected) => Assert.Equal(expected, LatinHypercube.Quantile(probability), 1e-12);
}
