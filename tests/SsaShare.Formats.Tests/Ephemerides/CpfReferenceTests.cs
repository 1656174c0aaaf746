namespace SsaShare.Formats.Tests;

/// <summary>Predictions as published, adapted by Orekit, and made invalid by it (reference data, obs/ilrs and obs/lageos2).</summary>
public sealed class CpfReferenceTests
{
    [Theory]
    [InlineData("obs/ilrs/galileo212_cpf_180613_6641.esa", "2016-069B", 41860, 193, 0, 0)]
    [InlineData("obs/ilrs/jason3_cpf_180613_16401.cne", "2016-002A", 41240, 1801, 8, 0)]
    [InlineData("obs/ilrs/lageos1_cpf_180613_16401.hts", "1976-039A", 8820, 582, 0, 0)]
    // Its satellite number 1234567 is the 67th piece of the launch 2012-345: BU.
    [InlineData("obs/ilrs/cpf_all_fields.csg", "2012-345BU", 99999, 2, 2, 6)]
    [InlineData("obs/lageos2/lageos2LS_cpf_160213_5441.sgf", "1992-070B", 22195, 155, 3, 0)]
    [InlineData("obs/lageos2/lageos2SeqLS_cpf_160213_5441.sgf", "1992-070B", 22195, 133, 3, 0)]
    [InlineData("obs/lageos2/lageos2_cpf_160213_5441.sgf", "1992-070B", 22195, 288, 0, 0)]
    public void Read_ValidFile_IsWrittenAndReadBackEqual(string file, string cospar, long norad, int points, int comments, int records)
    {
        var items = EphemerisText.Read(CpfFormat.Cpf, EphemerisText.Reference(file));
        Assert.Empty(EphemerisText.Issues(items));
        var values = EphemerisText.Values(items);
        var segment = values.OfType<EphemerisSegment>().Single();
        Assert.Equal((cospar, norad, EphemerisFrame.Itrf), (segment.CosparId, segment.NoradId, segment.Frame));
        Assert.Equal((points, comments, records), (values.OfType<EphemerisPoint>().Count(), values.OfType<EphemerisComment>().Count(), values.OfType<EphemerisRecord>().Count()));
        Assert.IsType<EphemerisSegmentEnd>(values[^1]);
        EphemerisText.AssertRoundTrip(CpfFormat.Cpf, values);
    }

    [Theory]
    [InlineData("obs/ilrs/cpf_corrupted_data.csg", 4, "position", "three numbers in metres are expected")]
    [InlineData("obs/ilrs/cpf_invalid_format.csg", 1, "H1", "the first record is not H1 CPF")]
    [InlineData("obs/ilrs/cpf_unexpected_end_of_file.csg", 5, "99", "the file ends without its last record")]
    public void Read_InvalidFile_IsRefusedWithLineAndReason(string file, long line, string field, string reason)
    {
        foreach (var mode in Enum.GetValues<ReadMode>())
        {
            var issue = EphemerisText.Issues(EphemerisText.Read(CpfFormat.Cpf, EphemerisText.Reference(file), mode)).Single();
            Assert.Equal((line, field, reason, IssueSeverity.Refused), (issue.Line, issue.Field, issue.Reason, issue.Severity));
        }
    }

    [Fact]
    public void Read_Lageos_IsWhereItWas()
    {
        var values = EphemerisText.Values(EphemerisText.Read(CpfFormat.Cpf, EphemerisText.Reference("obs/ilrs/lageos1_cpf_180613_16401.hts")));
        var first = values.OfType<EphemerisPoint>().First();
        Assert.Equal(new Vector3d(2966.379904, 4195.129466, -11136.763061), first.PositionKm);
        Assert.Equal("2018-06-12T23:30:00", first.Time.ToString());
        Assert.Equal("0.2510", values.OfType<EphemerisSegment>().Single().Extras["CPF_H5"]);
    }
}
