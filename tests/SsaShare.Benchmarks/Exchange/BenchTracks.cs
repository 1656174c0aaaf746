using System.Globalization;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Protocol;

namespace SsaShare.Benchmarks;

/// <summary>Tracks of 500 objects in turn: four figures every 30 s, for about a year, then again from its beginning with other figures.</summary>
internal static class BenchTracks
{
    private const int Objects = 500, Year = 1_000_000;
    private static readonly SensorId Sensor = SensorId.Parse("KAENA-POINT");
    private static readonly Epoch Begin = BenchAgreements.At(2026, 1);
    private static readonly SealedLabel Label = LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false));

    /// <summary>Observations as a sensor gives them; the same numbers give the same ones.</summary>
    public static List<Observation> Observe(int first, int count)
    {
        var random = new Random(first);
        var observations = new List<Observation>(count);
        for (int i = first; i < first + count; i++)
        {
            observations.Add(new Observation(Sensor, Begin.PlusSeconds(i % Year * 30.0), 800 + 3_000 * random.NextDouble(), Math.Tau * random.NextDouble(),
                Math.PI / 2 * random.NextDouble(), 7 * random.NextDouble(), (10_000 + i / 100 % Objects).ToString(CultureInfo.InvariantCulture)));
        }
        return observations;
    }

    /// <summary>A manoeuvre notice that no other number gives.</summary>
    public static SealedRecord SealNotice(int number)
        => RecordFactory.Seal(new ManeuverNotice("10000", ManeuverStatus.Planned, Begin.PlusSeconds(number), Begin.PlusSeconds(number + 60), new Vector3d(0, 0.001, 0), null, null), BenchAgreements.Provider, Label);

    /// <summary>The record that <see cref="BenchAgreements.Provider"/> makes of one.</summary>
    public static SealedRecord Seal(Observation observation) => Seal(observation, BenchAgreements.Provider);

    /// <summary>The record that a partner makes of one.</summary>
    public static SealedRecord Seal(Observation observation, PartnerId originator) => RecordFactory.Seal(observation, originator, Label);
}
