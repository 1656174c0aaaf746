[assembly: AssemblyFixture(typeof(SsaShare.Storage.Tests.ClusterFixture))]

namespace SsaShare.Storage.Tests;

/// <summary>One PostgreSQL server for this test process.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public TemporaryCluster Cluster { get; } = new();

    public ValueTask InitializeAsync() => Cluster.StartAsync();

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
