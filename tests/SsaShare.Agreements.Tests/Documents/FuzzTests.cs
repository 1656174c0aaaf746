using System.Text;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

/// <summary>
/// Foreign bytes give a document or reasons, never an exception: the seeds, mutated. The random seed is in the test's name; the
/// environment variable SSA_FUZZ_INPUTS asks for more inputs than the 25,000 that each test tries.
/// </summary>
public sealed class FuzzTests
{
    private static readonly int Inputs = int.TryParse(Environment.GetEnvironmentVariable("SSA_FUZZ_INPUTS"), out int inputs) ? inputs : 25_000;
    private static readonly byte[][] Fragments = [.. new[]
    {
        ":", "- ", "[", "]", "{", "}", ",", "\n", "\r", "  ", "? ", "|\n", ">-\n", "'", "\"", "#", "&a ", "*a", "!!map ", "!", "%YAML 1.2\n", "---\n", "...\n", "<<: ", "\t",
        "\\u0000", "\\x", "\\ud800", "null", "true", "1e999", "grants:", "id: a", "\u200b", "\ufeff", "\u2028", "\U0001F600", "\0",
    }.Select(Encoding.UTF8.GetBytes)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ReadYaml_MutatedSeeds_NeverThrows(int seed)
    {
        byte[][] seeds = [.. Directory.GetFiles(SeedFolder, "*.yaml").Order().Select(File.ReadAllBytes)];
        int read = Run(new Random(seed), seeds, input => AgreementDraft.ReadYaml(input) is { } result && result.TryGetValue(out _) == result.Issues.IsEmpty && result.Issues.IsEmpty);
        Assert.InRange(read, 1, Inputs - 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ReadPayload_MutatedSeeds_NeverThrows(int seed)
    {
        byte[][] seeds = [.. Directory.GetFiles(SeedFolder, "*.yaml").Order().Select(file => Seed(Path.GetFileNameWithoutExtension(file)).Payload.ToArray())];
        int read = Run(new Random(seed), seeds, input => Agreement.Read(input) is { } result && result.TryGetValue(out _) == result.Issues.IsEmpty && result.Issues.IsEmpty);
        Assert.InRange(read, 1, Inputs - 1);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("a: &a [*a, *a]\n")]
    [InlineData("'")]
    [InlineData("\"\\")]
    [InlineData("a")]
    [InlineData(": ")]
    [InlineData("\n")]
    [InlineData("|\n ")]
    [InlineData("#")]
    public void ReadYaml_AMillionBytesOfOneThing_IsRefusedQuickly(string piece)
    {
        var text = new StringBuilder();
        while (text.Length + piece.Length <= 1_000_000) text.Append(piece);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.NotEmpty(AgreementDraft.ReadYaml(Encoding.UTF8.GetBytes(text.ToString())).Issues);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }

    private static int Run(Random random, byte[][] seeds, Func<byte[], bool> read)
    {
        int count = 0;
        for (int i = 0; i < Inputs; i++)
            if (read(Mutate(random, seeds))) count++;
        return count;
    }

    private static byte[] Mutate(Random random, byte[][] seeds)
    {
        var bytes = new List<byte>(seeds[random.Next(seeds.Length)]);
        for (int edits = random.Next(1, 6); edits > 0; edits--)
        {
            int at = random.Next(bytes.Count + 1);
            int length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 3: bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes.InsertRange(at, Fragments[random.Next(Fragments.Length)]); break;
            }
        }
        return [.. bytes];
    }
}
