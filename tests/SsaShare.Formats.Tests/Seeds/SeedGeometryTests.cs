namespace SsaShare.Formats.Tests;

/// <summary>Where the seed observations put their object, by plain geometry: a wrong digit, sign or unit moves it out of its orbit.</summary>
public sealed class SeedGeometryTests
{
    private const double EquatorKm = 6378.137, EccentricitySquared = 6.694379990141e-3;

    // Heights above the equator's radius and inclinations: NORAD 5398, RIGIDSPHERE 2 (LCS 4), flies in 87.62 degrees; NORAD 7734, GEOS-3, in 114.98.
    [Theory]
    [InlineData("atlantic/ascension-1996-12.tdm", "ascension", 755, 865, 87.64)]
    [InlineData("caribbean/antigua-1996-12.tdm", "antigua", 755, 865, 87.64)]
    [InlineData("pacific/kaena-point-1996-12.tdm", "kaena-point", 755, 865, 87.64)]
    [InlineData("pacific/kaena-point-1995-01.tdm", "kaena-point", 820, 845, 114.97)]
    public void SeedObservations_LieInTheirObjectsOrbit(string file, string sensorFile, double lowestKm, double highestKm, double inclinationDeg)
    {
        var sensor = SensorFile.Read(File.ReadAllBytes(TestFiles.Seed($"sensors/{sensorFile}.json")), sensorFile, [])!;
        var observations = TestFiles.ReadTdm(File.ReadAllBytes(TestFiles.Seed($"observations/{file}"))).Items.ConvertAll(item => item.Observation!);
        Assert.All(observations, observation => Assert.InRange(Inertial(sensor.Site, observation).Norm - EquatorKm, lowestKm, highestKm));

        for (int i = 1, start = 0; i <= observations.Count; i++)
        {
            if (i < observations.Count && observations[i].Epoch.SecondsSince(observations[i - 1].Epoch) < 300) continue;
            var normal = Inertial(sensor.Site, observations[start]).Cross(Inertial(sensor.Site, observations[i - 1])).Unit();
            Assert.Equal(inclinationDeg, Math.Acos(normal.Z) * 180 / Math.PI, 0.15);
            start = i;
        }
    }

    /// <summary>Position, km, in Earth's equator turned by mean sidereal time (IAU 1982), good to a few hundred metres.</summary>
    private static Vector3d Inertial(Geodetic site, Observation observation)
    {
        (double sinLat, double cosLat) = Math.SinCos(site.LatitudeRad);
        double daysSinceJ2000 = observation.Epoch.TtSecondsSinceJ2000 / 86_400;
        double east = site.LongitudeRad + (280.46061837 + 360.98564736629 * (daysSinceJ2000 - 62.0 / 86_400)) % 360 * Math.PI / 180;
        (double sinEast, double cosEast) = Math.SinCos(east);
        double normal = EquatorKm / Math.Sqrt(1 - EccentricitySquared * sinLat * sinLat);
        var up = new Vector3d(cosLat * cosEast, cosLat * sinEast, sinLat);
        var north = new Vector3d(-sinLat * cosEast, -sinLat * sinEast, cosLat);
        var eastward = new Vector3d(-sinEast, cosEast, 0);
        var station = new Vector3d((normal + site.HeightKm) * up.X, (normal + site.HeightKm) * up.Y, (normal * (1 - EccentricitySquared) + site.HeightKm) * up.Z);
        (double sinAz, double cosAz) = Math.SinCos(observation.AzimuthRad!.Value);
        (double sinEl, double cosEl) = Math.SinCos(observation.ElevationRad!.Value);
        return station + observation.RangeKm!.Value * (cosEl * cosAz * north + cosEl * sinAz * eastward + sinEl * up);
    }
}
