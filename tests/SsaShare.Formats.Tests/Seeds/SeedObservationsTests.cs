namespace SsaShare.Formats.Tests;

public sealed class SeedObservationsTests
{
    [Theory]
    [InlineData("atlantic/ascension-1996-12.tdm", "ASCENSION", "81900", 277)]
    [InlineData("caribbean/antigua-1996-12.tdm", "ANTIGUA", "81900", 651)]
    [InlineData("pacific/kaena-point-1996-12.tdm", "KAENA-POINT", "81900", 363)]
    [InlineData("pacific/kaena-point-1995-01.tdm", "KAENA-POINT", "07734", 370)]
    public void Read_SeedObservations_AllTakenWithoutIssue(string file, string sensor, string tag, int count)
    {
        var (reader, items) = TestFiles.ReadTdm(File.ReadAllBytes(TestFiles.Seed($"observations/{file}")));

        Assert.Empty(items.Where(item => item.Issue is not null).Select(item => item.Issue!.ToString()));
        Assert.Equal(count, items.Count);
        Assert.All(items, item => Assert.Equal((sensor, tag), (item.Observation!.Sensor.Value, item.Observation.ObjectTag)));
        Assert.True(reader.Summary.ReadToEnd);
        Assert.Equal(file.Split('/')[0], reader.Header.Originator);
    }
}
