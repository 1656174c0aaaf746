using System.Reflection;
using SsaShare.Signing;

namespace SsaShare.Cli.Tests.Keys;

/// <summary>Every kind of document that the program signs, and that a signature for one of them is none for another.</summary>
public sealed class SignedKindsTests
{
    private const BindingFlags Statics = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Short, so that it is a payload of each kind.</summary>
    private static readonly byte[] Payload = "{}"u8.ToArray();

    public static TheoryData<SignatureAlgorithm> Algorithms => [.. Enum.GetValues<SignatureAlgorithm>().Where(algorithm => algorithm.IsSupported())];

    /// <summary>A new kind is a decision: it is written here, and never changes its meaning.</summary>
    [Fact]
    public void Kinds_OfTheProgram_AreThese()
    {
        Assert.Equal(
            ["ssashare/agreement-transition/v1", "ssashare/degraded/v1", "ssashare/deletion/v1", "ssashare/denial/v1", "ssashare/key-move/v1", "ssashare/manifest/v1", "ssashare/notice-receipt/v1", "ssashare/notice/v1",
             "ssashare/publication/v1", "ssashare/receipt/v1"],
            Labels().Select(label => label.Text).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["application/vnd.ssashare.agreement.v1+json", "application/vnd.ssashare.key-event.v1+json", "application/vnd.ssashare.node-card.v1+json"],
            PayloadTypes().Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void Verify_SignatureOfEveryOtherKind_IsRefused(SignatureAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        var kinds = Labels().Select(label => Kind.Of(label, key)).Concat(PayloadTypes().Select(type => Kind.Of(type, key))).ToList();
        foreach (var signed in kinds)
        {
            Assert.True(signed.Verifies(Payload, signed.Signature), $"{signed.Name}: its own signature");
            foreach (var other in kinds.Where(other => other != signed))
                Assert.False(other.Verifies(Payload, signed.Signature), $"{signed.Name} passes for {other.Name}");
        }
    }

    /// <summary>What stands before the payload never begins like what stands before another's, so a clever payload does not help either.</summary>
    [Fact]
    public void Prefixes_OfAllKinds_DoNotBeginLikeEachOther()
    {
        byte[][] prefixes = [.. Labels().Select(label => label.Prefix.ToArray()), .. PayloadTypes().Select(type => System.Text.Encoding.ASCII.GetBytes($"DSSEv1 {type.Length} {type} "))];
        foreach (byte[] one in prefixes)
            Assert.Single(prefixes, other => other.AsSpan().StartsWith(one));
    }

    /// <summary>Notes carry no label: a label's bytes can stand at the beginning of a note. Therefore their keys are of their own, and sign in no other way.</summary>
    [Fact]
    public void NoteKeys_SignNotesAlone()
    {
        string[] signing = [.. typeof(NoteSigner).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(byte[])).Select(method => method.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(["Cosign", "ExportPkcs8", "Sign"], signing);
        using var key = SigningKey.Generate(SignatureAlgorithm.Ed25519);
        using var log = NoteSigner.ImportPkcs8("node.example/log", key.ExportPkcs8());
        using var witness = NoteSigner.ImportPkcs8("node.example/log", key.ExportPkcs8(), NoteSignatureType.CosignatureV1);
        Assert.Throws<InvalidOperationException>(() => log.Cosign("text\n"u8, 1));
        Assert.Throws<InvalidOperationException>(() => witness.Sign("text\n"u8));
        Assert.False(log.Verifier.Verify("text\n"u8, witness.Cosign("text\n"u8, 1).AsSpan(8)));
        Assert.False(witness.Verifier.Verify("text\n"u8, [0, 0, 0, 0, 0, 0, 0, 1, .. log.Sign("text\n"u8)]));
    }

    private static IEnumerable<Type> Types()
        => Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(file => Path.GetFileName(file) == "ssa.dll" || (Path.GetFileName(file).StartsWith("SsaShare.", StringComparison.Ordinal) && !file.EndsWith("Tests.dll", StringComparison.Ordinal)))
            .SelectMany(file => Assembly.Load(AssemblyName.GetAssemblyName(file)).GetTypes())
            .Where(type => !type.ContainsGenericParameters);

    private static List<ContextLabel> Labels()
        => [.. Types().SelectMany(type => type.GetFields(Statics)).Where(field => field.FieldType == typeof(ContextLabel)).Select(field => (ContextLabel)field.GetValue(null)!)];

    private static List<string> PayloadTypes()
        => [.. Types().SelectMany(type => type.GetFields(Statics)).Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!).Where(value => value.StartsWith("application/vnd.", StringComparison.Ordinal)).Distinct()];

    private sealed record Kind(string Name, byte[] Signature, Func<byte[], byte[], bool> Verifies)
    {
        public static Kind Of(ContextLabel label, SigningKey key)
            => new(label.Text, key.Sign(label, Payload), (payload, signature) => key.VerificationKey.Verify(label, payload, signature));

        public static Kind Of(string type, SigningKey key)
            => new(type, DsseEnvelope.Create(type, Payload).Sign(key).Signatures.Single().Signature.ToArray(), (payload, signature) =>
                DsseEnvelope.TryParse(Envelope(type, payload, signature), out var envelope, out _) && envelope.IsSignedByAll([key.VerificationKey]));

        private static byte[] Envelope(string type, byte[] payload, byte[] signature)
            => System.Text.Encoding.UTF8.GetBytes($$"""{"payload":"{{Convert.ToBase64String(payload)}}","payloadType":"{{type}}","signatures":[{"sig":"{{Convert.ToBase64String(signature)}}"}]}""");
    }
}
