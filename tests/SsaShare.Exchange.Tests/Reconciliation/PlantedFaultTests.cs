namespace SsaShare.Exchange.Tests;

/// <summary>Each fault is found, as what it is and where it is, in whatever honest history it is planted.</summary>
public sealed class PlantedFaultTests
{
    public static TheoryData<string> Names => [.. PlantedFaults.All.Select(fault => fault.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task Reconcile_APlantedFault_IsFoundAsWhatItIsAndWhere(string name)
    {
        var fault = PlantedFaults.All.Single(one => one.Name == name);
        for (int seed = 1; seed <= 4; seed++)
        {
            var history = new TestHistory(seed);
            // The first in a history without anything else, so that it cannot be another fault that is found.
            history.Go(seed == 1 ? 0 : 10 * seed);
            history.ResumeAll();
            var expected = fault.Plant(history);
            var pair = await history.AuditAsync(history.Atlantic, history.Pacific);
            string bundle = expected.At == history.Atlantic ? "bundle 0" : "bundle 1";
            Assert.True(pair.Findings.Any(finding => expected.Matches(finding, bundle)), $"seed {seed}: {expected.Kind} at {bundle}, entry {expected.Entry}, record {expected.Record} is not among:\n{string.Join('\n', pair.Findings)}");
            Assert.False(pair.Succeeded);
            var scoped = await TestExchange.AuditAsync([.. history.Partners.Select(partner => partner.Node.Card)],
                await history.Atlantic.Node.ExportAsync(new EvidenceScope(Peer: history.Pacific.Node.Partner)), await history.Pacific.Node.ExportAsync(new EvidenceScope(Peer: history.Atlantic.Node.Partner)));
            Assert.True(!fault.IsInParts || scoped.Findings.Any(finding => expected.Matches(finding, bundle)), $"seed {seed}, of the peer alone: {expected} is not among:\n{string.Join('\n', scoped.Findings)}");
            var alone = await history.AuditAsync(expected.By ?? expected.At);
            if (fault.IsFoundAlone is { } isFound) Assert.True(alone.Succeeded != isFound, $"seed {seed}: alone\n{string.Join('\n', alone.Findings)}");
        }
    }

    [Fact]
    public async Task Reconcile_TwoReceiversThatWereShownTwoLogs_FindTheSplitWithoutTheirProvider()
    {
        var history = new TestHistory();
        history.Pacific.Publish(2);
        var (toAtlantic, toCaribbean) = (history.Runs.Single(run => run.Provider == history.Pacific && run.Receiver == history.Atlantic), history.Runs.Single(run => run.Provider == history.Pacific && run.Receiver == history.Caribbean));
        int size = history.Pacific.Node.LogSize;
        toAtlantic.PullAll();
        string fork = Sample.Checkpoint(history.Pacific.Node.Log, size, Signing.Hash256.Of("another log"u8));
        var shown = toCaribbean.Compose(FeedLane.Prompt, 1, _ => RecordForm.Full, document => document with { Checkpoint = fork });
        toCaribbean.Issue(shown);
        toCaribbean.Take(shown);
        Assert.True((await history.AuditAsync(history.Atlantic)).Succeeded);
        Assert.True((await history.AuditAsync(history.Caribbean)).Succeeded);
        var finding = Assert.Single((await history.AuditAsync(history.Atlantic, history.Caribbean)).Findings);
        Assert.Equal((FindingKind.SplitView, "bundle 1"), (finding.Kind, finding.Where.Bundle));
        Assert.Contains("'pacific' shows two histories", finding.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reconcile_TwoReceiversThatGotDifferentRecordsForOnePlace_FindThatWithoutTheirProvider()
    {
        var history = new TestHistory();
        history.Pacific.Publish(2);
        var (toAtlantic, toCaribbean) = (history.Runs.Single(run => run.Provider == history.Pacific && run.Receiver == history.Atlantic), history.Runs.Single(run => run.Provider == history.Pacific && run.Receiver == history.Caribbean));
        toAtlantic.PullAll();
        var altered = toCaribbean.Compose(FeedLane.Prompt, 1, _ => RecordForm.Full, tamper: slices => [slices[0] with { Items = [slices[0].Items[0], slices[0].Items[1] with { Leaf = Signing.Hash256.Of("another"u8) }] }]);
        toCaribbean.Issue(altered);
        toCaribbean.Take(altered);
        var finding = Assert.Single((await history.AuditAsync(history.Atlantic, history.Caribbean)).Findings);
        Assert.Equal((FindingKind.Different, new RecordPlace(altered.Slices[0].Publication, 1)), (finding.Kind, finding.Record));
    }

    [Fact]
    public async Task Reconcile_TwoBundlesOfOneNodeThatDiffer_IsASplitView()
    {
        var history = new TestHistory();
        history.Atlantic.Publish(2);
        string early = await history.Atlantic.Node.ExportAsync();
        history.Atlantic.Node.Rewrite(entry => entry.Index == 1 ? entry with { Time = entry.Time.PlusSeconds(1) } : entry);
        history.Atlantic.Publish(1);
        var audit = await TestExchange.AuditAsync([.. history.Partners.Select(partner => partner.Node.Card)], early, await history.Atlantic.Node.ExportAsync());
        var finding = Assert.Single(audit.Findings);
        Assert.Equal((FindingKind.SplitView, new FindingPlace("bundle 1", 1)), (finding.Kind, finding.Where));
    }
}
