using System.Net;
using System.Text;
using System.Text.Json;
using SsaShare.Peering;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Signing;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Ingest;

/// <summary>One running node and every way in: gRPC, REST, the watched folder, `ssa publish`. What is refused comes back through the quarantine.</summary>
public sealed class IngestTests(TestCluster cluster) : IAsyncLifetime
{
    private readonly ScenarioFederation _federation = new(cluster);
    private ScenarioNode _node = null!;

    private string Folder => Path.Combine(_node.Folder.Path, "drop");

    public async ValueTask InitializeAsync()
    {
        _node = await _federation.AddAsync("atlantic", settings: [new("Ingest:Folder", "drop"), new("Ingest:Settle", "00:00:00"), new("Ingest:Poll", "00:00:00.100"), new("Ingest:Label:Level", "Restricted")]);
        await _federation.StartAsync();
        await _node.PublishSensorsAsync("RADAR");
    }

    public ValueTask DisposeAsync() => _federation.DisposeAsync();

    [Fact]
    public async Task File_ByEachWay_IsPublishedOnceAndItsBadLineIsOneEntry()
    {
        var random = new Random(5);
        var first = WithBadLine(TdmFile.Random(50, random));
        var byGrpc = await _node.PublishAsync(first);
        Assert.Equal((50, 0, 1), (byGrpc.AcceptedCount, byGrpc.DuplicateCount, byGrpc.RefusedCount));

        var (status, byRest) = await PostAsync("publications?file=first.tdm&level=PartnersOnly", first.Content);
        Assert.Equal((HttpStatusCode.OK, 0, 50, 1, 1), (status, Number(byRest, "accepted"), Number(byRest, "duplicates"), Number(byRest, "refused"), Number(byRest, "quarantined")));

        var byCli = await SsaProcess.RunAsync(["publish", "-", "--dir", _node.Folder.Path], Encoding.UTF8.GetString(first.Content));
        Assert.True(byCli.ExitCode == 1, byCli.ToString());
        Assert.Contains("(standard input): 0 published, 50 known already, 1 refused", byCli.Output, StringComparison.Ordinal);
        Assert.Contains("ssa quarantine list", byCli.Errors, StringComparison.Ordinal);

        var second = TdmFile.Random(50, random);
        await DropAsync("second.tdm", second.Content);
        await DropAsync("third.txt", "nothing of the kind\n"u8.ToArray());
        await UntilThereAsync("refused/third.txt.outcome.json");
        using (var outcome = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Folder, "done/second.tdm.outcome.json"))))
            Assert.Equal(50, Number(outcome.RootElement, "accepted"));
        Assert.Equal(100L, await _node.ScalarAsync<long>("SELECT count(*) FROM record WHERE class = 1"));
        Assert.Equal(50L, await _node.ScalarAsync<long>("SELECT count(*) FROM record r JOIN label l ON l.id = r.label WHERE r.class = 1 AND l.level = 3"));

        var list = await _node.Admin.ListQuarantineAsync(new() { State = QuarantineState.Open });
        Assert.Equal([(IngestSource.Folder, 1), (IngestSource.Grpc, 3)], list.Entries.Select(entry => (entry.Source, entry.Times)).OrderBy(entry => entry.Times));
        await Ledger.AssertSoundAsync(_node, checkpoints: false);
    }

    [Fact]
    public async Task Quarantine_ByTheProgram_IsListedShownMendedReplayedAndDismissed()
    {
        var file = WithBadLine(TdmFile.Random(5, new Random(6)));
        var late = TdmFile.Random(5, new Random(7), sensor: "LATE");
        string path = Path.Combine(_federation.Root, "all.tdm");
        await File.WriteAllBytesAsync(path, file.Content);
        Assert.Equal(1, (await SsaAsync("publish", path)).ExitCode);
        await File.WriteAllBytesAsync(path, late.Content);
        Assert.Equal(1, (await SsaAsync("publish", path)).ExitCode);
        await File.WriteAllTextAsync(path, "nothing of the kind\n");
        Assert.Equal(1, (await SsaAsync("publish", path)).ExitCode);

        var list = await SsaAsync("quarantine", "list");
        Assert.Contains("3 open, 0 mended, 0 dismissed", list.Errors, StringComparison.Ordinal);
        string[] ids = [.. list.Output.Split('\n').Where(line => line.Length > 16 && line[0] != ' ').Select(line => line[..16])];
        var (bad, noise) = (IdWhere(list.Output, "not a finite number"), IdWhere(list.Output, "not a tracking data message"));
        Assert.Equal(3, ids.Length);

        Assert.Equal((1, true), (await SsaAsync("quarantine", "replay") is var none ? none.ExitCode : 0, none.Output.Contains("1 tried, 0 taken", StringComparison.Ordinal)));
        await _node.PublishSensorsAsync("LATE");
        Assert.Contains("1 tried, 1 taken: 5 published", (await SsaAsync("quarantine", "replay")).Output, StringComparison.Ordinal);

        Assert.Contains("    >  | RANGE = ", (await SsaAsync("quarantine", "show", bad)).Output, StringComparison.Ordinal);
        string text = (await SsaAsync("quarantine", "show", bad, "--text")).Output;
        var still = await SsaProcess.RunAsync(["quarantine", "mend", bad, "--file", "-", "--dir", _node.Folder.Path], text);
        Assert.True(still.ExitCode == 1 && still.Errors.Contains("(mended):1: RANGE", StringComparison.Ordinal), still.ToString());
        var mended = await SsaProcess.RunAsync(["quarantine", "mend", bad, "--file", "-", "--dir", _node.Folder.Path], text.Replace("far", "2000.5", StringComparison.Ordinal));
        Assert.True(mended.ExitCode == 0 && mended.Output.StartsWith("1 published", StringComparison.Ordinal), mended.ToString());
        Assert.Equal(0, (await SsaAsync("quarantine", "dismiss", noise, "--reason", "noise")).ExitCode);
        Assert.Contains("0 open, 2 mended, 1 dismissed", (await SsaAsync("quarantine", "list")).Errors, StringComparison.Ordinal);
        Assert.Equal(3, (await SsaAsync("quarantine", "show", "0000000000")).ExitCode);
        Assert.Equal(11L, await _node.ScalarAsync<long>("SELECT count(*) FROM record WHERE class = 1"));
    }

    [Fact]
    public async Task Folder_NodeKilledWhileItReadsAFile_EndsWithEveryRecordOnce()
    {
        var file = TdmFile.Random(60_000, new Random(8));
        await DropAsync("large.tdm", file.Content);
        await DropAsync("next.tdm", TdmFile.Random(10, new Random(9)).Content);
        await Eventually.TrueAsync(async () => await _node.ScalarAsync<long>("SELECT count(*) FROM publication") > 2, "some of the file published");
        await _node.Process.KillAsync();
        Assert.True(File.Exists(Path.Combine(Folder, "working/large.tdm")), "It was finished before the node was killed.");
        await _node.StartAsync();
        await UntilThereAsync("done/next.tdm.outcome.json");
        using var outcome = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Folder, "done/large.tdm.outcome.json")));
        Assert.Equal(60_000, Number(outcome.RootElement, "accepted") + Number(outcome.RootElement, "duplicates"));
        Assert.True(Number(outcome.RootElement, "duplicates") > 0);
        Assert.Equal(60_010L, await _node.ScalarAsync<long>("SELECT count(*) FROM record WHERE class = 1"));
        await Ledger.AssertSoundAsync(_node, checkpoints: false);
    }

    private static TdmFile WithBadLine(TdmFile file)
        => file with { Content = [.. Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(file.Content).Replace("DATA_STOP", "RANGE = 1999-01-01T00:00:10 far\nDATA_STOP", StringComparison.Ordinal))] };

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static string IdWhere(string list, string reason)
    {
        string[] lines = list.Split('\n');
        return lines[Array.FindIndex(lines, line => line.Contains(reason, StringComparison.Ordinal)) - 1][..16];
    }

    private Task<ProgramEnd> SsaAsync(params string[] words) => SsaProcess.RunAsync([.. words, "--dir", _node.Folder.Path]);

    private async Task DropAsync(string name, byte[] content)
    {
        string incoming = Path.Combine(Folder, "incoming");
        Directory.CreateDirectory(incoming);
        await File.WriteAllBytesAsync(Path.Combine(incoming, $"{name}.part"), content);
        File.Move(Path.Combine(incoming, $"{name}.part"), Path.Combine(incoming, name));
    }

    private Task UntilThereAsync(string outcome) => Eventually.TrueAsync(() => Task.FromResult(File.Exists(Path.Combine(Folder, outcome))), outcome, () => string.Join('\n', _node.Process.Lines.TakeLast(10)));

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, byte[] content)
    {
        using var certificate = KeyFile.ReadCertificate(_node.Folder.OperatorFile, null);
        using var http = PinnedChannel.OpenHttp(_node.Card.Card, certificate);
        using var response = await http.PostAsync(new Uri($"/api/v1/{path}", UriKind.Relative), new ByteArrayContent(content));
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement);
    }
}
