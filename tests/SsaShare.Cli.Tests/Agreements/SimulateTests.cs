using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using SsaShare.Agreements;
using SsaShare.Exchange;
using SsaShare.Protocol;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Scenario.Tests;

namespace SsaShare.Cli.Tests;

/// <summary>What `ssa agreement simulate` says of a running node, compared with what a partner then really pulls.</summary>
[Collection(CliTests.Name)]
public sealed class SimulateTests(CliFixture cli)
{
    /// <summary>Four kinds of object: first coarse and soon as published, coarse and tomorrow as published, prohibited, not granted.</summary>
    private const string Clauses = """
        degradation_profiles:
          - id: coarse
            range_sigma_km: 1
            angle_sigma_deg: 0.1
        grants:
          - id: early
            record_classes: [observation]
            objects: ["81001", "81002"]
            purposes: [fusion, research]
            degradation: coarse
          - id: soon
            record_classes: [observation]
            objects: ["81001", "81003"]
            delay: 1s
          - id: tomorrow
            record_classes: [observation]
            objects: ["81002"]
            delay: 24h
        prohibitions:
          - id: never
            objects: ["81003"]
        """;

    private string Dir => cli.Node.Folder.Path;

    [Fact]
    public async Task Simulate_OfWhatWasPublished_IsWhatThePartnerThenPulls()
    {
        int seed = Seed.Next();
        var agreement = await cli.Pacific.AgreeAsync(cli.Node, Yaml.Of("pacific", "atlantic", Clauses, title: "Simulated"));
        await cli.Node.PublishAsync(TdmFile.Mixed(new Random(seed), ("RADAR", "81001", 5), ("RADAR", "81002", 4), ("RADAR", "81003", 3), ("RADAR", "81004", 2)));
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);

        var end = await CliFixture.SsaAsync("agreement", "simulate", "--peer", "pacific", "--since", "20000d", "--agreement", agreement.ToString(), "--dir", Dir);

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("considered: ", end.Errors, StringComparison.Ordinal);
        var rows = Rows(end.Output);
        Assert.Equal(("soon", "-", 5), rows["released"]);
        Assert.Equal(("early", "-", 9), rows["degraded to coarse"]);
        Assert.Contains("  5 as published, 4 degraded only, ", end.Output, StringComparison.Ordinal);
        Assert.Matches(@"withheld +never +Prohibited +observation +3 ", end.Output);
        Assert.Equal((await IdsAsync("81003")).Select(id => id[..16]), Examples(end.Output, "never +Prohibited"));

