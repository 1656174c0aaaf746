using System.Data.Common;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>What people and misfortune do to the nodes: files are published, processes killed, servers stopped, ways cut, agreements suspended and resumed.</summary>
internal sealed class SimUnrest(SimScheduler scheduler, SimTrace trace, SimNetwork network, IReadOnlyList<SimNode> nodes, IReadOnlyList<Agreement> agreements)
{
    private const int PublishersOfEach = 2;
    private readonly SimClock _time = new(scheduler.World, TimeSpan.Zero);
    private readonly List<(SimNode Node, SealedRecord Record)> _published = [];
    private int _records, _working;
    private bool _isOver;

    /// <summary>Everything begun is done: each file is acknowledged, each agreement in force again.</summary>
    public bool IsOver => _isOver && _working == 0;

    public void Begin()
    {
        foreach (var node in nodes)
            for (int i = 0; i < PublishersOfEach; i++) Work(() => PublishAllAsync(node));
        Work(BreakAsync);
        Work(CutAsync);
        if (scheduler.Chance(0.4)) Work(SuspendAsync);
        foreach (var node in nodes) scheduler.World.Start(() => BringTransitionsAsync(node));
    }

    public void End()
    {
        _isOver = true;
        network.HealAll();
        foreach (var node in nodes)
        {
            if (node.Database.IsDown) node.Database.Start();
            node.Start();
        }
    }

    private void Work(Func<Task> work)
    {
        _working++;
        scheduler.World.Start(async () =>
        {
            await work();
            _working--;
        });
    }

    private async Task PublishAllAsync(SimNode node)
    {
        while (!_isOver)
        {
            await PauseAsync(100, 6_000);
            if (_isOver) return;
            int size = scheduler.Random.Next(1, 6);
            var file = Enumerable.Range(0, size).Select(_ => NewRecord(node.Partner)).ToList();
            // Some files hold records of files before.
            if (scheduler.Chance(0.25) && _published.Where(one => one.Node == node).ToList() is [_, ..] before)
                file.Add(before[scheduler.Random.Next(before.Count)].Record);
            await PublishAsync(node, file);
            _published.AddRange(file.Select(record => (node, record)));
        }
    }

    private SealedRecord NewRecord(PartnerId originator)
        => scheduler.Chance(0.2) ? SimAgreements.Notice(originator, ++_records, isReal: scheduler.Chance(0.8)) : SimAgreements.Record(originator, ++_records, isReal: scheduler.Chance(0.8));

    /// <summary>Again until it is acknowledged, as an operator would.</summary>
    private async Task PublishAsync(SimNode node, List<SealedRecord> file)
    {
        string what = $"{file.Count} records up to {_records}";
        while (true)
        {
            if (node.Process is { IsListening: true } process)
            {
                try
                {
                    var publishing = process.PublishAsync(file);
                    await FirstOf.EndsAsync(publishing, Task.Delay(TimeSpan.FromSeconds(6), _time));
                    if (publishing.IsCompleted)
                    {
                        var summary = await publishing;
                        trace.Say($"{node.Partner} has published {what}: {summary.Accepted} new");
                        foreach (var record in file) node.Acknowledged.Add(record.Id);
                        return;
                    }
                }
                catch (DbException e)
                {
                    trace.Say($"{node.Partner} publishing {what} failed: {e.Message}");
                }
            }
            await PauseAsync(200, 2_000);
        }
    }

    private async Task BreakAsync()
    {
        while (!_isOver)
        {
            await PauseAsync(500, 6_000);
            if (_isOver) return;
            var node = nodes[scheduler.Random.Next(nodes.Count)];
            if (scheduler.Chance(0.7))
            {
                node.Kill();
                await PauseAsync(50, 6_000);
                node.Start();
            }
            else if (!node.Database.IsDown)
            {
                node.Database.Stop();
                await PauseAsync(50, 4_000);
                if (node.Database.IsDown) node.Database.Start();
            }
        }
    }

