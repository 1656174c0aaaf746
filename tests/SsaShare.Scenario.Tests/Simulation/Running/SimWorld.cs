using System.Collections.Immutable;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>
/// Three nodes with agreements between each two, publishing for a while amid faults, then left alone until everything has arrived. How the
/// agreements are, what is published and what breaks is drawn from the seed.
/// </summary>
internal sealed class SimWorld
{
    private static readonly TimeSpan Unrest = TimeSpan.FromSeconds(20), QuietMax = TimeSpan.FromMinutes(20);

    /// <summary>Longer than a pull that was lost without a word keeps its caller, who has receipts to send, waiting.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);
    private readonly SimScheduler _scheduler;
    private readonly SimFaults _faults;
    private readonly SimNetwork _network;
    private readonly SimWatch _watch;
    private readonly List<SimNode> _nodes = [];
    private readonly List<Agreement> _agreements = [];
    private readonly List<SimGrant> _grants = [];
    private readonly SimUnrest _unrest;

    private SimWorld(int seed, PlantedBug bug)
    {
        _scheduler = new SimScheduler(seed);
        Trace = new SimTrace(_scheduler);
        _faults = new SimFaults(_scheduler);
        _network = new SimNetwork(_scheduler, Trace, _faults);
        foreach (string partner in new[] { "atlantic", "boreal", "pacific" })
        {
            var database = new SimDatabase(_scheduler, Trace, partner, _faults, bug);
            var skew = _scheduler.Chance(0.3) ? _scheduler.Between(-100_000, 100_000) : TimeSpan.Zero;
            var node = new SimNode(_scheduler, Trace, _network, database, SimParties.Of(partner), skew);
            _nodes.Add(node);
            _network.Add(node);
        }
        Agree();
        _watch = new SimWatch(_nodes, _grants);
        _unrest = new SimUnrest(_scheduler, Trace, _network, _nodes, _agreements);
    }

    public SimTrace Trace { get; }

    /// <summary>Runs a seed to its end.</summary>
    /// <param name="isAudited">Whether auditors look at all logs in the end.</param>
    /// <returns>What happened, and what was wrong with it.</returns>
    public static SimRun Run(int seed, PlantedBug bug = PlantedBug.None, bool isAudited = false)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var world = new SimWorld(seed, bug);
            string? wrong = world.Run(isAudited);
            return new SimRun(seed, wrong, world.Trace, world._scheduler.Steps, world._network.EarlierReceipts);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private string? Run(bool isAudited)
    {
        _scheduler.World.Start(SettleAsync);
        Go(TimeSpan.FromSeconds(10));
        _faults.Begin();
        foreach (var node in _nodes) node.Start();
        _unrest.Begin();
        Go(Unrest);
        if (Wrong() is { } wrong) return wrong;

        Trace.Say("calm");
        _faults.End();
        _unrest.End();
        var end = _scheduler.Now + QuietMax;
        while (Wrong() is null && _scheduler.Now < end && (!_unrest.IsOver || _watch.Missing() is not null)) Go(TimeSpan.FromSeconds(1));
        if (Wrong() is { } late) return late;
        if (!_unrest.IsOver) return "Who published is not done, or an agreement is not resumed, long after the last fault.";
        Go(Silence);
        return Wrong() ?? _watch.Missing() ?? _watch.Final() ?? (isAudited ? Audit() : null);
    }

    private string? Audit()
    {
        string? found = "The audit has not ended.";
        _scheduler.World.Start(async () => found = await SimAudit.FindAsync(_nodes));
        Go(TimeSpan.FromSeconds(10));
        return Wrong() ?? found;
    }

    private void Go(TimeSpan time) => _scheduler.RunUntil(_scheduler.Now + time);

    private string? Wrong() => _scheduler.Fault?.ToString() ?? _watch.Wrong;

    /// <summary>Before the first start: cards are pinned, agreements signed.</summary>
    private async Task SettleAsync()
    {
        foreach (var node in _nodes)
        {
            var time = new SimClock(_scheduler.World, node.ClockSkew);
            var peers = new SimPeerStore(node.Database, time);
            await peers.KeepOwnAsync(node.Identity.Card, CancellationToken.None);
            foreach (var other in _nodes.Where(other => other != node)) await peers.TryPinAsync(other.Identity.Card, CancellationToken.None);
            var agreements = new SimAgreementStore(node.Database, time);
            foreach (var agreement in _agreements.Where(agreement => agreement.HasParty(node.Partner)))
                await agreements.SaveAsync(SimAgreements.SignedByAll(agreement, _nodes), CancellationToken.None);
        }
    }

    private void Agree()
    {
        var (atlantic, boreal, pacific) = (_nodes[0], _nodes[1], _nodes[2]);
        bool isRelayed = _scheduler.Chance(0.5);
        Add(SimAgreements.Between(atlantic.Identity, boreal.Identity, "west", terms => Vary(terms) with
        {
            Grants = [terms.Grants[0] with { Onward = isRelayed ? OnwardAudience.Public : OnwardAudience.None }],
        }));
        Add(SimAgreements.Between(atlantic.Identity, pacific.Identity, "south", Vary));
        Add(SimAgreements.Between(boreal.Identity, pacific.Identity, "east", terms => isRelayed
            ? Vary(terms) with
            {
                Grants = [terms.Grants[0], new Grant
                {
                    Id = SimAgreements.Clause("relayed"),
                    From = Selector.Of(boreal.Partner),
                    To = Selector.Of(pacific.Partner),
                    Originators = Selector.Of(atlantic.Partner),
                    RecordClasses = Selector.Of(RecordClass.Observation, RecordClass.EventNotice),
                }],
            }
            : Vary(terms)));
        foreach (var agreement in _agreements) _grants.AddRange(SimAgreements.Owned(agreement));
        if (isRelayed) _grants.Add(new SimGrant(_agreements[2].Id, boreal.Partner, pacific.Partner, atlantic.Partner));

        void Add(Agreement agreement) => _agreements.Add(agreement);
    }

    private AgreementTerms Vary(AgreementTerms terms) => terms with
    {
        WitnessQuorum = _scheduler.Chance(0.4) ? 1 : 0,
        WitnessGrace = TimeSpan.FromMinutes(5),
        Receipts = _scheduler.Chance(0.3) ? ReceiptDuty.Required : ReceiptDuty.Optional,
        Grants = _scheduler.Chance(0.3) ? [terms.Grants[0] with { Delay = TimeSpan.FromSeconds(20) }] : terms.Grants,
        Limits = _scheduler.Chance(0.2) ? ImmutableArray.Create(new VolumeLimit { Id = SimAgreements.Clause("pace"), RecordsPerMinute = 60 }) : [],
    };
}

/// <summary>One run of a seed.</summary>
/// <param name="Wrong">What was wrong; null when nothing was.</param>
/// <param name="EarlierReceipts">Receipts that came a pull later.</param>
internal sealed record SimRun(int Seed, string? Wrong, SimTrace Trace, long Steps, int EarlierReceipts);
