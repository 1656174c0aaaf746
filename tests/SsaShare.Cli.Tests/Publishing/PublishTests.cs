namespace SsaShare.Cli.Tests.Publishing;

/// <summary>A file with faults: each is told with file, line, field and reason; the rest is published.</summary>
[Collection(CliTests.Name)]
public sealed class PublishTests(CliFixture cli)
{
    private const string Message = """
        CCSDS_TDM_VERS = 2.0
        CREATION_DATE = 2026-11-22T00:00:00
        ORIGINATOR = test
        META_START
        TIME_SYSTEM = UTC
        PARTICIPANT_1 = RADAR
        PARTICIPANT_2 = 5398
        MODE = SEQUENTIAL
        PATH = 1,2,1
        RANGE_UNITS = km
        META_STOP
        DATA_START
        RANGE = 1999-01-01T00:00:00 2000.5
        RANGE = 1999-01-01T00:00:10 -7
        RANGE = 1999-13-01T00:00:20 2000.5
        RANGE = 1999-01-01T00:00:30 abc
        RANGE = 1999-01-01T00:00:40 2001.5
        DATA_STOP
        """;

    [Fact]
    public async Task Publish_OfFileWithFaults_NamesThemAndKeepsTheRest()
    {
        string file = cli.Write("faults.tdm", Message);
        var end = await CliFixture.SsaAsync("publish", file, "--dir", cli.Node.Folder.Path);
        Assert.True(end.ExitCode == 1, end.ToString());
        Assert.Contains("faults.tdm: 2 published, 0 known already, 3 refused", end.Output, StringComparison.Ordinal);
        string[] lines = end.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (int line in new[] { 14, 15, 16 }) Assert.Contains(lines, said => System.Text.RegularExpressions.Regex.IsMatch(said, $@"^faults\.tdm:{line}: [A-Za-z_0-9]+: .*(-7|1999-13-01T00:00:20|abc).*; .+"));
        Assert.Equal(2L, await cli.Node.ScalarAsync<long>("SELECT count(*) FROM record WHERE epoch_ns < (SELECT min(epoch_ns) FROM record WHERE class = 8) AND epoch_ns >= -31579200000000000 AND epoch_ns < -31000000000000000"));

        var again = await CliFixture.SsaAsync("publish", file, "--dir", cli.Node.Folder.Path);
        Assert.Contains("faults.tdm: 0 published, 2 known already, 3 refused", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_OfWhatIsNoTdm_Is1()
    {
        var end = await CliFixture.SsaAsync("publish", cli.Write("notes.txt", "Nothing of the kind.\n"), "--dir", cli.Node.Folder.Path);
        Assert.Equal(1, end.ExitCode);
        Assert.Contains("notes.txt:1: file: ", end.Errors, StringComparison.Ordinal);
        Assert.Contains("CCSDS_TDM_VERS", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_OfSensorNobodyDescribed_SaysWhatToDo()
    {
        var end = await CliFixture.SsaAsync("publish", cli.Write("unknown.tdm", Message.Replace("RADAR", "SOMETHING", StringComparison.Ordinal)), "--dir", cli.Node.Folder.Path);
        Assert.Equal(1, end.ExitCode);
        Assert.Contains("SOMETHING", end.Errors, StringComparison.Ordinal);
        Assert.Contains("0 published", end.Output, StringComparison.Ordinal);
    }
}
