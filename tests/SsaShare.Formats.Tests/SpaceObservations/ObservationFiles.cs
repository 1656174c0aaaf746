using System.IO.Compression;
using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Reads and writes observations of any format for the tests.</summary>
internal static class ObservationFiles
{
    public static List<FormatItem<ObservationRecord>> Read(FileFormat<ObservationRecord> format, string text, ReadMode mode = ReadMode.Strict, bool keepsRefused = false)
        => Read(format, Encoding.UTF8.GetBytes(text), mode, keepsRefused);

    public static List<FormatItem<ObservationRecord>> Read(FileFormat<ObservationRecord> format, byte[] bytes, ReadMode mode = ReadMode.Strict, bool keepsRefused = false)
        => [.. format.Open!(new MemoryStream(bytes), new FormatReadOptions { FileName = "test", Now = TestFiles.Now, Mode = mode, KeepsRefused = keepsRefused }).Read()];

    /// <summary>The bytes of a reference file, decompressed.</summary>
    public static byte[] Bytes(string file)
    {
        using Stream stream = File.OpenRead(TestFiles.Reference(Path.Combine("obs", file)));
        using var whole = new MemoryStream();
        using Stream source = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        source.CopyTo(whole);
        return whole.ToArray();
    }

    public static (byte[] Bytes, List<ReadIssue> Issues) Write(FileFormat<ObservationRecord> format, IEnumerable<ObservationRecord> records)
    {
        using var stream = new MemoryStream();
        var writer = format.Create!(stream, new FormatWriteOptions { FileName = "out", Now = TestFiles.Now });
        var issues = new List<ReadIssue>();
        foreach (var record in records)
        {
            if (writer.Write(record) is { } issue) issues.Add(issue);
        }
        writer.Complete();
        return (stream.ToArray(), issues);
    }

    public static List<ObservationRecord> Values(this IEnumerable<FormatItem<ObservationRecord>> items) => [.. items.Where(item => item.Value is not null).Select(item => item.Value!)];

    public static List<ReadIssue> Refusals(this IEnumerable<FormatItem<ObservationRecord>> items) => [.. items.Where(item => item.Issue?.Severity == IssueSeverity.Refused).Select(item => item.Issue!)];

    public static List<ReadIssue> Notices(this IEnumerable<FormatItem<ObservationRecord>> items) => [.. items.Where(item => item.Issue?.Severity == IssueSeverity.Notice).Select(item => item.Issue!)];

    /// <summary>Written and read again, the records are the same.</summary>
    public static void AssertSurvives(FileFormat<ObservationRecord> format, IReadOnlyList<ObservationRecord> records)
    {
        var (bytes, issues) = Write(format, records);
        Assert.Empty(issues);
        var again = Read(format, bytes);
        Assert.Empty(again.Refusals());
        Assert.Equal(records, again.Values());
    }
}
