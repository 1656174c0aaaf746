namespace SsaShare.Formats.Tests;

/// <summary>Every file of observations in the reference data: read, written, read back equal; the invalid ones refused where they are wrong.</summary>
public sealed class ObservationReferenceTests
{
    [Theory]
    [InlineData("ssn-b3/23558.obs", 516, 0)]
    [InlineData("ssn-b3/7734.OBS", 370, 28)]
    [InlineData("ssn-b3/5398.obs.gz", 23_917, 0)]
    [InlineData("ssn-b3/81910.obs.gz", 10_889, 0)]
    public void Cards_OfTheSpaceSurveillanceNetwork_SurviveTheRoundTrip(string file, int cards, int notices)
    {
        byte[] bytes = ObservationFiles.Bytes(file);
        Assert.Equal(Recognition.Likely, SpaceObservationFormats.B3.Recognise(bytes.AsMemory(0, Math.Min(bytes.Length, FileFormat.HeadBytes))));
        var items = ObservationFiles.Read(SpaceObservationFormats.B3, bytes);
        Assert.Empty(items.Refusals());
        Assert.Equal((cards, notices), (items.Values().Count, items.Notices().Count));
        ObservationFiles.AssertSurvives(SpaceObservationFormats.B3, items.Values());
    }

    [Theory]
    [InlineData("ilrs/Rollover.frd", 29, 7)]
    [InlineData("ilrs/champ_201709-small.frd", 4, 4)]
    [InlineData("ilrs/crd201_all_samples", 86, 16)]
    [InlineData("ilrs/crd_all_fields.frd", 4, 4)]
    [InlineData("ilrs/glonass125_trunc.frd", 150, 0)]
    [InlineData("ilrs/lageos1-test.npt", 14, 0)]
    [InlineData("ilrs/lageos2_201802.npt.v2C", 300, 0)]
    [InlineData("lageos2/lageos2_20160214.npt", 95, 0)]
    public void Laser_RangingData_SurviveTheRoundTrip(string file, int ranges, int angles)
    {
        byte[] bytes = ObservationFiles.Bytes(file);
        Assert.Equal(Recognition.Certain, SpaceObservationFormats.Crd.Recognise(bytes.AsMemory(0, Math.Min(bytes.Length, FileFormat.HeadBytes))));
        var items = ObservationFiles.Read(SpaceObservationFormats.Crd, bytes);
        Assert.Equal("", string.Join('\n', items.Refusals()));
        Assert.Equal((ranges, angles), (items.Values().Count(record => record.RangeKm is not null), items.Values().Count(record => record.Angles is not null)));
        ObservationFiles.AssertSurvives(SpaceObservationFormats.Crd, items.Values());
    }

    [Theory]
    [InlineData("ilrs/crd_corrupted_data.v2C", 5, 19, 25, "time_of_flight_s", "corrupted")]
    [InlineData("ilrs/crd_invalid_range_type.v2C", 0, 4, 54, "range_type", "9")]
    [InlineData("ilrs/crd_invalid_format.v2C", 0, 1, 1, "file", "h1 CPF 2 2018 2 1 17")]
    [InlineData("ilrs/crd_unexpected_end_of_file.v2C", 6, 23, 0, "H8", "")]
    public void Laser_RangingDataThatAreWrong_AreRefusedWhereTheyAre(string file, int ranges, long line, int column, string field, string value)
    {
        var items = ObservationFiles.Read(SpaceObservationFormats.Crd, ObservationFiles.Bytes(file), keepsRefused: true);
        var first = items.Refusals()[0];
        Assert.Equal((line, column, field, value), (first.Line, first.Column, first.Field, first.Value));
        Assert.Equal(ranges, items.Values().Count(record => record.RangeKm is not null));
        Assert.Contains(items, item => item.Refused is not null);
    }
}
