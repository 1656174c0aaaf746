using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>A radar pass of GEOS-3 over Kaena Point on 1995-01-29, and the differential correction that Vallado's program made of it (GEOS2.TXT).</summary>
public class RadarPassTests
{
    /// <summary>The publication prints the position of each observation: range, angles, site, biases and sidereal time at once.</summary>
    /// <remarks>
    /// That program took the elevation from the geocentric horizon instead of the geodetic one, 0.13 degrees away at this latitude,
    /// which moves the positions by 1.7 to 2.6 km. The comparison does the same; nothing else does.
    /// </remarks>
    [Fact]
    public void Locate_Geos3Observations_AgreeWithPublishedPositions()
    {
        const double earthRadiusKm = 6_378.137;
        double[][] published = [.. ReferenceData.Lines("obs/ssn-b3/GEOS2.TXT").Where(line => line.StartsWith("R1 ", StringComparison.Ordinal) || line.StartsWith("R2 ", StringComparison.Ordinal))
            .Select(line => new[] { 2, 13, 24 }.Select(at => double.Parse(line.AsSpan(at, 11), NumberStyles.Float, CultureInfo.InvariantCulture)).ToArray())];
        var pass = FirstEleven();
        Assert.Equal(10, published.Length);
        double worst = 0;
        for (int i = 0; i < published.Length; i++)
        {
            var o = pass[i].Observation;
            var bias = pass[i].Sensor.Bias;
            var place = new SensorSite(pass[i].Sensor.Site).ItrfKm;
            var (sinAzimuth, cosAzimuth) = Math.SinCos(o.AzimuthRad!.Value - bias.AzimuthRad!.Value);
            var (sinElevation, cosElevation) = Math.SinCos(o.ElevationRad!.Value - bias.ElevationRad!.Value);
            var local = (o.RangeKm!.Value - bias.RangeKm!.Value) * new Vector3d(cosElevation * sinAzimuth, cosElevation * cosAzimuth, sinElevation);
            var geocentric = pass[i].Sensor.Site with { LatitudeRad = Math.Asin(place.Z / place.Norm) };
            var itrf = place + Wgs84.ItrfToEastNorthUp(geocentric).TransposedTimes(local);
            // The publication's axes: true equator of date, x turned from the Greenwich meridian by mean sidereal time.
            var ofDate = Matrix3.RotationZ(-MeanSiderealTimeRad(o.Epoch)) * itrf;
            worst = Math.Max(worst, ofDate.DistanceTo(earthRadiusKm * new Vector3d(published[i][0], published[i][1], published[i][2])));
        }
        Figure.Say("GEOS-3, positions of ten radar observations", "the positions printed in GEOS2.TXT", "max", worst * 1e3, "m");
        Assert.InRange(worst, 0, 0.02);
    }

    [Fact]
    public void FromPass_Geos3_LiesWithinItsSigmaOfPublishedCorrection()
    {
        var fitter = new OrbitFitter(new Propagator(new ForceModel(ForceModelOptions.Light)), new MeasurementModel(EarthRotation.Default, SignalConventions.Corrected));
        var pass = FirstEleven();
        var fit = Testing.Fitted(InitialOrbit.FromPass(pass, fitter));
        Assert.True(KeplerianElements.TryFromState(fit.State, out var elements));
        // Elements in GEOS2.TXT, first iteration that converged: a 7216.96 km, i 114.934 degrees; two minutes of data give no more digits.
        Assert.Equal(7_216.96, elements.SemiMajorAxisKm, 40.0);
        Assert.Equal(114.934, elements.InclinationRad / Testing.RadPerDegree, 0.15);
    }

    private static List<SensorObservation> FirstEleven()
    {
        const double rad = Testing.RadPerDegree;
        var kaena = new Sensor(SensorId.Parse("932"), PartnerId.Parse("kaena"), "Kaena Point", new Geodetic(21.572070 * rad, 201.733260 * rad, 0.30045965),
            new MeasurementFigures(0.0925, 0.0224 * rad, 0.0139 * rad, null), new MeasurementFigures(0.080, 0.0081 * rad, 0.0045 * rad, null));
        return [.. ReferenceData.Lines("obs/ssn-b3/7734.OBS").Where(line => line.Length > 46).Take(11).Select(line => new SensorObservation(kaena, Decode(line)))];
    }

    private static Observation Decode(string line)
    {
        double number(int at, int length) => double.Parse(line.AsSpan(at, length), NumberStyles.Float, CultureInfo.InvariantCulture);
        int field(int at, int length) => int.Parse(line.AsSpan(at, length), CultureInfo.InvariantCulture);
        Assert.True(Utc.TryCreate(new DateOnly(1900 + field(9, 2), 1, 1).AddDays(field(11, 3) - 1), field(14, 2), field(16, 2), field(18, 2), field(20, 3) * 1_000_000, out var epoch));
        return new Observation(SensorId.Parse("932"), epoch, number(38, 7) * 1e-5 * Math.Pow(10, field(45, 1)),
            number(30, 7) * 1e-4 * Testing.RadPerDegree, number(23, 6) * 1e-4 * Testing.RadPerDegree, null, line[1..6]);
    }

    /// <summary>Greenwich mean sidereal time, IAU 1982, UT1 taken as UTC (here 0.4 s apart: 30 m on the orbit).</summary>
    private static double MeanSiderealTimeRad(Epoch epoch)
    {
        double utcDays = (Utc.ToDateTime(epoch) - new DateTimeOffset(2000, 1, 1, 12, 0, 0, TimeSpan.Zero)).TotalDays, t = utcDays / 36_525;
        double seconds = 67_310.54841 + (876_600.0 * 3_600 + 8_640_184.812866) * t + 0.093104 * t * t;
        return seconds % 86_400 / 86_400 * Math.Tau;
    }
}
