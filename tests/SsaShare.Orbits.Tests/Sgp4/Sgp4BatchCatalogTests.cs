using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>The batches against the scalar form on whole catalogs: every satellite at several times.</summary>
public sealed class Sgp4BatchCatalogTests
{
    public static TheoryData<string, Sgp4Vectors> Cases { get; } = new()
    {
        { "catalogs/2013-10-23-lidtke/spaceTrack3LEs_23_10_2013.txt.gz", Sgp4Vectors.Eight },
        { "catalogs/2013-10-23-lidtke/spaceTrack3LEs_23_10_2013.txt.gz", Sgp4Vectors.Four },
        { "catalogs/2022-08-09/tle.txt.gz", Sgp4Vectors.Eight },
        { "catalogs/2022-08-09/tle.txt.gz", Sgp4Vectors.Four },
        { "catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz", Sgp4Vectors.Eight },
        { "catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz", Sgp4Vectors.Four },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Propagate_Catalog_EqualsTheScalarForm(string file, Sgp4Vectors vectors)
    {
        double[] minutes = [-4_321.5, -180, 0, 37.25, 719, 1_440, 5_040, 10_080];
        var batch = new Sgp4Batch(Catalog(file), vectors: vectors);
        var states = batch.CreateStates(minutes.Length);
        batch.PropagateMinutes(minutes, states);

        int valid = 0, refused = 0;
        double worst = 0, worstKm = 0;
        var misses = new List<string>();
        for (int i = 0; i < batch.Count; i++)
        for (int j = 0; j < minutes.Length; j++)
        {
            var (expected, actual) = (batch.Satellites[i].Propagate(minutes[j]), states[i, j]);
            if (expected.Error != actual.Error)
            {
                misses.Add($"{batch.Satellites[i].Elements} at {minutes[j]}: {expected.Error}, {actual.Error}");
                continue;
            }
            if (!expected.IsValid)
            {
                refused++;
                Assert.True(double.IsNaN(actual.PositionKm.X));
                continue;
            }
            valid++;
            double km = expected.PositionKm.DistanceTo(actual.PositionKm), distanceKm = expected.PositionKm.Norm;
            double share = km / Sgp4Tolerance.Km(batch.Satellites[i], minutes[j], distanceKm);
            (worst, worstKm) = (Math.Max(worst, share), Math.Max(worstKm, km));
            if (!(share <= 1 && (expected.VelocityKmPerS - actual.VelocityKmPerS).Norm <= Sgp4Tolerance.KmPerS(batch.Satellites[i], minutes[j], distanceKm, expected.VelocityKmPerS.Norm)))
                misses.Add($"{batch.Satellites[i].Elements} at {minutes[j]}: {share:G3} of the tolerance");
        }
        string name = $"SGP4, {(vectors == Sgp4Vectors.Eight ? "eight" : "four")} at a time, catalog of {file.Split('/')[1][..10]}, {batch.Count} satellites, {valid} states, {refused} refused";
        Figure.Say(name, "one at a time", "max", worstKm, "km");
        Figure.Say(name, "one at a time", "errors that differ", misses.Count, "");
        Assert.True(misses.Count == 0, string.Join('\n', misses.Take(20)));
        Assert.True(valid > 10 * refused);
    }

    private static IEnumerable<ElementSet> Catalog(string file) => file.EndsWith(".csv.gz", StringComparison.Ordinal) ? ElementTable.Read(file) : ElementLines.Read(ReferenceData.Lines(file));
}
