using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.Extensions.Hosting;
using SsaShare.Exchange;

namespace SsaShare.Node;

/// <summary>Tells grpc.health.v1 whether this node can serve: it can while its store answers.</summary>
public sealed class HealthReporter(HealthServiceImpl health, INodeLog log, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            health.SetStatus("", await StatusAsync(stoppingToken));
            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        health.SetStatus("", HealthCheckResponse.Types.ServingStatus.NotServing);
    }

    private async Task<HealthCheckResponse.Types.ServingStatus> StatusAsync(CancellationToken cancellationToken)
    {
        try
        {
            await log.GetHeadAsync(cancellationToken);
            return HealthCheckResponse.Types.ServingStatus.Serving;
        }
        catch (Exception e) when (e is System.Data.Common.DbException or TimeoutException or OperationCanceledException)
        {
            return HealthCheckResponse.Types.ServingStatus.NotServing;
        }
    }
}