    private async Task CutAsync()
    {
        while (!_isOver)
        {
            await PauseAsync(500, 8_000);
            if (_isOver) return;
            var (from, to) = (nodes[scheduler.Random.Next(nodes.Count)].Partner, nodes[scheduler.Random.Next(nodes.Count)].Partner);
            bool both = scheduler.Chance(0.4);
            trace.Say($"cut from {from} to {to}{(both ? " and back" : "")}");
            network.Cut(from, to);
            if (both) network.Cut(to, from);
            await PauseAsync(500, 10_000);
            trace.Say($"healed from {from} to {to}");
            network.Heal(from, to);
            network.Heal(to, from);
        }
    }

    private async Task SuspendAsync()
    {
        while (!_isOver)
        {
            await PauseAsync(1_000, 8_000);
            if (_isOver) return;
            var agreement = agreements[scheduler.Random.Next(agreements.Count)];
            var node = nodes.Where(one => agreement.HasParty(one.Partner)).ElementAt(scheduler.Random.Next(2));
            await ChangeAsync(node, agreement, TransitionEvent.Suspend, AgreementState.Suspended);
            await PauseAsync(500, 10_000);
            await ChangeAsync(node, agreement, TransitionEvent.Resume, AgreementState.Active);
        }
    }

    private async Task ChangeAsync(SimNode node, Agreement agreement, TransitionEvent happening, AgreementState wanted)
    {
        while (node.Database.Tables.StateOf(agreement.Id) != wanted)
        {
            if (node.Process is { IsListening: true } process)
            {
                try
                {
                    var changing = process.ChangeAsync(agreement.Id, happening);
                    await FirstOf.EndsAsync(changing, Task.Delay(TimeSpan.FromSeconds(6), _time));
                    if (changing.IsCompleted) trace.Say($"{node.Partner}: {happening} of '{agreement.Terms.Title}' {((await changing).Fault is { } fault ? $"refused: {fault}" : "done")}");
                }
                catch (DbException e)
                {
                    trace.Say($"{node.Partner}: {happening} of '{agreement.Terms.Title}' failed: {e.Message}");
                }
            }
            await PauseAsync(100, 1_000);
        }
    }

    /// <summary>Brings a node's own transitions to the other parties, until they have said that they have them; all of them again after a restart.</summary>
    private async Task BringTransitionsAsync(SimNode node)
    {
        while (true)
        {
            await PauseAsync(1_000, 2_000);
            if (node.Process is not { IsListening: true } process) continue;
            foreach (var transition in node.Database.Tables.Transitions.Where(one => one.Document.Party == node.Partner).ToList())
            {
                var other = nodes.Single(other => other != node && agreements.Single(agreement => agreement.Id == transition.Document.Agreement).HasParty(other.Partner));
                if (!process.Delivered.Contains((other.Partner, transition.Original.Id))) network.Carry(node.Partner, other.Partner, () => Take(process, node, other, transition), () => { });
            }
        }
    }

    private void Take(SimProcess bringer, SimNode from, SimNode node, SignedTransition transition)
    {
        if (node.Process is not { IsListening: true } process) return;
        scheduler.World.Start(async () =>
        {
            try
            {
                var taken = await process.TakeAsync(transition);
                trace.Say($"{node.Partner} takes {transition.Document.Event} {transition.Document.Sequence} of {from.Partner}: {taken.Outcome} {taken.Fault}");
                if (taken.Outcome is TransitionOutcome.Taken or TransitionOutcome.Known)
                    network.Carry(node.Partner, from.Partner, () => bringer.Delivered.Add((node.Partner, transition.Original.Id)), () => { });
            }
            catch (DbException e)
            {
                trace.Say($"{node.Partner} cannot keep a transition: {e.Message}");
            }
        });
    }

    private Task PauseAsync(double fromMs, double toMs) => Task.Delay(scheduler.Between(fromMs, toMs), _time);
}
