using System.Diagnostics;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SsaShare.Exchange;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Storage.Tests;
using AgreementState = SsaShare.Protocol.Agreement.V1.AgreementState;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>Four nodes, their agreements, and the check that each holds and hands out exactly what it may.</summary>
internal sealed partial class Life(TestCluster cluster) : IAsyncDisposable
{
    private const int LongestShown = 500;
    private readonly Wire _wire = new();
    private readonly List<LifeAgreement> _agreements = [];

    public ScenarioFederation Federation { get; } = new(cluster);
    public ScenarioNode Atlantic { get; private set; } = null!;
    public ScenarioNode Pacific { get; private set; } = null!;
    public ScenarioNode Caribbean { get; private set; } = null!;
    public ScenarioNode Arctic { get; private set; } = null!;
    public Holdings Holdings { get; } = new();
    public Random Random { get; } = new(Seed.Next());
    public Wire Wire => _wire;

    public async Task StartAsync()
    {
        Atlantic = await Federation.AddAsync("atlantic");
        Pacific = await Federation.AddAsync("pacific");
        Caribbean = await Federation.AddAsync("caribbean");
        Arctic = await Federation.AddAsync("arctic");
        await Federation.StartAsync();
    }

    /// <summary>Plays one step and then looks at everything.</summary>
    /// <exception cref="LifeException">Something failed; the message says in which step.</exception>
    public async Task StepAsync(string name, Func<Task> step)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            await step();
            var played = Stopwatch.GetElapsedTime(started);
            await AssertAllAsync();
            TestContext.Current.TestOutputHelper?.WriteLine($"{name}: played {played.TotalSeconds:f1} s, checked {(Stopwatch.GetElapsedTime(started) - played).TotalSeconds:f1} s");
        }
        catch (Exception e)
        {
            throw new LifeException($"Step \"{name}\": {e.Message}\n{string.Join('\n', await ComplaintsAsync())}", e);
        }
    }

    /// <summary>What the nodes' operators would look at first: pulls that fail, and the newest errors.</summary>
    private async Task<List<string>> ComplaintsAsync()
    {
        var complaints = new List<string>();
        foreach (var node in Federation.Nodes.Where(node => !node.Process.HasExited))
        {
            var peers = (await node.Admin.GetStatusAsync(new())).Peers.Where(peer => peer.LastError.Length > 0);
            complaints.AddRange(peers.Select(peer => $"{node.Partner} says of {peer.PartnerId}: {peer.LastError}"));
            complaints.AddRange(node.Process.Lines.Where(line => line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal)).TakeLast(3).Select(line => $"{node.Partner}: {(line.Length > LongestShown ? line[..LongestShown] : line)}"));
        }
        return complaints;
    }

    /// <summary>Proposes at the first party; it reaches the others unsigned by them.</summary>
    public async Task<LifeAgreement> ProposeAsync(string name, string yaml, params ScenarioNode[] parties)
    {
        var id = (await parties[0].Admin.ProposeAgreementAsync(new() { FileName = $"{name}.yaml", Yaml = ByteString.CopyFromUtf8(yaml) })).AgreementId;
        var agreement = Take(name, id, parties);
        agreement.Status = StatusCode.FailedPrecondition;
        foreach (var party in parties) await StateIsAsync(party, agreement, AgreementState.Proposed);
        return agreement;
    }

    /// <summary>An agreement in force that came about in another way.</summary>
    public LifeAgreement Take(string name, ByteString id, params ScenarioNode[] parties)
    {
        var agreement = new LifeAgreement(name, id, parties);
        _agreements.Add(agreement);
        return agreement;
    }

    /// <summary>Countersigns at these, or at all but the first, and waits until it is in force everywhere.</summary>
    public static async Task SignAsync(LifeAgreement agreement, params ScenarioNode[] parties)
    {
        foreach (var party in parties.Length > 0 ? parties : agreement.Parties.Skip(1)) await party.Admin.SignAgreementAsync(new() { AgreementId = agreement.Id });
        foreach (var party in agreement.Parties) await StateIsAsync(party, agreement, AgreementState.Active);
        agreement.Status = StatusCode.OK;
    }

    public async Task<LifeAgreement> AgreeAsync(string name, string yaml, params ScenarioNode[] parties)
    {
        var agreement = await ProposeAsync(name, yaml, parties);
        await SignAsync(agreement);
        return agreement;
    }

    public static Task StateIsAsync(ScenarioNode node, LifeAgreement agreement, AgreementState state)
        => Eventually.IsAsync(async () => (await FindAsync(node, agreement))?.State, found => found == state, $"'{agreement}' {state} at {node.Partner}");

    public async ValueTask DisposeAsync()
    {
        _wire.Dispose();
        await Federation.DisposeAsync();
    }

    private static async Task<AgreementSummary?> FindAsync(ScenarioNode node, LifeAgreement agreement)
        => (await node.Admin.ListAgreementsAsync(new())).Agreements.FirstOrDefault(one => one.AgreementId == agreement.Id);
}

/// <summary>Says in which step of the life something went wrong.</summary>
internal sealed class LifeException(string message, Exception inner) : Exception(message, inner);
