using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion.Tests;

/// <summary>Sources in one crowded shell, and what is told of them as text, to the last bit.</summary>
internal static class BoardScene
{
    public static readonly Epoch Start = At("2024-11-01T00:20:00Z");

    public static readonly PartnerId[] Partners = [.. new[] { "alpha", "bravo", "carol", "delta" }.Select(PartnerId.Parse)];

    public static BoardOptions Options { get; } = new() { Ahead = TimeSpan.FromHours(2), Block = TimeSpan.FromMinutes(40), Volume = ScreeningVolume.Sphere(120), HistoryWithinKm = 90, Threads = 2, Step = TimeSpan.Zero };

    public static Epoch At(string utc) => Utc.TryParse(utc, out var epoch) ? epoch : throw new FormatException(utc);

    public static RecordId Record(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static ElementSet InShell(Random random)
        => new(null, Start.PlusSeconds(-86_400 * random.NextDouble()), 14.5 + 0.01 * random.NextDouble(), 0.0005 * random.NextDouble(), Math.PI * random.NextDouble(), Math.Tau * random.NextDouble(),
            Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble(), 1e-4 * random.NextDouble(), 0, 0);

    /// <summary>The same orbit a little better known: half a kilometre along the track.</summary>
    public static ElementSet Refined(ElementSet elements, Random random) => elements with { MeanAnomalyRad = elements.MeanAnomalyRad + 1.5e-4 * (random.NextDouble() - 0.5) };

    public static OrbitSource Source(long number, PartnerId originator, ElementSet elements, Epoch asOf, string record, DataMode mode = DataMode.Real, AssumedUncertainty? assumed = null)
        => new(new ObjectDesignation(number), OrbitSourceKind.ElementSet, originator, [Record(record)], mode, asOf, asOf, new EncounterObject(number, new ElementSetMotion(elements, assumed ?? AssumedUncertainty.ElementSets), 0.003));

    /// <summary>Of objects 1 to <paramref name="count"/>, partner by partner.</summary>
    public static List<OrbitSource> Crowd(Random random, int count)
        => [.. Enumerable.Range(1, count).Select(i => Source(i, Partners[i % Partners.Length], InShell(random), Start.PlusSeconds(-7_200), $"crowd {i}"))];

    public static bool All(RecordId record) => true;

    public static ReaderConjunctions Fresh(IReadOnlyCollection<OrbitSource> sources, Epoch now, BoardOptions? options = null)
    {
        var board = new ConjunctionBoard(options ?? Options);
        board.Update(sources, now);
        return board.Snapshot!.ForReader(All);
    }

    /// <summary>Everything a reader is told, in words that differ when a bit does.</summary>
    public static string Words(ReaderConjunctions told, bool withHistory = true)
    {
        var text = new StringBuilder();
        Line("window", told.From, told.Until);
        foreach (var source in told.Sources) Line("source", source.Id);
        foreach (var one in told.Conjunctions)
        {
            if (!withHistory && !one.IsCurrent) continue;
            var (a, p) = (one.Approach, one.Probability);
            Line("conjunction", one.First.Id, one.Second.Id, one.IsCurrent, one.IsSameOrbit, one.Stays, a.Id1, a.Id2, a.Tca.NanosecondsSinceJ2000, a.MissKm, a.RelativeSpeedKmPerS, a.InsideFrom.NanosecondsSinceJ2000, a.InsideTo.NanosecondsSinceJ2000, a.Traits);
            Line(" probability", p.Recommended, p.Maximum, p.Mahalanobis, p.First, p.Second, p.HardBodyRadiusKm, p.IsRadiusAssumed);
            foreach (var warning in p.Warnings) Line(" warning", warning);
            if (!withHistory) continue;
            Line(" id", one.Id);
            foreach (var entry in one.History) Line(" entry", entry);
        }
        foreach (var group in told.Groups) Line("group", group.HasSameOrbit, string.Join(' ', group.Sources.Select(source => source.Id)));
        foreach (var issue in told.Issues) Line("issue", issue.Source.Id, issue.Kind, issue.From.NanosecondsSinceJ2000, issue.To.NanosecondsSinceJ2000, issue.Detail);
        return text.ToString();

        void Line(params object?[] parts) => text.AppendJoin(" | ", parts.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture))).Append('\n');
    }
}
