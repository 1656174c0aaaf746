using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SsaShare.Exchange;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>What is looked at after every step.</summary>
internal sealed partial class Life
{
    private const int PullDenied = 213;
    private readonly List<(ScenarioNode Node, LifeRecord Record, SealedRecord Degraded)> _degraded = [];

    /// <summary>Every node's database, every pair of nodes on the wire, every table for what must not be there.</summary>
    public async Task AssertAllAsync()
    {
        foreach (var node in Federation.Nodes) await AssertHoldsAsync(node);
        foreach (var agreement in _agreements)
            foreach (var provider in Federation.Nodes)
                foreach (var reader in Federation.Nodes.Where(reader => reader != provider)) await AssertGivesAsync(provider, reader, agreement);
        foreach (var node in Federation.Nodes)
        {
            // Once more, now that everybody has been asked for everything: nothing came after what was waited for.
            Assert.Equal("", await DifferenceAsync(node));
            Assert.Null(await FindTraceAsync(node) is { } trace ? $"{node.Partner}: {trace}" : null);
            await AssertCountsAsync(node);
            await Ledger.AssertSoundAsync(node, checkpoints: false);
        }
    }

    /// <summary>The node's database has exactly these records, each by exactly these ways.</summary>
    public Task AssertHoldsAsync(ScenarioNode node)
        => Eventually.IsAsync(() => DifferenceAsync(node), difference => difference.Length == 0, $"what {node.Partner} holds");

    /// <summary>Remembers the degraded forms that the node has, so that they can be looked for when they must be gone.</summary>
    public async Task<List<(LifeRecord Original, SealedRecord Degraded)>> DegradedAtAsync(ScenarioNode node)
    {
        var held = from one in await HeldRecord.ListAsync(node)
                   where one.Record is { Mark: not null }
                   select (Holdings.Records.Single(record => record.Leaf == one.Record!.Mark!.Original), one.Record);
        var found = held.ToList();
        foreach (var (original, degraded) in found)
            if (!_degraded.Any(known => known.Node == node && known.Degraded.Id == degraded.Id)) _degraded.Add((node, original, degraded));
        return found;
    }

    /// <summary>What is missing in the node's database and what is too much; empty when it is as it must be.</summary>
    public async Task<string> DifferenceAsync(ScenarioNode node)
    {
        var (expected, found) = (Holdings.Expected(node), Holdings.Lines(await HeldRecord.ListAsync(node), _agreements));
        return Difference(expected, found);
    }

    /// <summary>A reader who asks from the beginning gets exactly what the agreement grants; one who is no party learns not even that it exists.</summary>
    private async Task AssertGivesAsync(ScenarioNode provider, ScenarioNode reader, LifeAgreement agreement)
    {
        string difference = await DifferenceOnWireAsync(provider, reader, agreement), what = $"{provider.Partner} to {reader.Partner} under {agreement}";
        Assert.True(difference.Length == 0, $"{what}: {difference}");
        if (!agreement.Parties.Contains(provider) || !agreement.Parties.Contains(reader)) return;
        var (given, simulated) = (Holdings.ExpectedFromWire(provider, reader, agreement).Count, await SimulateAsync(provider, reader, agreement));
        Assert.True(given == simulated, $"{what}: gives {given} records, and tells its operator that it would give {simulated}.");
    }

    /// <summary>How many records, in one form or another, the provider's operator is told that the reader would get.</summary>
    private static async Task<long> SimulateAsync(ScenarioNode provider, ScenarioNode reader, LifeAgreement agreement)
    {
        using var call = provider.Admin.SimulateAgreement(new() { AgreementId = agreement.Id, ReaderId = reader.Partner.Value, Since = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddYears(10)) });
        await foreach (var step in call.ResponseStream.ReadAllAsync())
            if (step.Result is { } result) return result.Agreements.Single().Rows.Where(row => row.Outcome != DecisionOutcome.Withheld).Sum(row => row.Count);
        throw new InvalidOperationException($"{provider.Partner} has simulated '{agreement}' without a result.");
    }

    /// <summary>What a reader who asks from the beginning misses and has too much; empty when the answer is as it must be.</summary>
    public async Task<string> DifferenceOnWireAsync(ScenarioNode provider, ScenarioNode reader, LifeAgreement agreement)
    {
        bool parties = agreement.Parties.Contains(provider) && agreement.Parties.Contains(reader);
        var expected = parties ? Holdings.ExpectedFromWire(provider, reader, agreement) : [];
        try
        {
            var slices = await _wire.PullAllAsync(provider, reader, agreement.Id);
            return parties && agreement.Status == StatusCode.OK ? Difference(expected, Holdings.Lines(slices, provider, agreement)) : $"an answer instead of {agreement.Status}";
        }
        catch (RpcException refusal)
        {
            // A party that is not granted anything is refused too: the agreement does not open this direction.
            var wanted = parties ? StatusCode.FailedPrecondition : StatusCode.NotFound;
            return refusal.StatusCode == wanted && expected.Count == 0 ? "" : $"{refusal.Status} instead of {expected.Count} records";
        }
    }

    /// <summary>The first place in the node's database that holds what it may not; null when there is none.</summary>
    public Task<string?> FindTraceAsync(ScenarioNode node)
    {
        var forbidden = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var record in Holdings.Records)
        {
            if (Holdings.HasWhole(node, record)) continue;
            foreach (string trace in Traces.OfContent(record.Record)) forbidden[trace] = $"the content of \"{record}\"";
            if (!Holdings.HasHadWhole(node, record))
                foreach (string trace in Traces.OfId(record.Record)) forbidden[trace] = $"the id of \"{record}\"";
        }
        // What was made for one recipient is nobody else's.
        foreach (var (recipient, record, degraded) in _degraded)
            if (recipient != node || !Holdings.HasAs(node, record, degraded.Mark!.Profile.ToString()))
                foreach (string trace in Traces.OfContent(degraded)) forbidden[trace] = $"what {recipient.Partner} got of \"{record}\"";
        // What is measured the same way by two is the content of both.
        foreach (var record in Holdings.Records.Where(record => Holdings.HasWhole(node, record)))
            foreach (string trace in Traces.OfContent(record.Record)) forbidden.Remove(trace);
        return Traces.FindAsync(node, forbidden);
    }

    /// <summary>What the operator is told agrees with what is there.</summary>
    private async Task AssertCountsAsync(ScenarioNode node)
    {
        var status = await node.Admin.GetStatusAsync(new());
        Assert.Equal(Holdings.Records.Count(record => record.Originator == node.Partner), status.OwnRecords);
        Assert.False(node.Process.HasLogged(PullDenied, "TierReceiveOnly"), $"{node.Partner} pulls from a party that only receives.");
    }

    private static string Difference(IReadOnlyCollection<string> expected, IReadOnlyCollection<string> found)
    {
        var (missing, extra) = (Without(expected, found), Without(found, expected));
        return string.Join("; ", missing.Select(line => $"missing: {line}").Concat(extra.Select(line => $"too much: {line}")));
    }

    /// <summary>One by one: a line that is there twice counts twice.</summary>
    private static List<string> Without(IEnumerable<string> lines, IEnumerable<string> others)
    {
        var rest = lines.ToList();
        foreach (string other in others) rest.Remove(other);
        return rest;
    }
}
