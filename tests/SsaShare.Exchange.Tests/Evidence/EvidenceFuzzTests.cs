using System.Diagnostics;
using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;
using FsCheck.Fluent;

namespace SsaShare.Exchange.Tests;

/// <summary>Foreign bundles give a report, never an exception, in little time and memory, and none that was altered is said to hold.</summary>
public sealed class EvidenceFuzzTests(ITestOutputHelper output)
{
    /// <summary>SSA_NIGHTLY=1 asks for the long search; whole bundles, with their signatures, cost a thousand times as much as lines.</summary>
    private static readonly int Inputs = Nightly.FuzzInputs;

    [Theory]
    [InlineData(1)]
    public async Task Lines_MutatedCutOrRandom_NeverThrow(int seed)
    {
        var random = new Random(seed);
        byte[][] lines = await LinesAsync();
        Measure(Inputs * 6 / 10, () =>
        {
            byte[] line = lines[random.Next(lines.Length)];
            byte[] input = random.Next(10) switch
            {
                0 => line[..random.Next(line.Length)],
                1 => Random(random, random.Next(200)),
                _ => Sample.Mutate(line, random),
            };
            return EvidenceLineReader.TryRead(input, out _) | EvidenceLineReader.TryReadHead(input, out _);
        });
    }

    /// <summary>Any texts that a property-based generator thinks of, in the places where lines have theirs.</summary>
    [Fact]
    public void Lines_OfAnyMembers_NeverThrow()
    {
        var config = FsCheck.Config.QuickThrowOnFailure.WithMaxTest(Inputs * 3 / 10).WithEndSize(60);
        FsCheck.Check.One(config, Prop.ForAll<string, long, byte[]>((text, number, bytes) =>
        {
            text ??= "";
            string quoted = System.Text.Json.JsonSerializer.Serialize(text), encoded = Convert.ToBase64String(bytes ?? []);
            foreach (string line in (string[])[text, $"{{\"entry\":{number},\"kind\":{quoted},\"time_ns\":{number},\"salt\":\"{encoded}\",\"body\":{{{quoted}:{number}}}}}",
                $"{{\"hidden\":{number % 70},\"index\":{number},\"hash\":\"{encoded}\"}}", $"{{\"checkpoint\":{quoted}}}", $"{{\"timestamp\":{quoted},\"token\":\"{encoded}\"}}", $"{{\"entry\":{text}"])
                _ = EvidenceLineReader.TryRead(Encoding.UTF8.GetBytes(line), out _) | EvidenceLineReader.TryReadHead(Encoding.UTF8.GetBytes(line), out _);
            return true;
        }));
    }

