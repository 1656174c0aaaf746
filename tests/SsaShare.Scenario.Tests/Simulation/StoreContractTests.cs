using Microsoft.Extensions.DependencyInjection;
using SsaShare.Exchange;
using SsaShare.Storage;
using SsaShare.Storage.Tests;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>What the simulation proves of the node hangs on its stores doing as the real ones do.</summary>
public sealed class StoreContractTests(TestCluster cluster)
{
    [Fact]
    public async Task SimulatedStores_DoWhatTheDatabaseDoes()
    {
        await using var atlantic = await HostAsync();
        await using var boreal = await HostAsync();
        var real = await new StoreScript(Ports(atlantic), Ports(boreal)).RunAsync();
        Assert.Equal(real, Simulated());
        Assert.True(real.Count > 40, $"{real.Count} outcomes are hardly a contract.");
    }

    private static IReadOnlyList<string> Simulated()
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var scheduler = new SimScheduler(1);
            var (trace, faults) = (new SimTrace(scheduler), new SimFaults(scheduler));
            var time = new SimClock(scheduler.World, TimeSpan.Zero);
            IReadOnlyList<string>? said = null;
            scheduler.World.Start(async () => said = await new StoreScript(Ports("atlantic"), Ports("boreal")).RunAsync());
            scheduler.RunUntil(TimeSpan.FromMinutes(10));
            return said ?? throw new InvalidOperationException("The script has not ended.", scheduler.Fault);

            StorePorts Ports(string name) => StorePorts.Of(new SimDatabase(scheduler, trace, name, faults, PlantedBug.None), time);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private async Task<ServiceProvider> HostAsync()
    {
        var connections = await cluster.CreateDatabaseAsync();
        await NodeStore.MigrateAsync(connections.Owner, connections.AppRole, CancellationToken.None);
        return new ServiceCollection().AddStorage(connections.App).BuildServiceProvider();
    }

    private static StorePorts Ports(ServiceProvider host) => new(TimeProvider.System, host.GetRequiredService<IPublicationStore>(), host.GetRequiredService<IOutbox>(), host.GetRequiredService<IRelayFeed>(),
        host.GetRequiredService<IInbox>(), host.GetRequiredService<INodeLog>(), host.GetRequiredService<IAgreementStore>(), host.GetRequiredService<IPeerStore>());
}
