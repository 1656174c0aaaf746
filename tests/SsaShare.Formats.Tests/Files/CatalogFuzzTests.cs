using System.Diagnostics;
using System.Text;

namespace SsaShare.Formats.Tests.Files;

/// <summary>
/// Damaged, cut off and random files of every format of the catalog, compressed and encoded in every way: no exception, a line with every refusal, in bounded time and memory.
/// 50,000 inputs in all, a million with SSA_NIGHTLY=1. The seeds are fixed, so a failure repeats.
/// </summary>
public sealed class CatalogFuzzTests
{
    private const int MostAllocatedBytes = 64 << 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static TheoryData<string> Formats => [.. FormatCatalog.Default.Formats.Where(format => format.CanRead).Select(format => format.Name)];

    [Theory, MemberData(nameof(Formats))]
    public void Read_DamagedFiles_GivesValuesAndIssuesWithLines(string name)
    {
        var format = FormatCatalog.Default.Find(name)!;
        byte[] valid = SeedFiles.Of(format);
        int inputs = Nightly.FuzzInputs / Formats.Count;
        var counts = format.Accept(new Fuzzing(Inputs(valid, inputs, name.Sum(character => character))));
        // The damage goes deep: there is much that is still taken and much that is refused.
        Assert.True(counts.Values > inputs / 20, $"{counts.Values} values of {inputs} inputs");
        Assert.True(counts.Refused > inputs / 20, $"{counts.Refused} refusals of {inputs} inputs");
    }

    [Theory, MemberData(nameof(Formats))]
    public void Recognise_WholeFile_IsThatFormatAndOfDamagedOnesNeverThrows(string name)
    {
        var format = FormatCatalog.Default.Find(name)!;
        byte[] valid = SeedFiles.Of(format);
        using (var source = FormatSource.Open(new MemoryStream(valid)))
        {
            var found = FormatCatalog.Default.Recognise(source, $"test{format.Extension}", out var issue);
            Assert.Null(issue);
            AssertRecognised(format, found);
        }
        foreach (byte[] input in Inputs(valid, 100, 7))
        {
            using var source = FormatSource.Open(new MemoryStream(input));
            Assert.True(FormatCatalog.Default.Recognise(source, "test", out var issue) is null == issue is not null);
        }
    }

    /// <summary>A file of several messages may hold one, and is then as good as one of that message.</summary>
    internal static void AssertRecognised(FileFormat expected, FileFormat? found)
        => Assert.True(found == expected || (expected.Name.StartsWith("ndm-", StringComparison.Ordinal) && found is FileFormat<NdmEvent>), $"{expected.Name} is taken for {found?.Name}");

    /// <summary>Whatever was read of a damaged file, every writer that there is a way to writes it or says why not.</summary>
    [Theory, MemberData(nameof(Formats))]
    public void Convert_DamagedFilesToEveryFormat_WritesOrRefuses(string name)
    {
        var format = FormatCatalog.Default.Find(name)!;
        byte[] valid = SeedFiles.Of(format);
        FileFormat[] targets = [.. FormatCatalog.Default.TargetsOf(format)];
        foreach (var (turn, input) in Mutations.Of(valid, Nightly.FuzzInputs / 100, 11).Index())
        {
            var target = targets[turn % targets.Length];
            using var output = new MemoryStream();
            var conversion = new Conversion(FormatCatalog.Default, target, output, new FormatWriteOptions { FileName = "out", Now = TestFiles.Now });
            using var source = FormatSource.Open(new MemoryStream(input));
            var options = new FormatReadOptions { FileName = "fuzz", Now = TestFiles.Now, Mode = (ReadMode)(turn & 1) };
            conversion.Add(new FileWork(source, format, options, issue => Assert.True(issue is { File: "fuzz", Line: >= 1 } && issue.Reason.Length > 0, $"{target.Name}: {issue}")), TestContext.Current.CancellationToken);
            conversion.Complete();
            Assert.True(conversion.Counts.Written == 0 || output.Length > 0, target.Name);
        }
    }

    private static IEnumerable<byte[]> Inputs(byte[] valid, int count, int seed)
    {
        var random = new Random(seed);
        int turn = 0;
        foreach (byte[] damaged in Mutations.Of(valid, count, seed))
        {
            byte[] bytes = (turn++ % 10) switch
            {
                0 => valid[..random.Next(valid.Length)],
                1 => [.. valid[..random.Next(valid.Length)], .. damaged[..random.Next(damaged.Length + 1)]],
                2 => Noise(random),
                3 => [.. valid[..random.Next(Math.Min(valid.Length, 200))], .. Noise(random)],
                _ => damaged,
            };
            yield return (turn % 12) switch
            {
                0 => FormatSourceTests.Pack(bytes, "gzip"),
                1 => Damage(FormatSourceTests.Pack(bytes, random.Next(2) == 0 ? "gzip" : "zstd"), random),
                2 => Encoding.Unicode.GetBytes(Encoding.Latin1.GetString(bytes)),
                3 => Damage(Encoding.BigEndianUnicode.GetBytes(Encoding.Latin1.GetString(bytes)), random),
                _ => bytes,
            };
        }
    }

    private static byte[] Noise(Random random)
    {
        byte[] noise = new byte[random.Next(400)];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        if (bytes.Length == 0) return bytes;
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return random.Next(3) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private sealed class Fuzzing(IEnumerable<byte[]> inputs) : IFormatVisitor<(int Values, int Refused)>
    {
        public (int Values, int Refused) Visit<T>(FileFormat<T> format) where T : class
        {
            int values = 0, refused = 0, turn = 0;
            foreach (byte[] input in inputs)
            {
                long began = Stopwatch.GetTimestamp(), allocated = GC.GetAllocatedBytesForCurrentThread();
                var options = new FormatReadOptions { FileName = "fuzz", Now = TestFiles.Now, Mode = (ReadMode)(turn & 1), KeepsRefused = (turn++ & 2) != 0 };
                using var source = FormatSource.Open(new MemoryStream(input));
                int issues = 0;
                foreach (var item in source.Read(format, options).Read())
                {
                    Assert.Equal(1, (item.Value is null ? 0 : 1) + (item.Issue is null ? 0 : 1) + (item.Refused is null ? 0 : 1));
                    if (item.Value is not null) values++;
                    if (item.Issue is not { } issue) continue;
                    issues++;
                    if (issue.Severity == IssueSeverity.Refused) refused++;
                    Assert.True(issue is { File: "fuzz", Line: >= 1, Column: >= 0, Value.Length: <= 80 } && issue.Field.Length > 0 && issue.Reason.Length > 0 && issue.Remedy.Length > 0, issue.ToString());
                }
                Assert.InRange(issues, 0, options.MaxIssues + 10);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, MostAllocatedBytes);
                Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Longest);
            }
            return (values, refused);
        }
    }
}
