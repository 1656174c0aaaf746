using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SsaShare.Peering;

/// <summary>Composition of the client side.</summary>
public static class PeeringServices
{
    /// <summary>Adds directory, agreements, channels and the background pull. Needs a <see cref="NodeIdentity"/> and the stores of Exchange.</summary>
    public static IServiceCollection AddPeering(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PeerDirectory>();
        services.TryAddSingleton<AgreementBook>();
        services.TryAddSingleton<PeerChannels>();
        services.TryAddSingleton<PullStatuses>();
        services.TryAddSingleton<AgreementDeliveries>();
        services.AddOptions<PeerPipelineOptions>().BindConfiguration("Peers");
        services.AddOptions<PullOptions>().BindConfiguration("Pull")
            .Validate(o => o.RecordsMax is >= 1 and <= 10_000, "Pull:RecordsMax must be 1 to 10,000.")
            .Validate(o => o.WaitMax >= TimeSpan.Zero && o.WaitMax <= TimeSpan.FromSeconds(60), "Pull:WaitMax must be 0 to 60 s.")
            .ValidateOnStart();
        services.AddHostedService<AgreementCourier>();
        services.AddHostedService<PullWorker>();
        return services;
    }
}