        var (full, degraded) = await PullAsync(agreement);
        Assert.Equal((5, 9), (full.Count, degraded));
        Assert.Equal(await IdsAsync("81001"), full.Order(StringComparer.Ordinal));
        Assert.All(Examples(end.Output, "soon"), example => Assert.Contains(full, id => id.StartsWith(example, StringComparison.Ordinal)));
        Assert.Equal(3, Examples(end.Output, "soon").Count);
    }

    [Fact]
    public async Task Simulate_OfADraft_DecidesAsIfItWereInForceAndKeepsNothing()
    {
        long agreements = await cli.Node.ScalarAsync<long>("SELECT count(*) FROM agreement"), entries = await cli.Node.ScalarAsync<long>("SELECT count(*) FROM log_entry");
        string draft = cli.Write("simulated.yaml", Yaml.Of("pacific", "atlantic", "grants:\n  - id: sensors\n    record_classes: [sensor]", title: "Only sensors"));
        var end = await CliFixture.SsaAsync("agreement", "simulate", "--peer", "pacific", "--since", "7d", "--file", draft, "--dir", Dir);
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("draft simulated.yaml  Only sensors, signed by nobody, taken as in force", end.Output, StringComparison.Ordinal);
        Assert.Matches(@"released +sensors +- +sensor +\d", end.Output);
        Assert.Matches(@"withheld +- +NotGranted +observation +\d", end.Output);
        Assert.Equal((agreements, entries), (await cli.Node.ScalarAsync<long>("SELECT count(*) FROM agreement"), await cli.Node.ScalarAsync<long>("SELECT count(*) FROM log_entry")));
    }

    [Fact]
    public async Task Simulate_ForWhoHasNoAgreement_SaysThatItReceivesNothing()
    {
        var end = await CliFixture.SsaAsync("agreement", "simulate", "--peer", "stranger", "--since", "7d", "--dir", Dir);
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("in all: 0 as published, 0 degraded only, ", end.Output, StringComparison.Ordinal);
        Assert.Contains("note: no agreement with stranger is in force or suspended here: it receives nothing", end.Output, StringComparison.Ordinal);
        Assert.Contains("note: no node card of stranger is pinned here: it cannot pull", end.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--since", "--peer", "pacific", "--since", "tomorrow")]
    [InlineData(2, "is not a partner id", "--peer", "PACIFIC!", "--since", "1h")]
    [InlineData(2, "exclude each other", "--peer", "pacific", "--since", "1h", "--agreement", "00000000", "--file", "x.yaml")]
    [InlineData(3, "There is no agreement '00000000' here", "--peer", "pacific", "--since", "1h", "--agreement", "00000000")]
    public async Task Simulate_OfWrongWords_SaysWhich(int exitCode, string says, params string[] words)
    {
        var end = await CliFixture.SsaAsync(["agreement", "simulate", .. words, "--dir", Dir]);
        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Contains(says, end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulate_OfADraftThatIsNone_NamesFileAndLine()
    {
        var end = await CliFixture.SsaAsync("agreement", "simulate", "--peer", "pacific", "--since", "1h", "--file", cli.Write("none.yaml", "kind: ssashare/agreement/v1\ntitle: x\nparties: 5\n"), "--dir", Dir);
        Assert.True(end.ExitCode == 2, end.ToString());
        Assert.Contains("none.yaml: line ", end.Errors, StringComparison.Ordinal);
    }

    /// <summary>Pulls everything from the start: ids of what came as published, and how many records came degraded.</summary>
    private async Task<(List<string> Full, int Degraded)> PullAsync(AgreementId agreement)
    {
        var (full, degraded) = (new List<string>(), 0);
        var request = new PullRequest { AgreementId = ByteString.CopyFrom(agreement.Value.ToArray()), RecordsMax = 10_000 };
        while (true)
        {
            var answer = await cli.Pacific.Exchange(cli.Node).PullAsync(request, cancellationToken: TestContext.Current.CancellationToken);
            foreach (var slice in answer.Slices)
                if (slice.Degraded is not null) degraded += slice.Records.Count;
                else full.AddRange(slice.Records.Select(record => SealedRecord.ComputeId((Domain.RecordClass)(int)record.RecordClass, cli.Node.Partner, record.Payload.Span).ToString()));
            var manifest = DocumentMapper.TryRead(answer.Manifest)!;
            Assert.True(DocumentJson.TryRead<ManifestDocument>(manifest.Payload.Span, DocumentContexts.Manifest, out var document));
            if (document.Complete) return (full, degraded);
            request.Cursor = answer.Cursor;
        }
    }

    private async Task<List<string>> IdsAsync(string tag)
        => [.. (await cli.Node.ColumnAsync<string>($"SELECT encode(id, 'hex') FROM record WHERE object_tag = '{tag}'")).Order(StringComparer.Ordinal)];

    /// <summary>Clause, reason and count by outcome, of rows about observations that do not stay.</summary>
    private static Dictionary<string, (string Clause, string Reason, int Count)> Rows(string output)
        => output.Split('\n').Select(line => Regex.Match(line, @"^  (released|degraded to \S+) +(\S+) +(\S+) +observation +([\d,]+) ")).Where(match => match.Success)
            .ToDictionary(match => match.Groups[1].Value, match => (match.Groups[2].Value, match.Groups[3].Value, int.Parse(match.Groups[4].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)));

    private static List<string> Examples(string output, string clause)
        => [.. output.Split('\n').Where(line => Regex.IsMatch(line, $" {clause} ")).SelectMany(line => Regex.Matches(line, "[0-9a-f]{16}").Select(match => match.Value)).Order(StringComparer.Ordinal)];
}
