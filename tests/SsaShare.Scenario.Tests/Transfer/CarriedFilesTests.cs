using Google.Protobuf;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Transfer;

/// <summary>Two nodes that never run at the same time exchange by files alone: the agreement, its signatures, records and receipts.</summary>
public sealed class CarriedFilesTests(TestCluster cluster)
{
    [Fact]
    public async Task Exchange_ByFilesAlone_GivesTheSameRecordsReceiptsAndLogs()
    {
        var random = new Random(Seed.Next());
        await using var federation = new ScenarioFederation(cluster);
        KeyValuePair<string, string>[] alone = [new("Log:StartWithoutWitness", "true")];
        var (provider, receiver) = (await federation.AddAsync("atlantic", settings: alone), await federation.AddAsync("pacific", settings: alone));

        // The agreement there, and back with the second signature.
        await provider.StartAsync();
        await provider.PinAsync(receiver.Card);
        await provider.PublishSensorsAsync("RADAR");
        await provider.PublishAsync(TdmFile.Random(2_500, random));
        var id = (await provider.Admin.ProposeAgreementAsync(new() { FileName = "agreement.yaml", Yaml = ByteString.CopyFromUtf8(Yaml.Everything("atlantic", "pacific")) })).AgreementId;
        string agreement = Convert.ToHexStringLower(id.Span);
        var proposal = await SsaAsync(provider, "exchange", "export", "--to", "pacific", "--agreement", agreement, "--out", Path("proposal"));
        Assert.Contains("the agreement alone", proposal.Errors, StringComparison.Ordinal);
        await provider.Process.DisposeAsync();

        await receiver.StartAsync();
        await receiver.PinAsync(provider.Card);
        await SsaAsync(receiver, "exchange", "import", Path("proposal"));
        await SsaAsync(receiver, "agreement", "sign", agreement);
        await SsaAsync(receiver, "exchange", "request", "--from", "atlantic", "--agreement", agreement, "--out", Path("request"));
        await receiver.Process.DisposeAsync();

        // Records there. What is written into the file is in the provider's log as given.
        await provider.StartAsync();
        var exported = await SsaAsync(provider, "exchange", "export", "--to", "pacific", "--agreement", agreement, "--request", Path("request"), "--out", Path("answers"));
        Assert.Contains("2,501 records", exported.Output, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path("answers")));
        await provider.Process.DisposeAsync();

        await receiver.StartAsync();
        byte[] damaged = await File.ReadAllBytesAsync(Path("answers"), TestContext.Current.CancellationToken);
        damaged[damaged.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(Path("damaged"), damaged, TestContext.Current.CancellationToken);
        var refused = await SsaProcess.RunAsync(["exchange", "import", Path("damaged"), "--dir", receiver.Folder.Path]);
        Assert.Equal((1, 0L), (refused.ExitCode, await receiver.ScalarAsync<long>("SELECT count(*) FROM record")));
        Assert.Contains("Copy it again", refused.Errors, StringComparison.Ordinal);
        var imported = await SsaAsync(receiver, "exchange", "import", Path("answers"), "--reply", Path("reply"));
        Assert.Contains("2,501 records from atlantic, 2,501 of them new", imported.Output, StringComparison.Ordinal);
        var again = await SsaAsync(receiver, "exchange", "import", Path("answers"));
        Assert.Contains("0 records from atlantic", again.Output, StringComparison.Ordinal);
        Assert.Contains("had been taken before", again.Output, StringComparison.Ordinal);
        Assert.Equal(2_501L, await receiver.ScalarAsync<long>("SELECT count(*) FROM record"));
        await receiver.Process.DisposeAsync();

        // The receipt back; there is nothing more.
        await provider.StartAsync();
        var rest = await SsaAsync(provider, "exchange", "export", "--to", "pacific", "--agreement", agreement, "--request", Path("reply"), "--out", Path("rest"));
        Assert.Contains(" 0 records", rest.Output, StringComparison.Ordinal);
        Assert.True(await provider.ScalarAsync<long>("SELECT count(*) FROM receipt_received") > 0);
        Assert.Equal(await Ledger.RecordIdsAsync(provider, "p.originator = 'atlantic'"), await Ledger.RecordIdsAsync(receiver, "p.originator = 'atlantic'"));

        // Nobody else's file, and none for somebody else, is taken.
        var wrongWay = await SsaProcess.RunAsync(["exchange", "import", Path("reply"), "--dir", provider.Folder.Path]);
        Assert.Contains("this file is a request", wrongWay.Errors, StringComparison.Ordinal);
        var notMine = await SsaProcess.RunAsync(["exchange", "import", Path("answers"), "--dir", provider.Folder.Path]);
        Assert.Contains("not from", notMine.Errors, StringComparison.Ordinal);

        // Both logs agree with each other, as over the network.
        await receiver.StartAsync();
        foreach (var node in federation.Nodes) await Evidence.AssertVerifiesAsync(node, federation);

        string Path(string name) => System.IO.Path.Combine(federation.Root, name);
    }

    private static async Task<ProgramEnd> SsaAsync(ScenarioNode node, params string[] words)
    {
        var end = await SsaProcess.RunAsync([.. words, "--dir", node.Folder.Path]);
        Assert.True(end.ExitCode == 0, $"ssa {string.Join(' ', words)}: {end.ExitCode}\n{end.Errors}");
        return end;
    }
}
