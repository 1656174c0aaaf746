using System.IO.Compression;
using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Reads and writes ephemerides in tests.</summary>
internal static class EphemerisText
{
    public static List<FormatItem<EphemerisItem>> Read(FileFormat<EphemerisItem> format, byte[] bytes, ReadMode mode = ReadMode.Strict, bool keepsRefused = false, string name = "test")
        => [.. format.Open!(new MemoryStream(bytes), new FormatReadOptions { FileName = name, Now = TestFiles.Now, Mode = mode, KeepsRefused = keepsRefused }).Read()];

    public static List<FormatItem<EphemerisItem>> Read(FileFormat<EphemerisItem> format, string text, ReadMode mode = ReadMode.Strict, string name = "test")
        => Read(format, Encoding.UTF8.GetBytes(text), mode, name: name);

    public static List<EphemerisItem> Values(IEnumerable<FormatItem<EphemerisItem>> items) => [.. items.Where(item => item.Value is not null).Select(item => item.Value!)];

    public static List<ReadIssue> Issues(IEnumerable<FormatItem<EphemerisItem>> items) => [.. items.Where(item => item.Issue is not null).Select(item => item.Issue!)];

    public static (byte[] Bytes, List<ReadIssue> Issues) Write(FileFormat<EphemerisItem> format, IEnumerable<EphemerisItem> items)
    {
        using var stream = new MemoryStream();
        var writer = format.Create!(stream, new FormatWriteOptions { FileName = "written", Now = TestFiles.Now });
        var issues = new List<ReadIssue>();
        foreach (var item in items)
            if (writer.Write(item) is { } issue) issues.Add(issue);
        writer.Complete();
        return (stream.ToArray(), issues);
    }

    /// <summary>Writes and reads back: nothing may be lost or complained of.</summary>
    public static byte[] AssertRoundTrip(FileFormat<EphemerisItem> format, List<EphemerisItem> items, ReadMode mode = ReadMode.Strict, string name = "test")
    {
        var (bytes, issues) = Write(format, items);
        Assert.Empty(issues);
        var again = Read(format, bytes, mode, name: name);
        if (mode == ReadMode.Strict) Assert.Empty(Issues(again));
        Assert.Equal(items, Values(again));
        return bytes;
    }

    public static byte[] Reference(string path)
    {
        using var file = File.OpenRead(TestFiles.Reference(path));
        using var target = new MemoryStream();
        if (!path.EndsWith(".gz", StringComparison.Ordinal)) file.CopyTo(target);
        else
        {
            using var plain = new GZipStream(file, CompressionMode.Decompress);
            plain.CopyTo(target);
        }
        return target.ToArray();
    }
}
