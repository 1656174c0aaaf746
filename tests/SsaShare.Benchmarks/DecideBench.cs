using System.Diagnostics;
using System.Globalization;
using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Benchmarks;

/// <summary>
/// `bench decide`: release decisions per second on one core for agreements of 5, 50 and 500 clauses with what they allocate, and what such an agreement
/// costs an exchange: a node pulls the same feed under one of 50 clauses and under one of a single clause, in turns.
/// </summary>
public static class DecideBench
{
    private const int Decisions = 1_000_000, Rounds = 7;

    /// <param name="args"><c>--records N</c>, default 100,000: records of the feed that is exchanged in each round.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        int records = args is ["--records", { } text] ? int.Parse(text, CultureInfo.InvariantCulture) : 100_000;
        double allocated = 0;
        foreach (int clauses in new[] { 5, 50, 500 })
        {
            var (perSecond, bytes) = Measure(BenchAgreements.Fix(BenchAgreements.Selective(clauses)));
            allocated = Math.Max(allocated, bytes);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT decisions_per_s_{clauses} {perSecond:F0} decisions/s"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT decision_alloc_bytes {allocated:F3} bytes/decision"));
        double ratio = await ExchangeRounds.MeasureAsync(records);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RESULT exchange_conditional_vs_unconditional {ratio:F3} ratio"));
        return 0;
    }

    /// <summary>Median over rounds after one that does not count; the records differ in object, regime, class and marking.</summary>
    private static (double PerSecond, double Bytes) Measure(Agreement agreement)
    {
        var facts = Enumerable.Range(0, 256).Select(Facts).ToArray();
        var now = BenchAgreements.At(2026, 7);
        var perSecond = new List<double>();
        long allocated = 0;
        for (int round = 0; round <= Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            int released = 0;
            for (int i = 0; i < Decisions; i++)
                if (ReleasePolicy.Decide(facts[i & 255], ReleaseForm.Full, agreement, AgreementState.Active, BenchAgreements.Provider, BenchAgreements.Reader, now, TimeSpan.MaxValue).IsReleased) released++;
            var took = Stopwatch.GetElapsedTime(start);
            if (released is 0 or Decisions) throw new InvalidOperationException($"{released} of {Decisions} released: the agreement decides nothing.");
            if (round == 0) continue;
            perSecond.Add(Decisions / took.TotalSeconds);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }
        return (perSecond.Order().ElementAt(Rounds / 2), (double)allocated / Rounds / Decisions);
    }

    private static RecordFacts Facts(int i) => new(
        i % 8 == 7 ? RecordClass.OrbitState : RecordClass.Observation, BenchAgreements.Provider, SensorId.Parse($"RADAR-{i % 5}"),
        i % 16 == 0 ? null : (10_000 + i % 120).ToString(CultureInfo.InvariantCulture), i % 3 == 0 ? OrbitalRegime.Leo : OrbitalRegime.Unspecified, BenchAgreements.At(2026, 1 + i % 6),
        new Label(i % 10 == 0 ? HandlingLevel.Restricted : HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false));
}

/// <summary>Agreements of given sizes between two partners that exist for the benchmark only.</summary>
internal static class BenchAgreements
{
    public static readonly PartnerId Provider = PartnerId.Parse("pacific"), Reader = PartnerId.Parse("atlantic");

    public static Epoch At(int year, int month) => Utc.FromDateTime(new DateTimeOffset(year, month, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>One clause that gives everything.</summary>
    public static string Unconditional() => "grants:\n  - {id: all, from: [pacific]}\n";

    /// <summary>Grants by object, sensor, level and time, prohibitions by object: some records pass, some do not.</summary>
    public static string Selective(int clauses)
    {
        var yaml = new StringBuilder("grants:\n");
        int grants = clauses * 4 / 5;
        for (int i = 0; i < grants; i++)
            yaml.Append(CultureInfo.InvariantCulture, $"  - {{id: grant-{i}, from: [pacific], to: [atlantic], record_classes: [observation], objects: [{10_000 + 2 * i}, {10_001 + 2 * i}], max_level: partners_only, epoch_from: 2025-01-01T00:00:00Z, purposes: [fusion]}}\n");
        yaml.Append("prohibitions:\n");
        for (int i = 0; i < clauses - grants; i++)
            yaml.Append(CultureInfo.InvariantCulture, $"  - {{id: prohibition-{i}, to: [atlantic], objects: [{10_000 + 7 * i}], regimes: [GEO]}}\n");
        return yaml.ToString();
    }

    /// <summary>50 clauses that together give everything that the feed holds, and look at each record: each object has a grant of its own, prohibitions are about objects that the feed has not.</summary>
    public static string FiftyClausesForTheWholeFeed(int objects)
    {
        var yaml = new StringBuilder("grants:\n");
        for (int g = 0; g < 40; g++)
            yaml.Append(CultureInfo.InvariantCulture, $"  - {{id: grant-{g}, from: [pacific], record_classes: [observation], objects: [{string.Join(", ", Enumerable.Range(0, objects).Where(i => i % 40 == g).Select(i => 10_000 + i))}], max_level: partners_only}}\n");
        yaml.Append("prohibitions:\n");
        for (int p = 0; p < 10; p++) yaml.Append(CultureInfo.InvariantCulture, $"  - {{id: prohibition-{p}, from: [pacific], objects: [{90_000 + p}], sensors: [ascension-354]}}\n");
        return yaml.ToString();
    }

    public static string Document(string clauses, string reader = "atlantic") => $"""
        kind: ssashare/agreement/v1
        title: Benchmark
        parties: [pacific, {reader}]
        valid_from: 2026-01-01T00:00:00Z
        valid_until: 2036-01-01T00:00:00Z
        data_modes: [REAL]
        {clauses}
        """;

    public static AgreementDraft Draft(string document)
    {
        var result = AgreementDraft.ReadYaml(Encoding.UTF8.GetBytes(document));
        return result.TryGetValue(out var draft) ? draft : throw new FormatException(string.Join('\n', result.Issues));
    }

    public static Agreement Fix(string clauses)
    {
        var cards = new[] { Provider, Reader }.ToDictionary(partner => partner, Card);
        return Agreement.Fix(Draft(Document(clauses)), partner => cards[partner]);
    }

    private static SignedNodeCard Card(PartnerId partner)
    {
        using var key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        using var log = NoteSigner.Generate($"{partner}.example");
        using var witness = NoteSigner.Generate($"{partner}.witness", NoteSignatureType.CosignatureV1);
        using var recovery = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        return new NodeCard(partner.Value, partner.Value, new Uri("https://localhost:5001"), key.VerificationKey, log.Verifier, witness.Verifier, recovery.VerificationKey, [new SpkiPin(Hash256.Of(Encoding.ASCII.GetBytes(partner.Value)))], [], DateTimeOffset.UnixEpoch).Sign(key);
    }
}
