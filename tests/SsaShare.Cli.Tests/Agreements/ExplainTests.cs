using Google.Protobuf;
using SsaShare.Scenario.Tests;

namespace SsaShare.Cli.Tests;

/// <summary>What `ssa agreement explain` says of a running node's records.</summary>
[Collection(CliTests.Name)]
public sealed class ExplainTests(CliFixture cli)
{
    private const string Clauses = """
        degradation_profiles:
          - id: coarse
            range_sigma_km: 1
        grants:
          - id: early
            record_classes: [observation]
            objects: ["82001"]
            purposes: [fusion, research]
            degradation: coarse
            retention: 30d
          - id: tomorrow
            record_classes: [observation]
            sensors: [RADAR]
            delay: 24h
        prohibitions:
          - id: never
            objects: ["82002"]
        """;

    private string Dir => cli.Node.Folder.Path;

    [Fact]
    public async Task Explain_OfARecordThatWasGiven_SaysBothWhatIsDecidedAndWhatWasGiven()
    {
        var agreement = await cli.Pacific.AgreeAsync(cli.Node, Yaml.Of("pacific", "atlantic", Clauses, title: "Explained"));
        await cli.Node.PublishAsync(TdmFile.Mixed(new Random(Seed.Next()), ("RADAR", "82001", 1), ("RADAR", "82002", 1)));
        string given = await IdAsync("82001"), kept = await IdAsync("82002");

        string before = await ExplainAsync(given[..8], "pacific", agreement.ToString());
        Assert.Contains($"record {given}", before, StringComparison.Ordinal);
        Assert.Contains("observation of atlantic, sensor RADAR, object 82001, ", before, StringComparison.Ordinal);
        Assert.Contains("may this node release it to pacific?", before, StringComparison.Ordinal);
        Assert.Matches(@"as published +withheld: NotYetDue.*, due 2\d{3}-", before);
        Assert.Matches(@"degraded to coarse +degraded to coarse by early for fusion, research, to be deleted after 30\.00:00:00", before);
        Assert.Contains("grant early (degraded to coarse for fusion, research): grants it", before, StringComparison.Ordinal);
        Assert.Contains("): will grant it when it is older", before, StringComparison.Ordinal);
        Assert.Matches(@"objects +passes +wants 82001 +has 82001", before);
        Assert.Matches(@"prohibition never \(.*\): does not apply\r?\n +objects +fails +wants 82002 +has 82001", before);
        Assert.Contains("pacific was never given it by this node", before, StringComparison.Ordinal);

        await cli.Pacific.Exchange(cli.Node).PullAsync(new() { AgreementId = ByteString.CopyFrom(agreement.Value.ToArray()), RecordsMax = 10_000 }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Matches($@"given to pacific at 2\d{{3}}-\S+ degraded to coarse, under agreement {agreement.ToString()[..16]}, in manifest [0-9a-f]{{16}}", await ExplainAsync(given, "pacific", agreement.ToString()));
        string withheld = await ExplainAsync(kept, "pacific", agreement.ToString());
        Assert.Matches("as published +withheld: Prohibited by never", withheld);
        Assert.Matches(@"prohibition never \(.*\): holds it back", withheld);
        Assert.Contains("pacific was never given it by this node", withheld, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_WithoutAgreement_SaysSo()
    {
        await cli.Node.PublishAsync(TdmFile.Random(1, new Random(Seed.Next()), tag: "82003"));
        string text = await ExplainAsync(await IdAsync("82003"), "stranger", agreement: null);
        Assert.Contains("note: there is no agreement with stranger here: it gets nothing", text, StringComparison.Ordinal);
        Assert.Contains("stranger was never given it by this node", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_OfDerivedProducts_OfWhatTheNodePublished_SaysWhoSeesThem()
    {
        await cli.Node.PublishAsync(TdmFile.Random(1, new Random(Seed.Next()), tag: "82004"));
        var end = await CliFixture.SsaAsync("agreement", "explain", "--record", await IdAsync("82004"), "--reader", "pacific", "--derived", "--dir", Dir);
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("note: what this node itself published is shown in derived products to its own operator alone", end.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "There is no record 0123456789 here", "--record", "0123456789", "--reader", "pacific")]
    [InlineData(2, "first 8 or more hexadecimal digits", "--record", "0123456", "--reader", "pacific")]
    [InlineData(2, "is not a partner id", "--record", "0123456789", "--reader", "PACIFIC!")]
    [InlineData(3, "There is no agreement '00000000' here", "--record", "0123456789", "--reader", "pacific", "--agreement", "00000000")]
    public async Task Explain_OfWhatIsNotThere_SaysWhat(int exitCode, string says, params string[] words)
    {
        var end = await CliFixture.SsaAsync(["agreement", "explain", .. words, "--dir", Dir]);
        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Contains(says, end.Errors, StringComparison.Ordinal);
    }

    private async Task<string> ExplainAsync(string record, string reader, string? agreement)
    {
        var end = await CliFixture.SsaAsync(["agreement", "explain", "--record", record, "--reader", reader, "--dir", Dir, .. agreement is null ? (string[])[] : ["--agreement", agreement]]);
        Assert.True(end.ExitCode == 0, end.ToString());
        return end.Output;
    }

    private Task<string> IdAsync(string tag) => cli.Node.ScalarAsync<string>($"SELECT encode(id, 'hex') FROM record WHERE object_tag = '{tag}'");
}
