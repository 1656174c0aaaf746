using SsaShare.Domain;

namespace SsaShare.Agreements.Tests;

/// <summary>Things to degrade, and profiles to degrade them by. Everything from fixed seeds.</summary>
internal static class Sky
{
    private static readonly Label Label = new(HandlingLevel.PartnersOnly, DataMode.Real, null, false);

    public static DegradationKey Key { get; } = new("provider's secret, 32 bytes long"u8);

    public static DegradationProfile Profile(DegradationFigures figures, params RemovedField[] remove)
        => ProfileId.TryParse("coarse", out var id) ? new DegradationProfile(id, figures, [.. remove]) : throw new FormatException();

    /// <summary>Anywhere above the horizon up to 85 degrees.</summary>
    public static IEnumerable<Observation> Observations(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            yield return new Observation(SensorId.Parse("S1"), new Epoch(random.NextInt64(1_000_000_000_000_000_000)), 400 + 3_000 * random.NextDouble(),
                Math.Tau * random.NextDouble(), 85 * Math.PI / 180 * random.NextDouble(), 14 * (random.NextDouble() - 0.5), "25544");
        }
    }

    public static ItemNoise NoiseOf(Observation observation, string recipient = "atlantic")
        => Key.NoiseOf(MeasuredItem.Of(Facts(observation), "payload"u8), PartnerId.Parse(recipient));

    public static RecordFacts Facts(Observation observation)
        => new(RecordClass.Observation, Federation.Pacific, observation.Sensor, observation.ObjectTag, OrbitalRegime.Unspecified, observation.Epoch, Label);

    /// <summary>Near-circular low orbits in all directions.</summary>
    public static IEnumerable<CartesianState> States(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            double radius = 6_800 + 1_000 * random.NextDouble(), speed = Math.Sqrt(398_600.4418 / radius);
            Vector3d up = Direction(random), across = Direction(random);
            var along = up.Cross(across).Unit();
            yield return new CartesianState(new Epoch(random.NextInt64(1_000_000_000_000_000_000)), Frame.Gcrf, radius * up, speed * along);
        }
    }

    public static ItemNoise NoiseOf(OrbitState state, string recipient = "atlantic")
    {
        var facts = new RecordFacts(RecordClass.OrbitState, Federation.Pacific, null, state.ObjectTag, OrbitalRegime.Leo, state.State.Epoch, Label);
        return Key.NoiseOf(MeasuredItem.Of(facts, "payload"u8), PartnerId.Parse(recipient));
    }

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

    private static Vector3d Direction(Random random) => new Vector3d(Normal(random), Normal(random), Normal(random)).Unit();
}
