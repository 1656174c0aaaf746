namespace SsaShare.Scenario.Tests;

/// <summary>
/// What must hold at every node whatever happened to any of them, seen from outside: in databases with plain SQL, and in the bundles that auditors
/// get. What was granted is said by the test (<see cref="Flow"/>), what was published by what publishers were told (<see cref="Acknowledgements"/>).
/// </summary>
internal sealed partial class Invariants(ScenarioFederation federation, Acknowledgements acknowledged, IReadOnlyCollection<Flow> flows)
{
    private const int ExamplesMax = 5;

    private IReadOnlyList<ScenarioNode> Nodes => federation.Nodes;

    /// <summary>
    /// Waits until everything granted has come, with every receipt, and then holds everything against everything: nothing acknowledged is lost, nothing is
    /// there twice, nothing is outside of its agreement, no position or sequence is ahead of what it counts, checkpoints and receipts are
    /// provable, and the bundles of all hold and agree.
    /// </summary>
    /// <param name="back">Watched the nodes meanwhile; null where nobody did.</param>
    public async Task CheckAsync(GoingBack? back = null)
    {
        var expected = Nodes.ToDictionary(node => node, node => Flow.Expected(node, flows, acknowledged.All));
        foreach (var node in Nodes) await ComesAsync(node, expected[node]);
        foreach (var node in Nodes) await Eventually.IsAsync(() => PendingReceiptsAsync(node), pending => pending == 0, $"{node.Partner} lacks receipts");
        if (back is not null) Assert.Empty(await back.StopAsync());
        foreach (var node in Nodes)
        {
            // Once more, now that everybody is quiet: nothing came after what was waited for.
            Assert.Equal("", await DifferenceAsync(node, expected[node]));
            Assert.Empty(await FaultsInRecordsAsync(node));
            await Ledger.AssertSoundAsync(node, checkpoints: false);
        }
        Assert.Empty(await FaultsInPositionsAsync());
        Assert.Empty(await FaultsInReceiptsAsync());
        Assert.Empty(await FaultsInCheckpointsAsync());
        await AssertBundlesAsync();
    }

    /// <summary>Asks for the number until it is reached, which costs little, and for the records themselves then.</summary>
    private static async Task ComesAsync(ScenarioNode node, List<string> expected)
    {
        try
        {
            await Eventually.IsAsync(() => node.ScalarAsync<long>("SELECT coalesce(sum(record_count), 0)::bigint FROM publication"), count => count >= expected.Count, $"{node.Partner} has {expected.Count} records");
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} {await DifferenceAsync(node, expected)}\n{string.Join('\n', node.Process.Lines.TakeLast(10))}", e);
        }
    }

    /// <summary>What is missing in the node's database, what is too much and what is there twice; empty when it is as it must be.</summary>
    private static async Task<string> DifferenceAsync(ScenarioNode node, List<string> expected)
    {
        var found = await node.ColumnAsync<string>("""
            SELECT encode(w.id, 'hex') || CASE WHEN p.provider IS NULL THEN ' own' ELSE ' from ' || p.provider || ' under ' || substr(encode(p.agreement, 'hex'), 1, 8) END
            FROM (SELECT id, publication FROM record UNION ALL SELECT record, publication FROM record_path) w JOIN publication p ON p.key = w.publication
            """);
        var wanted = expected.ToHashSet(StringComparer.Ordinal);
        var there = found.ToHashSet(StringComparer.Ordinal);
        return string.Join("; ", Some("missing", wanted.Except(there)), Some("too much", there.Except(wanted)),
            Some("twice", found.GroupBy(line => line, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key))).Trim(' ', ';');
    }

    /// <summary>Every bundle holds by itself and with the others, and the two sides of every exchange say the same.</summary>
    private async Task AssertBundlesAsync()
    {
        string folder = Directory.CreateDirectory(Path.Combine(federation.Root, $"bundles-{Guid.NewGuid():N}")).FullName;
        string[] bundles = [.. Nodes.Select(node => Path.Combine(folder, $"{node.Partner}.evidence"))];
        foreach (var end in await Task.WhenAll(Nodes.Zip(bundles, (node, bundle) => SsaProcess.RunAsync(["audit", "export", "--dir", node.Folder.Path, "--out", bundle])))) Assert.True(end.ExitCode == 0, end.ToString());
        string[] cards = [.. Nodes.Select(node => node.Folder.CardFile)];
        foreach (var end in await Task.WhenAll(SsaProcess.RunAsync(["audit", "verify", .. bundles, "--card", .. cards]), SsaProcess.RunAsync(["audit", "reconcile", .. bundles, "--card", .. cards]))) Assert.True(end.ExitCode == 0, end.ToString());
    }

    private static string Some(string what, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        return all.Count == 0 ? "" : $"{what} {all.Count}: {string.Join(", ", all.Order(StringComparer.Ordinal).Take(ExamplesMax))}";
    }
}
