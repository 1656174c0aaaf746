using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Orbit mean-elements messages in CSV and JSON as published (reference data: catalogs/, ccsds/omm-encodings/, sgp4/).</summary>
public sealed class OmmTableReferenceTests
{
    public static TheoryData<string, int, int> CsvFiles => new()
    {
        { "catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz", 26_834, 494 },
        { "ccsds/omm-encodings/csv_resource.csv", 167, 0 },
        { "sgp4/sample_omm.csv", 1, 0 },
    };

    public static TheoryData<string, int, int> JsonFiles => new()
    {
        { "ccsds/omm-encodings/json_analyst.json", 597, 595 },
        { "ccsds/omm-encodings/jsonpp_weather.json", 70, 0 },
        { "sgp4/sample_omm.json", 1, 0 },
    };

    [Theory, MemberData(nameof(CsvFiles))]
    public void Csv_WholeFile_IsReadAndWrittenInEveryForm(string path, int sets, int withoutDesignator) => Check(ElementFormats.OmmCsv, path, sets, withoutDesignator);

    [Theory, MemberData(nameof(JsonFiles))]
    public void Json_WholeFile_IsReadAndWrittenInEveryForm(string path, int sets, int withoutDesignator) => Check(ElementFormats.OmmJson, path, sets, withoutDesignator);

    /// <summary>The lines as first written come out of CSV and JSON unchanged.</summary>
    [Theory, MemberData(nameof(TleReferenceTests.Files), MemberType = typeof(TleReferenceTests))]
    public void Tle_ThroughCsvAndJson_GivesTheSameLines(string path, int sets)
    {
        var values = ElementFiles.Values(ElementFiles.Read(ElementFormats.Tle, ElementFiles.Reference(path)));
        Assert.Equal(sets, values.Count);
        var (lines, _) = ElementFiles.Write(ElementFormats.ThreeLine, values);
        var csv = ElementFiles.Values(ElementFiles.Read(ElementFormats.OmmCsv, ElementFiles.Write(ElementFormats.OmmCsv, values).Bytes));
        var json = ElementFiles.Values(ElementFiles.Read(ElementFormats.OmmJson, ElementFiles.Write(ElementFormats.OmmJson, csv).Bytes));
        Assert.Equal(values, json);
        Assert.Equal(Encoding.UTF8.GetString(lines), Encoding.UTF8.GetString(ElementFiles.Write(ElementFormats.ThreeLine, json).Bytes));
    }

    [Fact]
    public void Csv_AnalystObject_HasItsNumberOfSixDigitsAndNoDesignator()
    {
        var values = ElementFiles.Values(ElementFiles.Read(ElementFormats.OmmJson, ElementFiles.Reference("ccsds/omm-encodings/json_analyst.json")));
        Assert.Equal(366, values.Count(elements => elements.NoradCatId > 99_999));
        Assert.All(values, elements => Assert.True(elements.IsAnalystObject));
    }

    /// <summary>CelesTrak gives an eccentricity and a drag term with eight digits; an element set has seven and five.</summary>
    [Fact]
    public void Csv_MoreDecimalsThanColumns_AreToldWhenElementSetsAreWritten()
    {
        var values = ElementFiles.Values(ElementFiles.Read(ElementFormats.OmmCsv, ElementFiles.Reference("ccsds/omm-encodings/csv_resource.csv")));
        var (bytes, issues) = ElementFiles.Write(ElementFormats.Tle, values);
        Assert.All(issues, issue => Assert.Equal(IssueSeverity.Notice, issue.Severity));
        Assert.Contains(issues, issue => issue.Reason.Contains("ECCENTRICITY", StringComparison.Ordinal));
        var again = ElementFiles.Values(ElementFiles.Read(ElementFormats.Tle, bytes));
        Assert.Equal(values.Count, again.Count);
        Assert.All(values.Zip(again), pair =>
        {
            Assert.Equal((pair.First.NoradCatId, pair.First.Epoch, pair.First.ObjectId), (pair.Second.NoradCatId, pair.Second.Epoch, pair.Second.ObjectId));
            Assert.Equal(pair.First.Eccentricity, pair.Second.Eccentricity, 0.5000001e-7);
            Assert.Equal(pair.First.BStarPerEarthRadii!.Value, pair.Second.BStarPerEarthRadii!.Value, Math.Max(5.0001e-5 * Math.Abs(pair.First.BStarPerEarthRadii.Value), 0.5e-14));
        });
    }

    private static void Check(FileFormat<MeanElements> format, string path, int sets, int withoutDesignator)
    {
        byte[] file = ElementFiles.Reference(path);
        Assert.Equal(Recognition.Certain, format.Recognise(file.AsMemory(0, Math.Min(file.Length, FileFormat.HeadBytes))));
        var items = ElementFiles.Read(format, file);
        Assert.Empty(items.Where(item => item.Issue is not null).Take(3));
        var values = ElementFiles.Values(items);
        Assert.Equal((sets, withoutDesignator), (values.Count, values.Count(elements => elements.ObjectId is null)));
        foreach (var other in new[] { ElementFormats.OmmCsv, ElementFormats.OmmJson })
        {
            var (bytes, issues) = ElementFiles.Write(other, values);
            Assert.Empty(issues.Take(3));
            Assert.Equal(values, ElementFiles.Values(ElementFiles.Read(other, bytes)));
        }
    }
}
