using System.Diagnostics;
using System.Text;
using FsCheck.Fluent;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

/// <summary>
/// Foreign bytes give a document or reasons, never an exception, in little time and memory. Mutations of the seeds and of a document with the whole
/// vocabulary; the random seed is in the test's name. Agreements that do read are decided about, too: what reads must not break later.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    /// <summary>Shares of all inputs; property-based ones have the rest.</summary>
    private static readonly int YamlInputs = Nightly.FuzzInputs * 3 / 10, PayloadInputs = Nightly.FuzzInputs * 3 / 10, EnvelopeInputs = Nightly.FuzzInputs * 3 / 10, WordInputs = Nightly.FuzzInputs / 10;

    private static readonly byte[][] Yaml = [.. Directory.GetFiles(SeedFolder, "*.yaml").Order().Select(File.ReadAllBytes), Encoding.UTF8.GetBytes(Whole.Yaml)];
    private static readonly byte[][] Payloads = [.. Yaml.Select(text => Agreement.Fix(AgreementDraft.ReadYaml(text).Value!, Card).Payload.ToArray())];

    private static readonly byte[][] Envelopes =
        [.. Payloads.Select(payload => AgreementEnvelope.Of(Agreement.Read(payload).Value!).Sign(Key(Atlantic)).Sign(Key(Pacific)).ToJson())];

    [Theory]
    [InlineData(1)]
    public void ReadYaml_MutatedDocuments_NeverThrows(int seed) => Run(seed, YamlInputs, Yaml, input => IsSound(AgreementDraft.ReadYaml(input)) is { } draft && IsUsable(draft));

    [Theory]
    [InlineData(1)]
    public void ReadPayload_MutatedDocuments_NeverThrows(int seed) => Run(seed, PayloadInputs, Payloads, input => IsSound(Agreement.Read(input)) is { } agreement && Decides(agreement));

    [Theory]
    [InlineData(1)]
    public void ReadEnvelope_MutatedDocuments_NeverThrowsNorIsComplete(int seed) => Run(seed, EnvelopeInputs, Envelopes, input =>
    {
        if (!AgreementEnvelope.TryParse(input, out var envelope, out string? fault))
        {
            Assert.False(string.IsNullOrEmpty(fault));
            return false;
        }
        // Signatures cost a hundred times as much as reading: a part of the inputs shows it.
        return envelope.SignatureCount == 0 || input.Length % 16 != 0 || Enum.IsDefined(envelope.Verify(Pinned).Outcome);
    });

    /// <summary>Documents put together from words, so that most get past the first checks.</summary>
    [Fact]
    public void ReadYaml_DocumentsOfRandomWords_NeverThrows()
    {
        var config = FsCheck.Config.QuickThrowOnFailure.WithMaxTest(WordInputs).WithEndSize(30);
        FsCheck.Check.One(config, Prop.ForAll(Arb.From(RandomDocument.Gen()), text => IsSound(AgreementDraft.ReadYaml(Encoding.UTF8.GetBytes(text))) is not { } draft || IsUsable(draft)));
    }

    private void Run(int seed, int inputs, byte[][] documents, Func<byte[], bool> read)
    {
        var random = new Random(seed);
        var watch = new Stopwatch();
        (int count, double worstS, byte[] worst) = (0, 0, []);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < inputs; i++)
        {
            byte[] input = Mutation.Of(documents[random.Next(documents.Length)], random);
            watch.Restart();
            if (read(input)) count++;
            if (watch.Elapsed.TotalSeconds > worstS) (worstS, worst) = (watch.Elapsed.TotalSeconds, input);
        }
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / inputs;
        output.WriteLine($"{inputs} inputs, {count} read, {each} bytes allocated for each, slowest {worstS * 1e3:F0} ms for {worst.Length} bytes");
        Assert.InRange(count, 1, inputs - 1);
        Assert.InRange(each, 0, 5_000_000);
        Assert.InRange(worstS, 0, 10);
    }

    private static T? IsSound<T>(DocumentResult<T> result)
        where T : class
    {
        Assert.Equal(result.Issues.IsEmpty, result.TryGetValue(out var value));
        Assert.All(result.Issues, issue => Assert.True(issue is { Line: >= 1, Column: >= 1, Message.Length: > 0 and < 2_000 }, issue.ToString()));
        Assert.InRange(result.Issues.Length, 0, 50);
        return value;
    }

    /// <summary>A draft that reads can be fixed, and says the same afterwards.</summary>
    private static bool IsUsable(AgreementDraft draft)
    {
        if (draft.Parties.Any(party => Card(party.Partner) is null)) return true;
        var agreement = Agreement.Fix(draft, Card);
        return AgreementDiff.Compare(draft, agreement.ToDraft()).IsEmpty && Decides(agreement);
    }

    private static bool Decides(Agreement agreement)
    {
        foreach (var form in agreement.Forms)
        {
            var decision = ReleasePolicy.Decide(Observation(), form, agreement, AgreementState.Active, Pacific, Atlantic, Now, TimeSpan.MaxValue);
            Assert.Equal(decision.IsReleased, decision.Reason == WithholdReason.None);
        }
        return true;
    }
}
