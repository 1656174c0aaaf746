using System.Buffers.Binary;
using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

/// <summary>Invented partners, keys and records. Payloads are opaque here: a number and some filling.</summary>
internal static class Sample
{
    public static readonly PartnerId Atlantic = PartnerId.Parse("atlantic"), Pacific = PartnerId.Parse("pacific"), Caribbean = PartnerId.Parse("caribbean");
    public static readonly SigningKey AtlanticKey = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256), PacificKey = SigningKey.Generate(SignatureAlgorithm.Ed25519);
    public static readonly NoteSigner AtlanticLog = NoteSigner.Generate("ssashare/atlantic/log"), PacificLog = NoteSigner.Generate("ssashare/pacific/log");
    public static readonly AgreementId Agreement = new(Hash256.Of("an agreement"u8));
    public static readonly Epoch Now = Utc.FromDateTime(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    public static readonly SealedLabel Label = new("label"u8.ToArray(), new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false));
    public static readonly ClauseId Grant = ClauseId.TryParse("all-observations", out var grant) ? grant : default;
    public static readonly ClauseId Prohibition = ClauseId.TryParse("not-that-one", out var prohibition) ? prohibition : default;

    private static long _next;

    /// <summary>The pinned keys: caribbean's is not.</summary>
    public static VerificationKey? FindKey(PartnerId partner)
        => partner == Atlantic ? AtlanticKey.VerificationKey : partner == Pacific ? PacificKey.VerificationKey : null;

    public static IKeyBook Keys { get; } = new TestKeys(FindKey, FindLogKey);

    public static NoteVerifier? FindLogKey(PartnerId partner)
        => partner == Atlantic ? AtlanticLog.Verifier : partner == Pacific ? PacificLog.Verifier : null;

    public static string Checkpoint(NoteSigner log, long size, Hash256 root) => Encoding.UTF8.GetString(new Checkpoint(log.Name, size, root).Sign(log).ToBytes());

    /// <summary>A record of pacific that no other call gives.</summary>
    public static SealedRecord Record(PartnerId? originator = null, string? tag = "5398", RecordClass recordClass = RecordClass.Observation)
    {
        byte[] payload = new byte[40];
        BinaryPrimitives.WriteInt64BigEndian(payload, Interlocked.Increment(ref _next));
        return SealedRecord.Seal(payload, Label, new RecordFacts(recordClass, originator ?? Pacific, SensorId.Parse("kaena-point-932"), tag,
            OrbitalRegime.Meo, Now, Label.Parsed));
    }

    public static SealedRecord[] Records(int count) => [.. Enumerable.Range(0, count).Select(_ => Record())];

    public static Publication Publish(params IReadOnlyList<SealedRecord> records) => Publication.Create(Pacific, records, PacificKey, Now, "trace");

    public static ReleaseDecision Released(in RecordFacts facts, ReleaseForm form, TimeSpan age) => ReleaseDecision.Released(Grant, Purposes.Fusion);

    /// <summary>An agreement with the full form and without delays.</summary>
    public static LaneDecision Prompt(RecordDecision decide) => new(TimeSpan.Zero, [], [ReleaseForm.Full], decide);

    /// <summary>Bytes with a few of them changed, removed or added.</summary>
    public static byte[] Mutate(byte[] bytes, Random random)
    {
        var mutated = new List<byte>(bytes);
        for (int i = random.Next(1, 4); i > 0 && mutated.Count > 0; i--)
        {
            int at = random.Next(mutated.Count);
            switch (random.Next(4))
            {
                case 0: mutated[at] = (byte)random.Next(256); break;
                case 1: mutated.RemoveAt(at); break;
                case 2: mutated.Insert(at, (byte)random.Next(256)); break;
                default: mutated.InsertRange(at, mutated.Skip(random.Next(mutated.Count)).Take(random.Next(20)).ToArray()); break;
            }
        }
        return [.. mutated];
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
