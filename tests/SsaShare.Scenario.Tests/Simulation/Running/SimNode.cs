using SsaShare.Domain;
using SsaShare.Peering;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>A node over many lives of its process: its keys, its database and the file of its last checkpoint stay, everything else is gone with each life.</summary>
internal sealed class SimNode(SimScheduler scheduler, SimTrace trace, SimNetwork network, SimDatabase database, NodeIdentity identity, TimeSpan clockSkew) : ILastCheckpoint
{
    private string? _checkpoint;
    private int _lives;

    public PartnerId Partner => identity.Partner;

    public NodeIdentity Identity => identity;

    public SimDatabase Database => database;

    public SimNetwork Network => network;

    public SimTrace Trace => trace;

    public TimeSpan ClockSkew => clockSkew;

    /// <summary>Records of which it has said that they are published.</summary>
    public HashSet<RecordId> Acknowledged { get; } = [];

    /// <summary>Null while it is down.</summary>
    public SimProcess? Process { get; private set; }

    public string CheckpointFile => $"{Partner}/log-checkpoint";

    public void Start()
    {
        if (Process is not null) return;
        trace.Say($"{Partner} starts");
        Process = new SimProcess(this, new SimContext(scheduler, $"{Partner} life {++_lives}"));
        Process.Start();
    }

    /// <summary>At once and without a word, as by kill -9.</summary>
    public void Kill()
    {
        if (Process is not { } process) return;
        trace.Say($"{Partner} is killed");
        Process = null;
        process.Dispose();
        database.Abandon(process.Context);
        foreach (var call in process.Calls) network.Carry(Partner, call.Caller, () => call.Fail(Grpc.Core.StatusCode.Unavailable, "Connection reset."), () => { });
    }

    public Task<string?> ReadCheckpointAsync(CancellationToken cancellationToken) => Task.FromResult(_checkpoint);

    public Task KeepCheckpointAsync(string note, CancellationToken cancellationToken)
    {
        _checkpoint = note;
        return Task.CompletedTask;
    }
}
