using SsaShare.Agreements;

namespace SsaShare.Cli.Tests.Agreements;

/// <summary>From a template to an agreement that is suspended, resumed and compared, with the program alone.</summary>
[Collection(CliTests.Name)]
public sealed class AuthoringTests(CliFixture cli)
{
    [Fact]
    public async Task New_Template_IsValidAndNeverOverwritesAFile()
    {
        string file = cli.In($"{Guid.NewGuid():N}.yaml");
        Assert.Equal(0, (await CliFixture.SsaAsync("agreement", "new", "atlantic", "pacific", "caribbean", "--out", file)).ExitCode);
        string written = await File.ReadAllTextAsync(file);
        Assert.Equal(0, (await CliFixture.SsaAsync("agreement", "validate", file)).ExitCode);
        var again = await CliFixture.SsaAsync("agreement", "new", "atlantic", "pacific", "--out", file);
        Assert.Equal((1, written), (again.ExitCode, await File.ReadAllTextAsync(file)));
        Assert.Contains("already exists", again.Errors, StringComparison.Ordinal);
        Assert.Equal(written, (await CliFixture.SsaAsync("agreement", "new", "atlantic", "pacific", "caribbean")).Output);
        foreach (string[] wrong in new string[][] { ["atlantic"], ["atlantic", "atlantic"], ["atlantic", "Pacific!"] })
            Assert.Equal(2, (await CliFixture.SsaAsync(["agreement", "new", .. wrong])).ExitCode);
    }

    [Fact]
    public async Task Diff_OfFilesAndOfWhatIsAtTheNode_TellsEachField()
    {
        string yaml = Scenario.Tests.Yaml.Everything("pacific", "atlantic", "To be compared");
        var (before, after) = (Write(yaml), Write(yaml.Replace("partners_only", "public", StringComparison.Ordinal)));
        var files = await CliFixture.SsaAsync("agreement", "diff", before, after);
        Assert.Equal((0, "grant all: max_level: partners_only -> public"), (files.ExitCode, files.Output.Trim()));
        Assert.Equal("They say the same.", (await CliFixture.SsaAsync("agreement", "diff", before, before)).Output.Trim());

        string id = (await cli.Pacific.AgreeAsync(cli.Node, yaml)).ToString();
        var stored = await CliFixture.SsaAsync("agreement", "diff", id, after, "--dir", cli.Node.Folder.Path);
        Assert.Equal((0, "grant all: max_level: partners_only -> public"), (stored.ExitCode, stored.Output.Trim()));
        Assert.Equal(3, (await CliFixture.SsaAsync("agreement", "diff", "00000000", after, "--dir", cli.Node.Folder.Path)).ExitCode);
        var faulty = await CliFixture.SsaAsync("agreement", "diff", Write("kind: ssashare/agreement/v1\ntitel: A fault\n"), after);
        Assert.Equal(1, faulty.ExitCode);
        Assert.Contains("titel", faulty.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suspend_AndResume_WantAReasonAndAreShown()
    {
        var agreement = await cli.Pacific.AgreeAsync(cli.Node, Scenario.Tests.Yaml.Everything("pacific", "atlantic", "To be suspended"));
        string id = agreement.ToString(), dir = cli.Node.Folder.Path;
        Assert.Equal(2, (await CliFixture.SsaAsync("agreement", "suspend", id, "--dir", dir)).ExitCode);
        Assert.Equal(2, (await CliFixture.SsaAsync("agreement", "suspend", id, "--reason", new string('x', 201), "--dir", dir)).ExitCode);
        var suspended = await CliFixture.SsaAsync("agreement", "suspend", id[..12], "--reason", "Under repair.", "--dir", dir);
        Assert.Equal((0, $"{id}  {AgreementState.Suspended}"), (suspended.ExitCode, suspended.Output.Trim()));
        Assert.Equal(5, (await CliFixture.SsaAsync("agreement", "suspend", id, "--reason", "Again.", "--dir", dir)).ExitCode);
        var shown = await CliFixture.SsaAsync("agreement", "show", id, "--dir", dir);
        Assert.Contains("# suspended by atlantic", shown.Output, StringComparison.Ordinal);
        Assert.Contains("atlantic (1): Suspend, \"Under repair.\"", shown.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await CliFixture.SsaAsync("agreement", "resume", id, "--reason", "Repaired.", "--dir", dir)).ExitCode);
        Assert.Equal(0, (await CliFixture.SsaAsync("agreement", "revoke", id, "--reason", "The test is over.", "--dir", dir)).ExitCode);
        Assert.Equal(3, (await CliFixture.SsaAsync("agreement", "revoke", "00000000", "--reason", "None such.", "--dir", dir)).ExitCode);
    }

    private string Write(string yaml) => cli.Write($"{Guid.NewGuid():N}.yaml", yaml);
}
