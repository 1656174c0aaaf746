using System.Globalization;
using System.Text.RegularExpressions;

namespace SsaShare.Formats.Tests;

/// <summary>The seed observations against the cards they were made from (reference data, obs/ssn-b3).</summary>
public sealed partial class SeedSourceTests
{
    [Theory]
    [InlineData("atlantic/ascension-1996-12.tdm", "5398.obs.gz", "354", 96350, 96352)]
    [InlineData("caribbean/antigua-1996-12.tdm", "5398.obs.gz", "363", 96350, 96352)]
    [InlineData("pacific/kaena-point-1996-12.tdm", "5398.obs.gz", "932", 96350, 96352)]
    [InlineData("pacific/kaena-point-1995-01.tdm", "7734.OBS", "932", 95029, 95033)]
    public void SeedObservations_AreTheCardsOfTheirSensorAndDays(string seed, string source, string sensor, int firstDay, int lastDay)
    {
        var expected = Cards(source).Where(card => card.Station.Id == sensor && Day(card) >= firstDay && Day(card) <= lastDay).OrderBy(card => card.Time!.Value.Epoch).ToList();
        var actual = Observations(seed);

        Assert.Equal(expected.Count, actual.Count);
        foreach (var (card, observation) in expected.Zip(actual))
        {
            Assert.Equal((card.Time!.Value.Epoch, card.Target.Number), (observation.Epoch, observation.ObjectTag));
            Assert.Equal(card.RangeKm!.Value, observation.RangeKm!.Value, 1e-6);
            Assert.Equal(card.Angles!.Angle1Deg, observation.AzimuthRad!.Value * 180 / Math.PI, 1e-9);
            Assert.Equal(card.Angles.Angle2Deg, observation.ElevationRad!.Value * 180 / Math.PI, 1e-9);
            Assert.Equal(card.RangeRateKmPerS is null, observation.RangeRateKmPerS is null);
            Assert.Equal(card.RangeRateKmPerS ?? 0, observation.RangeRateKmPerS ?? 0, 1e-9);
        }
    }

    [Theory]
    [InlineData("ssn-b3/5398.obs.gz", 23_914, 3, "elevation")] // -17 degrees: 97024 07:20:43 and the two seconds after it.
    [InlineData("ssn-b3/7734.OBS", 342, 28, "range")] // A number that begins with 0 may stand for ten times as much.
    public void Cards_ReadAsObservations_AreTakenUnlessTheirMeaningIsOpen(string file, int taken, int refused, string field)
    {
        var options = new ObservationReadOptions { FileName = file, Now = TestFiles.Now, KeepsRefused = true };
        var items = new ObservationReader(new MemoryStream(ObservationFiles.Bytes(file)), SpaceObservationFormats.B3, options).Read().ToList();
        Assert.Equal((taken, refused), (items.Count(item => item.Observation is not null), items.Count(item => item.Refused is not null)));
        Assert.All(items.Where(item => item.Issue?.Severity == IssueSeverity.Refused), item => Assert.Equal(field, item.Issue!.Field));
    }

    [Fact]
    public void SeedObservations_LessThePublishedBias_AreTheAnglesOfTheReferenceSolution()
    {
        // GEOS1.TXT lists the first pass's azimuth and elevation, degrees, less the biases 0.0081 and 0.0045 that it names above.
        var listed = File.ReadLines(TestFiles.Reference("obs/ssn-b3/GEOS1.TXT")).Select(line => ListedAngles().Match(line)).Where(match => match.Success).Take(11).ToList();
        Assert.Equal(11, listed.Count);
        foreach (var (match, observation) in listed.Zip(Observations("pacific/kaena-point-1995-01.tdm")))
        {
            Assert.Equal(double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), observation.AzimuthRad!.Value * 180 / Math.PI - 0.0081, 0.005);
            Assert.Equal(double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), observation.ElevationRad!.Value * 180 / Math.PI - 0.0045, 0.005);
        }
    }

    private static List<Observation> Observations(string seed)
        => [.. TestFiles.ReadTdm(File.ReadAllBytes(TestFiles.Seed($"observations/{seed}"))).Items.Select(item => item.Observation!)];

    /// <summary>YYDDD.</summary>
    private static int Day(ObservationRecord card)
        => Utc.TrySplit(card.Time!.Value.Epoch, out var day, out _) ? day.Year % 100 * 1_000 + day.DayOfYear : throw new InvalidOperationException("Before 1972.");

    private static IEnumerable<ObservationRecord> Cards(string source)
    {
        foreach (var record in ObservationFiles.Read(SpaceObservationFormats.B3, ObservationFiles.Bytes($"ssn-b3/{source}")).Values())
        {
            // The power of ten of 7734.OBS is 1 below 1,000 km although its mantissa still counts metres: its reader tells so with a notice.
            yield return source == "7734.OBS" && record.Card!.RangeExponent == 1 ? record with { RangeKm = record.RangeKm * 10 } : record;
        }
    }

    [GeneratedRegex(@"^  9322449746\.61\d+ .* ([\d.]+) +([\d.]+)\s*$")]
    private static partial Regex ListedAngles();
}
