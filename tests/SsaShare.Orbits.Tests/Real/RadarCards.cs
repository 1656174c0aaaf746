using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>The real radar observations of the reference data (B3 cards) with the sensors of SENSOR.DAT that made them.</summary>
internal static class RadarCards
{
    private const double Rad = Testing.RadPerDegree;

    // Coordinates, biases and noises: SENSOR.DAT.
    private static readonly Dictionary<string, Sensor> Sensors = new()
    {
        ["354"] = Radar("354", "ascension", -7.90668, -14.40265, 0.0561, 0.0922, 0.0133, 0.0085, 0.1017, 0.0283, 0.0248),
        ["363"] = Radar("363", "antigua", 17.14360, -61.79267, 0.0005, 0.080, 0.0081, 0.0045, 0.0925, 0.0224, 0.0139),
        ["932"] = Radar("932", "kaena", 21.57208, -158.26674, 0.3002, 0.080, 0.0081, 0.0045, 0.0925, 0.0224, 0.0139),
    };

    /// <remarks>Ranges below 1,000 km of GEOS-3 are written with a leading zero and the power of ten of a number without one: 0971591 and 1 are 971.591 km.</remarks>
    /// <summary>Observations with range and both angles, ascending in time; cards of other sensors and of other layouts are left out.</summary>
    public static List<SensorObservation> Read(string file) => [.. ReferenceData.Lines(file)
        .Where(line => line.Length > 46 && Sensors.ContainsKey(line[6..9]) && char.IsAsciiDigit(line[23]) && line[38..45].Trim().Length == 7)
        .Select(Decode).OrderBy(o => o.Epoch)];

    private static SensorObservation Decode(string line)
    {
        double number(int at, int length) => double.Parse(line.AsSpan(at, length), NumberStyles.Float, CultureInfo.InvariantCulture);
        int field(int at, int length) => int.Parse(line.AsSpan(at, length), CultureInfo.InvariantCulture);
        Assert.True(Utc.TryCreate(new DateOnly(1900 + field(9, 2), 1, 1).AddDays(field(11, 3) - 1), field(14, 2), field(16, 2), field(18, 2), field(20, 3) * 1_000_000, out var epoch));
        return new SensorObservation(Sensors[line[6..9]], new Observation(SensorId.Parse(line[6..9]), epoch, number(38, 7) * 1e-5 * Math.Pow(10, line[38] == '0' ? 2 : field(45, 1)), number(30, 7) * 1e-4 * Rad, number(23, 6) * 1e-4 * Rad, null, line[1..6]));
    }

    private static Sensor Radar(string id, string owner, double latitude, double longitude, double heightKm, double biasKm, double biasAzimuth, double biasElevation, double sigmaKm, double sigmaAzimuth, double sigmaElevation)
        => new(SensorId.Parse(id), PartnerId.Parse(owner), owner, new Geodetic(latitude * Rad, longitude * Rad, heightKm),
            new MeasurementFigures(sigmaKm, sigmaAzimuth * Rad, sigmaElevation * Rad, null), new MeasurementFigures(biasKm, biasAzimuth * Rad, biasElevation * Rad, null));
}
