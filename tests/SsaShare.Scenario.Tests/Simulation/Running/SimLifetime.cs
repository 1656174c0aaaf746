using Microsoft.Extensions.Hosting;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>Of a process that is never asked to stop: it is killed.</summary>
internal sealed class SimLifetime : IHostApplicationLifetime
{
    public CancellationToken ApplicationStarted => CancellationToken.None;
    public CancellationToken ApplicationStopping => CancellationToken.None;
    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication() => throw new NotSupportedException("It is killed.");
}
