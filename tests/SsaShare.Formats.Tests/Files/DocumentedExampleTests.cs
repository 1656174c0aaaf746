using System.Text;

namespace SsaShare.Formats.Tests.Files;

/// <summary>The example in docs/formats.md is this one, and works.</summary>
public sealed class DocumentedExampleTests
{
    private const string Tle = "1 25544U 98067A   26140.52007259  .00005164  00000-0  10084-3 0  9995\n2 25544  51.6328  77.0641 0007497  79.3410 280.8422 15.49283153567468\n";

    [Fact]
    public void Example_OfThePage_Works()
    {
        using var file = new MemoryStream(FormatSourceTests.Pack(Encoding.ASCII.GetBytes(Tle), "gzip"));
        using var output = new MemoryStream();
        Epoch now = TestFiles.Now;
        var said = new StringWriter();
        // The page has the lines from here ...
        using var source = FormatSource.Open(file);                              // undoes gzip, zstd, UTF-16 ...
        var format = FormatCatalog.Default.Recognise(source, "a.tle.gz", out var unknown);
        if (format is FileFormat<MeanElements> elements)
        {
            var options = new FormatReadOptions { FileName = "a.tle.gz", Now = now, Mode = ReadMode.Lenient };
            var writer = ElementFormats.OmmCsv.Create!(output, new FormatWriteOptions { FileName = "a.csv", Now = now });
            foreach (var item in source.Read(elements, options).Read())          // or await foreach ... ReadAsync()
            {
                if (item.Value is { } set) said.WriteLine(writer.Write(set)?.ToString() ?? $"{set.NoradCatId} {set.InclinationDeg}");
                if (item.Issue is { } issue) said.WriteLine(issue);               // file:line: keyword = value: reason; remedy
            }
            writer.Complete();
        }
        else said.WriteLine(unknown);
        // ... to here.
        Assert.Equal("25544 51.6328", said.ToString().TrimEnd());
        Assert.StartsWith("OBJECT_NAME,", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void Page_HasTheLinesOfTheExample()
    {
        string[] own = File.ReadAllLines(Path.Combine(TestFiles.Root, "tests", "SsaShare.Formats.Tests", "Files", "DocumentedExampleTests.cs"));
        int first = Array.FindIndex(own, line => line.Contains("from here ...", StringComparison.Ordinal)) + 1, end = Array.FindIndex(own, line => line.Contains("... to here.", StringComparison.Ordinal));
        string page = File.ReadAllText(Path.Combine(TestFiles.Root, "docs", "formats.md"));
        Assert.InRange(end - first, 10, 30);
        Assert.Contains(string.Join('\n', own[first..end].Select(line => line[8..])), page, StringComparison.Ordinal);
    }
}
