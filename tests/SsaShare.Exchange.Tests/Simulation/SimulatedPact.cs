using System.Buffers.Binary;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>Agreements from pacific to atlantic, records of pacific at different ages, and a degrader that leaves something of everything but what is tagged so.</summary>
internal sealed class SimulatedPact : IRecordDegrader
{
    /// <summary>Coarse at once, as published after a day; nothing of 7734.</summary>
    public const string Delayed = """
        degradation_profiles:
          - id: coarse
            range_sigma_km: 1
        grants:
          - id: early
            record_classes: [observation]
            purposes: [fusion, research]
            degradation: coarse
          - id: late
            record_classes: [observation]
            delay: 24h
        prohibitions:
          - id: not-that-one
            objects: ["7734"]
        """;

    public static readonly Epoch Now = Sample.Now;
    private static readonly Dictionary<PartnerId, SignedNodeCard> Cards = new() { [Sample.Atlantic] = Card(Sample.Atlantic, Sample.AtlanticKey), [Sample.Pacific] = Card(Sample.Pacific, Sample.PacificKey) };
    private static long _next;

    /// <summary>The tag of records of which no profile leaves anything.</summary>
    public const string Bare = "bare";

    public int Degraded { get; private set; }

    public static Agreement Fix(string clauses)
    {
        var draft = AgreementDraft.ReadYaml(Sample.Utf8($"""
            kind: ssashare/agreement/v1
            title: A simulation
            parties: [atlantic, pacific]
            valid_from: 2026-01-01T00:00:00Z
            valid_until: 2036-01-01T00:00:00Z
            data_modes: [REAL]
            {clauses}
            """));
        return Agreement.Fix(draft.TryGetValue(out var terms) ? terms : throw new InvalidOperationException(string.Join("; ", draft.Issues)), Cards.GetValueOrDefault);
    }

    /// <summary>From pacific to atlantic, in force.</summary>
    public AgreementSimulation Simulate(Agreement agreement, AgreementState state = AgreementState.Active) => new(agreement, state, Sample.Pacific, Sample.Atlantic, Now, this, _ => null);

    public static SealedRecord Record(string tag = "5398")
    {
        byte[] payload = new byte[40];
        BinaryPrimitives.WriteInt64BigEndian(payload, Interlocked.Increment(ref _next));
        return SealedRecord.Seal(payload, Sample.Label, new RecordFacts(RecordClass.Observation, Sample.Pacific, SensorId.Parse("kaena-point-932"), tag, OrbitalRegime.Meo, Now, Sample.Label.Parsed));
    }

    public static Publication Publish(TimeSpan age, params IReadOnlyList<SealedRecord> records) => Publication.Create(Sample.Pacific, records, Sample.PacificKey, Now.Plus(-age), "trace");

    public SealedRecord? Degrade(PublishedRecord original, DegradationProfile profile, AgreementId agreement, PartnerId provider, PartnerId recipient)
    {
        if (original.Record.Facts.ObjectTag == Bare) return null;
        Degraded++;
        var facts = original.Record.Facts with { Form = ReleaseForm.Degraded(profile.Id), DegradedUnder = agreement };
        return SealedRecord.Seal((byte[])[.. original.Record.Payload.Span, 1], original.Record.Label, facts) with
        {
            Mark = new DegradationMark(profile.Id, provider, agreement, original.LeafHash, new AddedSigma { RangeKm = 1 }, profile.Remove),
        };
    }

    private static SignedNodeCard Card(PartnerId partner, SigningKey key)
    {
        using var log = NoteSigner.Generate($"{partner}.example");
        using var witness = NoteSigner.Generate($"{partner}.witness", NoteSignatureType.CosignatureV1);
        using var recovery = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        return new NodeCard(partner.Value, partner.Value, new Uri("https://127.0.0.1:5001"), key.VerificationKey, log.Verifier, witness.Verifier, recovery.VerificationKey, [new SpkiPin(Hash256.Of(Sample.Utf8(partner.Value)))], [], DateTimeOffset.UnixEpoch).Sign(key);
    }
}
