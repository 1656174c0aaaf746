using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace SsaShare.Formats.Tests;

/// <summary>The seed observations against the cards they were made from (reference data, obs/ssn-b3), read here a second time.</summary>
public sealed partial class SeedSourceTests
{
    [Theory]
    [InlineData("atlantic/ascension-1996-12.tdm", "5398.obs.gz", "354", 96350, 96352)]
    [InlineData("caribbean/antigua-1996-12.tdm", "5398.obs.gz", "363", 96350, 96352)]
    [InlineData("pacific/kaena-point-1996-12.tdm", "5398.obs.gz", "932", 96350, 96352)]
    [InlineData("pacific/kaena-point-1995-01.tdm", "7734.OBS", "932", 95029, 95033)]
    public void SeedObservations_AreTheCardsOfTheirSensorAndDays(string seed, string source, string sensor, int firstDay, int lastDay)
    {
        var expected = Cards(source).Where(card => card.Sensor == sensor && card.Day >= firstDay && card.Day <= lastDay).OrderBy(card => card.Epoch).ToList();
        var actual = Observations(seed);

        Assert.Equal(expected.Count, actual.Count);
        foreach (var (card, observation) in expected.Zip(actual))
        {
            Assert.Equal((card.Epoch, card.Tag), (observation.Epoch, observation.ObjectTag));
            Assert.Equal(card.RangeKm, observation.RangeKm!.Value, 1e-6);
            Assert.Equal(card.AzimuthDeg, observation.AzimuthRad!.Value * 180 / Math.PI, 1e-9);
            Assert.Equal(card.ElevationDeg, observation.ElevationRad!.Value * 180 / Math.PI, 1e-9);
            Assert.Equal(card.RangeRateKmPerS is null, observation.RangeRateKmPerS is null);
            Assert.Equal(card.RangeRateKmPerS ?? 0, observation.RangeRateKmPerS ?? 0, 1e-9);
        }
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

    private sealed record Card(string Tag, string Sensor, int Day, Epoch Epoch, double RangeKm, double AzimuthDeg, double ElevationDeg, double? RangeRateKmPerS);

    private static IEnumerable<Card> Cards(string source)
    {
        using Stream file = File.OpenRead(TestFiles.Reference($"obs/ssn-b3/{source}"));
        using var reader = new StreamReader(source.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('U')) continue;
            string time = $"19{line[9..11]}-{line[11..14]}T{line[14..16]}:{line[16..18]}:{line[18..20]}.{line[20..23]}";
            Assert.True(Utc.TryParse(time, out var epoch), time);
            // The power of ten of 7734.OBS is 1 below 1,000 km although its mantissa still counts metres.
            int power = source == "7734.OBS" ? 2 : line[45] - '0';
            double? rate = string.IsNullOrWhiteSpace(line[47..54]) ? null : Punched(line[47..54]) / 1e5;
            yield return new Card(line[1..6], line[6..9], int.Parse(line[9..14], CultureInfo.InvariantCulture), epoch,
                Punched(line[38..45]) * Math.Pow(10, power - 5), Punched(line[30..37]) / 1e4, Punched(line[23..29]) / 1e4, rate);
        }
    }

    /// <summary>Digits of which the first may carry the sign: '-' or '}' for -0, 'J' to 'R' for -1 to -9.</summary>
    private static double Punched(string digits)
    {
        int first = "}JKLMNOPQR".IndexOf(digits[0], StringComparison.Ordinal);
        if (digits[0] == '-') first = 0;
        double rest = double.Parse(digits[1..], NumberStyles.None, CultureInfo.InvariantCulture);
        return first >= 0 ? -(first * Math.Pow(10, digits.Length - 1) + rest) : double.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^  9322449746\.61\d+ .* ([\d.]+) +([\d.]+)\s*$")]
    private static partial Regex ListedAngles();
}
