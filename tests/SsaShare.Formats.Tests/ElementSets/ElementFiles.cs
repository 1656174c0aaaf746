using System.IO.Compression;
using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Reads and writes element sets in the tests' memory.</summary>
internal static class ElementFiles
{
    public const string Iss = "1 25544U 98067A   26140.52007259  .00005164  00000-0  10084-3 0  9995\n2 25544  51.6328  77.0641 0007497  79.3410 280.8422 15.49283153567468\n";

    public static FormatReadOptions Options(ReadMode mode = ReadMode.Strict) => new() { FileName = "test", Now = TestFiles.Now, Mode = mode, KeepsRefused = true };

    public static List<FormatItem<MeanElements>> Read(FileFormat<MeanElements> format, ReadOnlySpan<byte> bytes, ReadMode mode = ReadMode.Strict)
        => [.. format.Open!(new MemoryStream(bytes.ToArray()), Options(mode)).Read()];

    public static List<FormatItem<MeanElements>> Read(FileFormat<MeanElements> format, string text, ReadMode mode = ReadMode.Strict) => Read(format, Encoding.UTF8.GetBytes(text), mode);

    public static List<MeanElements> Values(IEnumerable<FormatItem<MeanElements>> items) => [.. items.Select(item => item.Value).OfType<MeanElements>()];

    public static List<ReadIssue> Refusals(IEnumerable<FormatItem<MeanElements>> items) => [.. items.Select(item => item.Issue).OfType<ReadIssue>().Where(issue => issue.Severity == IssueSeverity.Refused)];

    public static (byte[] Bytes, List<ReadIssue> Issues) Write(FileFormat<MeanElements> format, IEnumerable<MeanElements> values)
    {
        using var stream = new MemoryStream();
        var issues = new List<ReadIssue>();
        var writer = format.Create!(stream, new FormatWriteOptions { FileName = "out", Now = TestFiles.Now });
        foreach (var value in values)
            if (writer.Write(value) is { } issue) issues.Add(issue);
        writer.Complete();
        return (stream.ToArray(), issues);
    }

    /// <summary>A file of the reference data, decompressed.</summary>
    public static byte[] Reference(string path)
    {
        using var file = File.OpenRead(TestFiles.Reference(path));
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
