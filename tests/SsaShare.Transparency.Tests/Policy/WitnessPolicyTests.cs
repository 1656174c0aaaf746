using System.Text;
using SsaShare.Signing;

namespace SsaShare.Transparency.Tests.Policy;

public sealed class WitnessPolicyTests : IDisposable
{
    private readonly NoteSigner _log = NoteSigner.Generate("log.example");
    private readonly Dictionary<string, NoteSigner> _witnesses = new[] { "X1", "X2", "X3", "Y1", "Y2", "Y3" }
        .ToDictionary(name => name, name => NoteSigner.Generate($"{name}.example", NoteSignatureType.CosignatureV1));

    private string Log => _log.Verifier.ToString();

    public void Dispose()
    {
        _log.Dispose();
        foreach (NoteSigner witness in _witnesses.Values)
        {
            witness.Dispose();
        }
    }

    /// <summary>The example of C2SP tlog-policy, with keys.</summary>
    private string Example => $"""
        # Two organisations.
        log {Log} https://log.example/

        witness X1 {Key("X1")}
        witness X2 {Key("X2")} https://x2.example/witness
        {'\t'} witness   X3 {'\t'}{Key("X3")}
        group X-witnesses 2 X1 X2 X3
          # the others
        witness Y1 {Key("Y1")}
        witness Y2 {Key("Y2")}
        witness Y3 {Key("Y3")}
        group Y-witnesses any Y1 Y2 Y3

        group X-and-Y all X-witnesses Y-witnesses
        quorum X-and-Y

        """;

    [Fact]
    public void TryParse_ExampleOfTheSpecification_HasItsLogsAndWitnesses()
    {
        WitnessPolicy policy = Parsed(Example);
        Assert.Equal([new PolicyLog(_log.Verifier, "https://log.example/")], policy.Logs);
        Assert.Equal(["X1", "X2", "X3", "Y1", "Y2", "Y3"], policy.Witnesses.Select(witness => witness.Name));
        Assert.Equal("https://x2.example/witness", policy.Witnesses[1].Url);
        Assert.Null(policy.Witnesses[0].Url);
        Assert.Equal("2 of (2 of (X1, X2, X3), 1 of (Y1, Y2, Y3))", policy.Quorum);
    }

    [Theory]
    [InlineData("", false), InlineData("X1 X2 X3", false), InlineData("Y1 Y2 Y3", false), InlineData("X1 Y1 Y2 Y3", false), InlineData("X1 X2", false)]
    [InlineData("X1 X2 Y1", true), InlineData("X3 Y2 X2", true), InlineData("X1 X2 X3 Y1 Y2 Y3", true)]
    public void IsSatisfied_ExampleOfTheSpecification_ByTwoOfXAndOneOfY(string cosigners, bool expected)
    {
        WitnessPolicy policy = Parsed(Example);
        SignedNote note = cosigners.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(Note(), (cosigned, name) => cosigned.Cosign(_witnesses[name], 5));
        Assert.Equal(expected, policy.IsSatisfied(note, out IReadOnlyList<Cosignature>? cosignatures, out string? fault));
        Assert.Equal(cosigners.Length == 0 ? 0 : cosigners.Split(' ').Length, cosignatures?.Count);
        Assert.Equal(expected, fault is null);
    }

    [Fact]
    public void IsSatisfied_SameWitnessTwice_CountsOnce()
        => Assert.False(WitnessPolicy.OfMany(2, [_witnesses["X1"].Verifier, _witnesses["X2"].Verifier]).IsSatisfied(Note().Cosign(_witnesses["X1"], 5).Cosign(_witnesses["X1"], 6), out _, out _));

    [Fact]
    public void IsSatisfied_WitnessesThatThePolicyDoesNotName_DoNotCount()
        => Assert.False(WitnessPolicy.OfMany(1, [_witnesses["X1"].Verifier]).IsSatisfied(Note().Cosign(_witnesses["Y1"], 5), out _, out _));