    /// <summary>Lines of bundles left out, doubled, swapped, cut, altered and mixed with those of another.</summary>
    [Theory]
    [InlineData(1)]
    public async Task Bundles_OfAlteredStructure_NeverThrowNorHold(int seed)
    {
        var random = new Random(seed);
        byte[][] lines = await LinesAsync(), others = await LinesAsync();
        int held = 0;
        for (int i = 0; i < Inputs / 50; i++)
        {
            var altered = lines.ToList();
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                int at = random.Next(altered.Count);
                switch (random.Next(7))
                {
                    case 0: altered.RemoveAt(at); break;
                    case 1: altered.Insert(at, altered[random.Next(altered.Count)]); break;
                    case 2: (altered[at], altered[random.Next(altered.Count)]) = (altered[random.Next(altered.Count)], altered[at]); break;
                    case 3: altered[at] = others[random.Next(others.Length)]; break;
                    case 4: altered[at] = Encoding.UTF8.GetBytes($"{{\"hidden\":{random.Next(64)},\"index\":{random.Next(8)},\"hash\":\"{Convert.ToBase64String(Random(random, 32))}\"}}\n"); break;
                    case 5: altered.RemoveRange(at, altered.Count - at); break;
                    default: altered[at] = Sample.Mutate(altered[at], random); break;
                }
                if (altered.Count == 0) break;
            }
            byte[] bundle = [.. altered.SelectMany(line => line)];
            using var stream = new MemoryStream(bundle);
            var report = await EvidenceVerifier.VerifyAsync(stream, [], CancellationToken.None);
            Assert.NotEmpty(report.Steps);
            if (!report.Succeeded) continue;
            held++;
            // What holds says the same: the same entries at the same places, whatever stands between the signs of a line.
            Assert.Equal(Shown(lines), Shown(altered));
        }
        output.WriteLine($"{Inputs / 50} bundles, {held} of them said what the original says");
    }

    /// <summary>Trees of any hidden parts are refused or counted rightly.</summary>
    [Theory]
    [InlineData(1)]
    public void Trees_OfRandomParts_NeverThrow(int seed)
    {
        var random = new Random(seed);
        Measure(Inputs / 10, () =>
        {
            var tree = new AuditedTree();
            long covered = 0;
            for (int i = random.Next(1, 40); i > 0; i--)
            {
                int level = random.Next(3) == 0 ? 0 : random.Next(63);
                long index = random.Next(2) == 0 ? covered >> level : random.NextInt64(long.MaxValue >> level);
                if (index > (long.MaxValue >> level) - 1) continue;
                if (tree.TryHide(new PlacedHash(new MerkleNode(level, index), Hash256.Of([(byte)i])))) covered += 1L << level;
                Assert.Equal(covered, tree.Size);
            }
            return tree.RootAt(random.NextInt64(covered + 1)) is not null;
        });
    }

    private void Measure(int inputs, Func<bool> read)
    {
        var watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        (int count, double worstS) = (0, 0);
        for (int i = 0; i < inputs; i++)
        {
            double began = watch.Elapsed.TotalSeconds;
            if (read()) count++;
            worstS = Math.Max(worstS, watch.Elapsed.TotalSeconds - began);
        }
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / inputs;
        output.WriteLine($"{inputs} inputs, {count} read, {each} bytes allocated for each, slowest {worstS * 1e3:F0} ms");
        Assert.InRange(count, 1, inputs - 1);
        Assert.InRange(each, 0, 100_000);
        Assert.InRange(worstS, 0, 10);
    }

    /// <summary>Entries and hidden parts; a checkpoint or time-stamp that is left out shows less, and nothing else.</summary>
    private static List<string> Shown(IEnumerable<byte[]> lines)
        => [.. string.Concat(lines.Select(Encoding.UTF8.GetString)).Split('\n')
            .Select(line => !EvidenceLineReader.TryRead(Encoding.UTF8.GetBytes(line), out var part) ? ""
                : part is EvidencePart.Entry { Revealed: var entry } ? $"{entry.Index} {entry.LeafHash}"
                : part is EvidencePart.Hidden { Subtree: var subtree } ? $"{subtree}" : "")
            .Where(shown => shown.Length > 0)];

    private static byte[] Random(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A bundle with every kind of line.</summary>
    private static async Task<byte[][]> LinesAsync()
    {
        var node = TestExchange.Honest().Atlantic;
        var stamps = new List<(long, EvidencePart)> { (3, new EvidencePart.SignedCheckpoint(node.Checkpoint(3))), (5, new EvidencePart.SignedCheckpoint(node.Checkpoint(5))) };
        var shown = node.Entries.Where(entry => entry.Event.Kind != LogKinds.Refusal);
        node.Append(LogKinds.Refusal, "{}"u8.ToArray()).Append(LogKinds.Refusal, "{}"u8.ToArray());
        var head = new EvidenceHead(node.Card.ToJson(), node.Checkpoint(), new EvidenceScope(Peer: Sample.Pacific), Sample.Now);
        var parts = new EvidenceComposer(node.LogSize, node.GetNodesAsync).ComposeAsync(shown.ToAsyncEnumerable(), stamps, [], CancellationToken.None);
        return [.. await EvidenceBundle.WriteAsync(head, parts, CancellationToken.None).ToListAsync()];
    }
}
