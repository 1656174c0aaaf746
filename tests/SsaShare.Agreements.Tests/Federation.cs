using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Agreements.Tests;

/// <summary>Partners with keys and node cards, made once; agreements among them from YAML or from the seeds.</summary>
internal static class Federation
{
    public static readonly PartnerId Atlantic = PartnerId.Parse("atlantic");
    public static readonly PartnerId Caribbean = PartnerId.Parse("caribbean");
    public static readonly PartnerId Pacific = PartnerId.Parse("pacific");
    public static readonly PartnerId Fusion = PartnerId.Parse("fusion");
    public static readonly PartnerId Stranger = PartnerId.Parse("stranger");
    public static readonly Epoch Now = At("2026-07-01T00:00:00Z");

    private static readonly Dictionary<PartnerId, SigningKey> Keys = new[] { Atlantic, Caribbean, Pacific, Fusion, Stranger }
        .ToDictionary(partner => partner, _ => SigningKey.Generate(SignatureAlgorithm.Ed25519));

    private static readonly Dictionary<PartnerId, SignedNodeCard> Cards = Keys.ToDictionary(pair => pair.Key, pair => MakeCard(pair.Key.Value, pair.Value));

    public static IEnumerable<NodeCard> Pinned => Cards.Values.Select(card => card.Card);

    public static SigningKey Key(PartnerId partner) => Keys[partner];

    public static SignedNodeCard? Card(PartnerId partner) => Cards.GetValueOrDefault(partner);

    public static SignedNodeCard MakeCard(string partner, SigningKey key)
    {
        using var log = NoteSigner.Generate($"{partner}.example");
        using var witness = NoteSigner.Generate($"{partner}.witness", NoteSignatureType.CosignatureV1);
        using var recovery = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        return new NodeCard(partner, partner, new Uri("https://localhost:5001"), key.VerificationKey, log.Verifier, witness.Verifier, recovery.VerificationKey,
            [new SpkiPin(Hash256.Of(Encoding.ASCII.GetBytes(partner)))], [], DateTimeOffset.UnixEpoch).Sign(key);
    }

    public static Epoch At(string utc) => Utc.TryParse(utc, out var epoch) ? epoch : throw new FormatException(utc);

    public static AgreementDraft Draft(string yaml)
    {
        var result = AgreementDraft.ReadYaml(Encoding.UTF8.GetBytes(yaml));
        return result.TryGetValue(out var draft) ? draft : throw new FormatException(string.Join('\n', result.Issues));
    }

    /// <summary>An agreement between atlantic and pacific whose grants and prohibitions are given as YAML.</summary>
    public static Agreement Between(string clauses, string parties = "atlantic, pacific", string modes = "REAL", string until = "2036-01-01T00:00:00Z", string extra = "")
        => Agreement.Fix(Draft($"""
            kind: ssashare/agreement/v1
            title: A test
            parties: [{parties}]
            valid_from: 2026-01-01T00:00:00Z
            valid_until: {until}
            data_modes: [{modes}]
            {extra}
            {clauses}
            """), Card);

    public static Agreement Seed(string name) => Agreement.Fix(Draft(File.ReadAllText(Path.Combine(SeedFolder, name + ".yaml"))), Card);

    public static string SeedFolder
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "SsaShare.sln"))) return Path.Combine(folder.FullName, "seeds", "agreements");
            throw new DirectoryNotFoundException("No SsaShare.sln above the test's folder.");
        }
    }

    /// <summary>A real radar observation of pacific's, partners only, tagged 81900.</summary>
    public static RecordFacts Observation(
        PartnerId? originator = null, string? sensor = "KAENA-POINT", string? tag = "81900", OrbitalRegime regime = OrbitalRegime.Unspecified,
        RecordClass recordClass = RecordClass.Observation, HandlingLevel level = HandlingLevel.PartnersOnly, DataMode mode = DataMode.Real,
        string[]? releasableTo = null, bool originatorControlled = false)
        => new(recordClass, originator ?? Pacific, sensor is null ? null : SensorId.Parse(sensor), tag, regime, At("1996-12-16T00:00:00Z"),
            new Label(level, mode, releasableTo is null ? null : [.. releasableTo], originatorControlled));
}
