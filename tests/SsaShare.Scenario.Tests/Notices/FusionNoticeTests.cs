using SsaShare.Scenario.Tests.Fusion;

namespace SsaShare.Scenario.Tests.Notices;

/// <summary>What a partner recalls leaves the shared catalog, over a kill of the fusion service, and does not come back.</summary>
public sealed class FusionNoticeTests(FusionFixture federation) : IClassFixture<FusionFixture>
{
    [Fact]
    public async Task Catalog_AfterARecall_HoldsNothingOfIt()
    {
        Assert.NotEmpty(await federation.ObjectsAsync());
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.tdm");
        await File.WriteAllBytesAsync(file, Seeds.Read("observations", "atlantic", "ascension-1996-12.tdm"), TestContext.Current.CancellationToken);
        try
        {
            var recalled = await SsaProcess.RunAsync(["record", "recall", "--file", file, "--reason", "not for sharing", "--dir", federation.Partner.Folder.Path]);
            Assert.True(recalled.ExitCode == 0, recalled.ToString());
        }
        finally
        {
            File.Delete(file);
        }
        long observations = await federation.Partner.ScalarAsync<long>("SELECT count(*) FROM record WHERE class = 1");
        await Task.Delay(300, TestContext.Current.CancellationToken);
        await federation.Fusion.Process.KillAsync();
        await federation.Fusion.Process.DisposeAsync();
        await federation.Fusion.StartAsync();
        await Eventually.IsAsync(() => federation.Fusion.ScalarAsync<long>("SELECT count(*) FROM record WHERE payload IS NULL"), count => count == observations, "payloads deleted at the fusion service");
        await Eventually.TrueAsync(async () => (await federation.ObjectsAsync()).Count == 0, "the catalog is empty");
        await Eventually.IsAsync(() => federation.Fusion.ScalarAsync<long>("SELECT count(*) FROM association"), count => count == 0, "no association is left");
        await Eventually.IsAsync(() => federation.Partner.ScalarAsync<long>("SELECT count(*) FROM notice_receipt WHERE receiver = 'fusion' AND outcome = 2"), count => count == observations, "receipts for the deletions");
    }
}