    [Fact]
    public void IsSatisfied_WrongCosignature_IsNotHoweverManyAreRight()
    {
        SignedNote cosigned = Note().Cosign(_witnesses["X1"], 5).Cosign(_witnesses["X2"], 5);
        string wrong = Note("log.example\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n").Cosign(_witnesses["X3"], 5).ToString().Split('\n')[^2];
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes($"{cosigned}{wrong}\n"), out SignedNote? note, out _));
        WitnessPolicy policy = WitnessPolicy.OfMany(2, [.. _witnesses.Values.Select(witness => witness.Verifier)]);
        Assert.True(policy.IsSatisfied(cosigned, out _, out _));
        Assert.False(policy.IsSatisfied(note, out _, out string? fault));
        Assert.Contains("X3.example", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void IsSatisfied_QuorumNone_IsWithoutAnyCosignature()
    {
        Assert.True(Parsed("quorum none").IsSatisfied(Note(), out IReadOnlyList<Cosignature>? none, out _));
        Assert.Empty(none!);
        Assert.Equal("none", Parsed("quorum none\n").Quorum);
        Assert.True(WitnessPolicy.OfMany(0, []).IsSatisfiedBy([]));
    }

    [Theory]
    [InlineData(1, "X1", true), InlineData(2, "X1", false), InlineData(2, "X1 Y3", true), InlineData(6, "X1 X2 X3 Y1 Y2", false), InlineData(6, "X1 X2 X3 Y1 Y2 Y3", true)]
    public void OfMany_Threshold_IsSoManyOfThem(int threshold, string cosigners, bool expected)
        => Assert.Equal(expected, WitnessPolicy.OfMany(threshold, [.. _witnesses.Values.Select(witness => witness.Verifier)]).IsSatisfiedBy(cosigners.Split(' ').Select(name => _witnesses[name].Verifier)));

    [Fact]
    public void OfMany_ThatCannotBeMet_Throws()
    {
        NoteVerifier one = _witnesses["X1"].Verifier;
        Assert.Throws<ArgumentException>(() => WitnessPolicy.OfMany(2, [one]));
        Assert.Throws<ArgumentException>(() => WitnessPolicy.OfMany(2, [one, one]));
        Assert.Throws<ArgumentException>(() => WitnessPolicy.OfMany(1, [_log.Verifier]));
        Assert.Throws<ArgumentOutOfRangeException>(() => WitnessPolicy.OfMany(-1, [one]));
    }

    [Fact]
    public void TryParse_AWitnessThatCosignsWithMlDsa_IsAMemberThatNeverCounts()
    {
        WitnessPolicy policy = Parsed($"witness X1 {Key("X1")}\nwitness q {MlDsaKey("q.example", 1)}\ngroup g all X1 q\nquorum g\n");
        Assert.Equal([true, false], policy.Witnesses.Select(witness => witness.Key is not null));
        Assert.Equal([_witnesses["X1"].Verifier], policy.WitnessKeys);
        Assert.False(policy.IsSatisfiedBy(policy.WitnessKeys));
        Assert.Equal("2 of (X1, q [ML-DSA-44, not verified here: never counts])", policy.Quorum);
        Assert.True(Parsed($"witness X1 {Key("X1")}\nwitness q {MlDsaKey("q.example", 1)}\ngroup g any X1 q\nquorum g\n").IsSatisfiedBy(policy.WitnessKeys));
    }

    [Fact]
    public void TryParse_AnMlDsaKeyThatIsNone_IsRefused()
    {
        string key = MlDsaKey("q.example", 1);
        foreach (string wrong in (string[])[key[..^4], "r" + key[1..], key.Replace("+Bg", "+Bw", StringComparison.Ordinal), $"{key}\nwitness r {MlDsaKey("r.example", 1)}"])
            Assert.False(WitnessPolicy.TryParse(Encoding.UTF8.GetBytes($"quorum none\nwitness q {wrong}\n"), out _, out _), wrong);
    }

    private static string MlDsaKey(string name, byte fill)
    {
        byte[] typed = [0x06, .. Enumerable.Repeat(fill, 1_312)];
        byte[] hash = System.Security.Cryptography.SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. typed]);
        return $"{name}+{Convert.ToHexStringLower(hash[..4])}+{Convert.ToBase64String(typed)}";
    }

    [Fact]
    public void TryParse_NamesThatAreNotAscii_AreOctets()
    {
        // The Kelvin sign is not the letter K, though Unicode folds them together.
        WitnessPolicy policy = Parsed($"witness K {Key("X1")}\nwitness \u212a {Key("X2")}\ngroup g\u00e9 2 K \u212a\nquorum g\u00e9\n");
        Assert.Equal(["K", "\u212a"], policy.Witnesses.Select(witness => witness.Name));
        byte[] notUtf8 = [.. Encoding.UTF8.GetBytes($"witness "), 0xff, 0xfe, .. Encoding.UTF8.GetBytes($" {Key("X1")}\nquorum "), 0xff, 0xfe, (byte)'\n'];
        Assert.True(WitnessPolicy.TryParse(notUtf8, out WitnessPolicy? octets, out string? fault), fault);
        Assert.Single(octets.Witnesses);
    }

    [Theory]
    [InlineData("", "quorum")]
    [InlineData("# quorum none", "quorum")]
    [InlineData("quorum none\nquorum none", "line 2")]
    [InlineData("quorum X1\nwitness X1 {X1}", "line 1")]
    [InlineData("quorum", "line 1")]
    [InlineData("quorum none none", "line 1")]
    [InlineData("quorum none\nwitness none {X1}", "line 2")]
    [InlineData("quorum none\nwitness X1 {X1}\nwitness X1 {X2}", "line 3")]
    [InlineData("quorum none\nwitness X1 {X1}\nwitness other {X1}", "line 3")]
    [InlineData("quorum none\nlog {log}\nlog {log} https://elsewhere.example", "line 3")]
    [InlineData("quorum none\nlog {X1}", "line 2")]
    [InlineData("quorum none\nwitness X1 {log}", "line 2")]
    [InlineData("quorum none\nwitness X1", "line 2")]
    [InlineData("quorum none\nwitness X1 {X1} url more", "line 2")]
    [InlineData("quorum none\nwitness X1 key", "line 2")]
    [InlineData("quorum none\nlog", "line 2")]
    [InlineData("quorum none\nthreshold 2", "line 2")]
    [InlineData("quorum none\nQUORUM none", "line 2")]
    [InlineData("witness X1 {X1}\ngroup g any\nquorum g", "line 2")]
    [InlineData("witness X1 {X1}\ngroup g 0 X1\nquorum g", "line 2")]
    [InlineData("witness X1 {X1}\ngroup g 2 X1\nquorum g", "line 2")]
    [InlineData("witness X1 {X1}\ngroup g -1 X1\nquorum g", "line 2")]
    [InlineData("witness X1 {X1}\ngroup g 99999999999 X1\nquorum g", "line 2")]
    [InlineData("witness X1 {X1}\ngroup g some X1\nquorum g", "line 2")]
    [InlineData("witness X1 {X1}\ngroup g any X1 X1\nquorum g", "line 2")]
    [InlineData("witness X1 {X1}\ngroup g any X1 g\nquorum g", "line 2")]
    [InlineData("witness X1 {X1}\ngroup g any none\nquorum g", "line 2")]
    [InlineData("witness X1 {X1}\ngroup g any X1\ngroup h any X1\nquorum h", "line 3")]
    [InlineData("witness X1 {X1}\ngroup X1 any X1\nquorum X1", "line 2")]
    [InlineData("witness X1 {X1}\r\nquorum X1\r\n", "line 1")]
    [InlineData("quorum none\0\n", "line 1")]
    [InlineData("quorum none\u007f\n", "line 1")]
    public void TryParse_NotAPolicy_IsRefusedWithTheLine(string text, string where)
    {
        string file = text.Replace("{X1}", Key("X1"), StringComparison.Ordinal).Replace("{X2}", Key("X2"), StringComparison.Ordinal).Replace("{log}", Log, StringComparison.Ordinal);
        Assert.False(WitnessPolicy.TryParse(Encoding.UTF8.GetBytes(file), out _, out string? fault));
        Assert.Contains(where, fault, StringComparison.Ordinal);
    }

    /// <summary>C2SP tlog-policy asks for 32 of each at least.</summary>
    [Fact]
    public void TryParse_MoreThanTheLimit_IsRefused()
    {
        Assert.Equal(WitnessPolicy.MaxOfEach, Parsed(Many(WitnessPolicy.MaxOfEach)).Witnesses.Count);
        Assert.False(WitnessPolicy.TryParse(Encoding.UTF8.GetBytes(Many(WitnessPolicy.MaxOfEach + 1)), out _, out _));
        Assert.False(WitnessPolicy.TryParse(new byte[WitnessPolicy.MaxBytes + 1], out _, out _));

        static string Many(int count)
        {
            var text = new StringBuilder("quorum none\n");
            for (int i = 0; i < count; i++)
            {
                using var witness = NoteSigner.Generate("w", NoteSignatureType.CosignatureV1);
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"witness w{i} {witness.Verifier}\n");
            }

            return text.ToString();
        }
    }

    [Fact]
    public void TryParse_DamagedPolicies_NeverThrowsAndWhatReadsHasAQuorum()
    {
        byte[] valid = Encoding.UTF8.GetBytes(Example);
        int read = 0;
        foreach (byte[] damaged in Mutations.Of(valid, Nightly.FuzzInputs, seed: 11))
        {
            if (WitnessPolicy.TryParse(damaged, out WitnessPolicy? policy, out string? fault))
            {
                read++;
                Assert.NotEmpty(policy.Quorum);
                _ = policy.IsSatisfiedBy(policy.WitnessKeys);
            }
            else
            {
                Assert.NotEmpty(fault);
            }
        }

        Assert.InRange(read, 1, Nightly.FuzzInputs - 1);
    }

    private string Key(string name) => _witnesses[name].Verifier.ToString();

    private SignedNote Note(string text = "log.example\n42\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n") => SignedNote.Sign(text, _log);

    private static WitnessPolicy Parsed(string text)
    {
        Assert.True(WitnessPolicy.TryParse(Encoding.UTF8.GetBytes(text), out WitnessPolicy? policy, out string? fault), fault);
        return policy;
    }
}
