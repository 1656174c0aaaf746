using System.Text.Json;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Scenario.Tests;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Cli.Tests.Audit;

/// <summary>What is found is told to people and to programs, and ends with 6.</summary>
[Collection(CliTests.Name)]
public sealed class ReconcileTests(CliFixture cli)
{
    private static readonly Hash256 Publication = Hash256.Of("a publication"u8);

    [Fact]
    public async Task Reconcile_TwoBundlesOfOneHistory_Agree()
    {
        string copy = cli.Write("copy.evidence", await File.ReadAllTextAsync(cli.Bundle));
        var end = await CliFixture.SsaAsync("audit", "reconcile", cli.Bundle, copy);
        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("No findings.", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reconcile_TwoHistoriesOfOneNode_FindsTheSplitAndEndsWith6()
    {
        string[] lines = await File.ReadAllLinesAsync(cli.Bundle);
        lines[3] = lines[3].Replace("\"time_ns\":8", "\"time_ns\":7", StringComparison.Ordinal);
        string other = cli.Write("other-history.evidence", string.Join('\n', lines) + "\n");
        var end = await CliFixture.SsaAsync("audit", "reconcile", cli.Bundle, other, "--json");
        Assert.True(end.ExitCode == 6, end.ToString());
        using var json = JsonDocument.Parse(end.Output);
        Assert.False(json.RootElement.GetProperty("agree").GetBoolean());
        var split = json.RootElement.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("kind").GetString() == "split-view");
        Assert.Equal(("other-history.evidence", 2L), (split.GetProperty("bundle").GetString(), split.GetProperty("entry").GetInt64()));
    }

    [Fact]
    public async Task Reconcile_OneBundle_IsAMistakeInUse() => Assert.Equal(2, (await CliFixture.SsaAsync("audit", "reconcile", cli.Bundle)).ExitCode);

    [Fact]
    public async Task Reconcile_ACheckpointThatTheLogsOwnKeyDidNotSign_IsForged()
    {
        using var impostor = NoteSigner.Generate("ssashare/atlantic/log");
        string note = new Checkpoint(impostor.Name, 2, Publication).Sign(impostor).ToString();
        var end = await CliFixture.SsaAsync("audit", "reconcile", cli.Bundle, cli.Bundle, "--checkpoint", cli.Write("impostor.checkpoint", note));
        Assert.True(end.ExitCode == 6, end.ToString());
        Assert.Contains("forged: ", end.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await CliFixture.SsaAsync("audit", "reconcile", cli.Bundle, cli.Bundle, "--checkpoint", cli.Write("no.checkpoint", "any text"))).ExitCode);
    }

    [Fact]
    public void Lines_OfFindings_AreGroupedWithWhatTheyMean()
    {
        string text = string.Join('\n', ReconcileText.Lines(Audit()));
        Assert.Contains("atlantic to pacific\n             given  received  agreed  open\n  manifests      3         2       2\n  records    1,200       900     900   300\n", text, StringComparison.Ordinal);
        Assert.Contains($"different: 1\n  b, entry 7, record {Publication}/2\n    another leaf\n  What that means: {FindingKind.Different.Meaning()}\n", text, StringComparison.Ordinal);
        Assert.EndsWith("note: a: of itself\nnote: of both\n\n1 findings.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_OfFindings_NamesPlaceRecordAndManifest()
    {
        using var json = JsonDocument.Parse(string.Concat(ReconcileText.Json(Audit())));
        var finding = Assert.Single(json.RootElement.GetProperty("findings").EnumerateArray());
        Assert.Equal(("different", "b", 7L, Publication.ToString(), 2), (finding.GetProperty("kind").GetString(), finding.GetProperty("bundle").GetString(), finding.GetProperty("entry").GetInt64(),
            finding.GetProperty("publication").GetString(), finding.GetProperty("index").GetInt32()));
        Assert.Equal(300, json.RootElement.GetProperty("directions")[0].GetProperty("records_open").GetInt64());
    }

    private static EvidenceAudit Audit() => new(
        [new EvidenceReport("a", [], ["of itself"], new Dictionary<string, int>()), new EvidenceReport("b", [], [], new Dictionary<string, int>())],
        [new ReconciliationReport("a", "b", [new DirectionSummary(PartnerId.Parse("atlantic"), PartnerId.Parse("pacific"), 3, 2, 2, 1_200, 900, 900, 300)],
            [new Finding(FindingKind.Different, new FindingPlace("b", 7), new RecordPlace(Publication, 2), Hash256.Of("a manifest"u8), "another leaf")], ["of both"])]);
}
