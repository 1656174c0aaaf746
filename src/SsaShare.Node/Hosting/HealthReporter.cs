using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.Extensions.Hosting;
using SsaShare.Exchange;
using SsaShare.Peering;

namespace SsaShare.Node;

/// <summary>
/// Tells grpc.health.v1 whether this node can serve: it can while its store answers. Of the exchange service it says so while checkpoints are
/// signed as well: while witnesses are to be asked, the node is up and gives nothing.
/// </summary>
public sealed class HealthReporter(HealthServiceImpl health, INodeLog log, SigningPermit permit, TimeProvider time) : BackgroundService
{
    private const string Exchange = "ssashare.exchange.v1.ExchangeService";
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var status = await StatusAsync(stoppingToken);
            health.SetStatus("", status);
            health.SetStatus(Exchange, permit.State == SigningState.Granted ? status : HealthCheckResponse.Types.ServingStatus.NotServing);
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
