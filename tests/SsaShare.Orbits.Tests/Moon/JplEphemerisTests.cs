using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class JplEphemerisTests
{
    private static readonly CelestialBody[] Bodies = Enum.GetValues<CelestialBody>();

    [Fact]
    public void TryRead_Slice_HasItsDatesAndConstants()
    {
        var ephemeris = JplSlice.Ephemeris;
        Assert.Equal(430, ephemeris.Number);
        Assert.Equal(2_457_392.5, ephemeris.FirstJulianDateTdb);
        Assert.Equal(2_457_456.5, ephemeris.LastJulianDateTdb);
        Assert.Equal(EarthMoonFrames.EarthMoonMassRatio, ephemeris.EarthMoonMassRatio);
        // Folkner and others 2014, table 8.
        Assert.True(ephemeris.TryMu(CelestialBody.Sun, out double sun));
        Assert.True(ephemeris.TryMu(CelestialBody.Moon, out double moon));
        Assert.True(ephemeris.TryMu(CelestialBody.Jupiter, out double jupiter));
        Assert.Equal(132_712_440_041.939400, sun, 1e-3);
        Assert.Equal(4_902.800066, moon, 1e-6);
        Assert.Equal(126_712_764.8, jupiter, 0.1);
    }

    /// <summary>Distances of the Moon at its apsides in early 2016, as almanacs print them (km, minute).</summary>
    [Theory]
    [InlineData("2016-01-15T02:14:00", 369_619)]
    [InlineData("2016-01-30T09:10:00", 404_553)]
    [InlineData("2016-02-11T02:42:00", 364_360)]
    [InlineData("2016-02-27T03:28:00", 405_383)]
    public void Moon_AtApsides_HasThePublishedDistance(string utc, double km)
    {
        var (position, velocity) = JplSlice.Ephemeris.Geocentric(CelestialBody.Moon, Testing.At(utc));
        Assert.Equal(km, position.Norm, 1.0);
        // The radial rate passes zero there: within a quarter of an hour.
        Assert.InRange(Math.Abs(position.Unit().Dot(velocity)), 0, 5.5e-6 * 15 * 60);
    }

    /// <summary>New and full Moon: Sun and Moon have the same or opposite longitude of the ecliptic, to the minute that almanacs print.</summary>
    [Theory]
    [InlineData("2016-01-10T01:31:00", 0)]
    [InlineData("2016-01-24T01:46:00", 180)]
    [InlineData("2016-02-08T14:39:00", 0)]
    [InlineData("2016-02-22T18:20:00", 180)]
    public void SunAndMoon_AtPhases_StandInLine(string utc, double degrees)
    {
        var epoch = Testing.At(utc);
        // Light takes 500 s from the Sun: the Earth has moved on by 20.5" meanwhile, the Moon shows without.
        double moon = Longitude(JplSlice.Ephemeris.Geocentric(CelestialBody.Moon, epoch).PositionKm);
        double sun = Longitude(JplSlice.Ephemeris.Geocentric(CelestialBody.Sun, epoch).PositionKm) - 20.5 / 3_600;
        double apart = Math.IEEERemainder(moon - sun - degrees, 360);
        Assert.InRange(apart, -0.012, 0.012);
    }

    /// <summary>Where polynomials of neighbouring intervals meet, both give the same: a wrong layout of the file would not.</summary>
    [Fact]
    public void Geocentric_AcrossEdgesOfIntervals_IsSmooth()
    {
        var ephemeris = JplSlice.Ephemeris;
        double worst = 0;
        for (int day = 1; day < 64; day++)
        {
            var edge = EpochOf(ephemeris.FirstJulianDateTdb + day);
            foreach (var body in Bodies)
            {
                var (before, after) = (ephemeris.Geocentric(body, edge.PlusSeconds(-0.5)), ephemeris.Geocentric(body, edge.PlusSeconds(0.5)));
                double jump = (after.PositionKm - before.PositionKm - 0.5 * (before.VelocityKmPerS + after.VelocityKmPerS)).Norm;
                Assert.InRange(jump, 0, 2e-3);
                if (body == CelestialBody.Moon) worst = Math.Max(worst, jump);
            }
        }
        Figure.Say("Moon by the ephemeris file, jump where intervals meet", "itself", "max", worst * 1e6, "mm");
        Assert.InRange(worst, 0, 1e-6);
    }

    [Fact]
    public void Geocentric_Velocity_IsTheSlopeOfThePosition()
    {
        var ephemeris = JplSlice.Ephemeris;
        var epoch = Testing.At("2016-02-01T05:00:00");
        foreach (var body in Bodies)
        {
            var slope = (ephemeris.Geocentric(body, epoch.PlusSeconds(60)).PositionKm - ephemeris.Geocentric(body, epoch.PlusSeconds(-60)).PositionKm) / 120;
            Testing.Near(slope, ephemeris.Geocentric(body, epoch).VelocityKmPerS, 2e-6);
        }
    }

    [Fact]
    public void AnalyticSeries_AgainstTheEphemeris_AreWithinTheirStatedErrors()
    {
        var ephemeris = JplSlice.Ephemeris;
        var analytic = AnalyticSolarSystem.Instance;
        foreach (var body in new[] { CelestialBody.Sun, CelestialBody.Moon, CelestialBody.Mercury, CelestialBody.Venus, CelestialBody.Mars, CelestialBody.Jupiter, CelestialBody.Saturn })
        {
            var (position, velocity) = (new List<double>(), new List<double>());
            for (var epoch = Testing.At("2016-01-05T06:00:00"); epoch < Testing.At("2016-03-08T18:00:00"); epoch = epoch.PlusSeconds(7_200))
            {
                var (expected, actual) = (ephemeris.Geocentric(body, epoch), analytic.Geocentric(body, epoch));
                position.Add(expected.PositionKm.DistanceTo(actual.PositionKm));
                velocity.Add(expected.VelocityKmPerS.DistanceTo(actual.VelocityKmPerS));
            }
            Figure.Quantiles($"{body} by series, January to March 2016, position", "DE430", position, "km");
            Figure.Quantiles($"{body} by series, January to March 2016, velocity", "DE430", velocity.Select(v => v * 1e3), "m/s");
            Assert.InRange(position.Max(), 1, analytic.ErrorKm(body));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => analytic.Geocentric(CelestialBody.Neptune, Epoch.J2000));
        Assert.False(analytic.Covers(CelestialBody.Neptune, Epoch.J2000));
    }

    /// <summary>The Moon turns the same face to us: the Earth stays within 8 degrees and a bit of the principal x axis; the axes are turned as the libration's rates say.</summary>
    [Fact]
    public void MoonOrientation_SeenFromTheMoon_EarthStaysNearTheFirstAxis()
    {
        var ephemeris = JplSlice.Ephemeris;
        for (var epoch = Testing.At("2016-01-06T00:00:00"); epoch < Testing.At("2016-03-08T00:00:00"); epoch = epoch.PlusSeconds(40_000))
        {
            var (turn, spin) = ephemeris.MoonOrientation(epoch);
            var earth = turn * -ephemeris.Geocentric(CelestialBody.Moon, epoch).PositionKm;
            Assert.InRange(earth.Unit().X, Math.Cos(11 * Testing.RadPerDegree), 1);
            Assert.Equal(2.6617e-6, spin.Norm, 2e-9);
            var star = new Vector3d(0.6, -0.64, 0.48);
            var slope = (ephemeris.MoonOrientation(epoch.PlusSeconds(30)).GcrfToMoonFixed * star - ephemeris.MoonOrientation(epoch.PlusSeconds(-30)).GcrfToMoonFixed * star) / 60;
            Testing.Near(-spin.Cross(turn * star), slope, 1e-13);
        }
    }

    [Fact]
    public void Geocentric_OutsideTheSlice_Refuses()
    {
        var ephemeris = JplSlice.Ephemeris;
        foreach (string utc in new[] { "2016-01-04T23:58:00", "2016-03-09T00:00:00" })
        {
            Assert.False(ephemeris.Covers(CelestialBody.Moon, Testing.At(utc)));
            Assert.False(ephemeris.CoversLibration(Testing.At(utc)));
            Assert.Throws<ArgumentOutOfRangeException>(() => ephemeris.Geocentric(CelestialBody.Moon, Testing.At(utc)));
            Assert.Throws<ArgumentOutOfRangeException>(() => ephemeris.EarthBarycentricVelocityKmPerS(Testing.At(utc)));
            Assert.Throws<ArgumentOutOfRangeException>(() => ephemeris.MoonOrientation(Testing.At(utc)));
        }
        Assert.False(ephemeris.Covers((CelestialBody)11, Testing.At("2016-02-01T00:00:00")));
        // The Earth goes around the Sun with 29 to 31 km/s.
        Assert.InRange(ephemeris.EarthBarycentricVelocityKmPerS(Testing.At("2016-02-01T00:00:00")).Norm, 29, 31);
    }

    [Fact]
    public void TryRead_OtherByteOrder_IsTheSame()
    {
        byte[] swapped = JplSlice.Bytes;
        Array.Reverse(swapped, 2_676, 4);
        for (int at = 2_652; at < 2_676; at += 8) Array.Reverse(swapped, at, 8);
        Array.Reverse(swapped, 2_680, 8);
        Array.Reverse(swapped, 2_688, 8);
        for (int at = 2_696; at < 2_856; at += 4) Array.Reverse(swapped, at, 4);
        for (int at = 1_018 * 8; at < swapped.Length; at += 8) Array.Reverse(swapped, at, 8);
        Assert.True(JplEphemeris.TryRead(swapped, "swapped", out var ephemeris, out var fault), fault?.ToString());
        var epoch = Testing.At("2016-02-01T05:00:00");
        Assert.Equal(JplSlice.Ephemeris.Geocentric(CelestialBody.Mars, epoch), ephemeris.Geocentric(CelestialBody.Mars, epoch));
    }

    [Fact]
    public void TryRead_DamagedFiles_GiveAValueOrAFault()
    {
        byte[] valid = JplSlice.Bytes;
        var random = new Random(7);
        int values = 0, faults = 0;
        for (int i = 0; i < Nightly.FuzzInputs / 25; i++)
        {
            byte[] file = [.. valid.AsSpan(0, i % 3 == 0 ? random.Next(valid.Length + 1) : valid.Length)];
            for (int j = 0; j < i % 8 && file.Length > 0; j++)
                file[i % 2 == 0 ? random.Next(Math.Min(file.Length, 2_900)) : random.Next(file.Length)] = (byte)random.Next(256);
            if (i % 11 == 0) random.NextBytes(file);
            if (JplEphemeris.TryRead(file, "damaged", out var ephemeris, out var fault))
            {
                values++;
                foreach (var body in Bodies)
                    if (ephemeris.Covers(body, Testing.At("2016-02-01T05:00:00"))) Assert.False(double.IsNaN(ephemeris.Geocentric(body, Testing.At("2016-02-01T05:00:00")).PositionKm.X));
            }
            else
            {
                faults++;
                Assert.StartsWith("damaged", fault.ToString(), StringComparison.Ordinal);
            }
        }
        Assert.True(values > 100 && faults > 100, $"{values} values, {faults} faults");
    }

    private static double Longitude(Vector3d gcrf)
    {
        var ecliptic = Matrix3.RotationX(23.4393 * Testing.RadPerDegree) * gcrf;
        return Math.Atan2(ecliptic.Y, ecliptic.X) / Testing.RadPerDegree;
    }

    private static Epoch EpochOf(double julianDateTdb) => TimeScales.TryFromJulianDate(new JulianDate(julianDateTdb, 0), TimeScale.Tdb, out var epoch) ? epoch : throw new ArgumentException("date");
}
