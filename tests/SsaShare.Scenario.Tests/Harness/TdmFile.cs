using System.Globalization;
using System.Text;
using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Scenario.Tests;

/// <summary>A tracking data message with observations that no other one has.</summary>
public sealed record TdmFile(string Name, byte[] Content, int Count)
{
    private static readonly Epoch First = Utc.FromDateTime(new DateTimeOffset(1997, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static int _files, _observations;

    /// <param name="count">Observations in it.</param>
    /// <param name="random">For the figures.</param>
    /// <param name="sensor">Of the node that publishes it.</param>
    /// <param name="tag">The object that it claims.</param>
    public static TdmFile Random(int count, Random random, string sensor = "RADAR", string tag = "5398") => Mixed(random, (sensor, tag, count));

    /// <summary>Segments of different sensors and tags in one file.</summary>
    public static TdmFile Mixed(Random random, params (string Sensor, string Tag, int Count)[] segments)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var writer = new TdmWriter(text, new TdmHeader("2.0", "2026-11-22T00:00:00", "scenario", "", []));
        foreach (var (sensor, tag, count) in segments)
            for (int i = 0; i < count; i++)
            {
                var epoch = First.PlusSeconds(10 * Interlocked.Increment(ref _observations));
                writer.Write(new Observation(SensorId.Parse(sensor), epoch, 500 + 1_000 * random.NextDouble(), 6 * random.NextDouble(), random.NextDouble(), null, tag));
            }
        writer.Complete();
        return new TdmFile($"random-{Interlocked.Increment(ref _files)}.tdm", Encoding.UTF8.GetBytes(text.ToString()), segments.Sum(segment => segment.Count));
    }
}
