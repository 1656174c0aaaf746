using Microsoft.Extensions.Configuration;
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
        services.TryAddSingleton<AuditorDirectory>();
        services.TryAddSingleton<AgreementBook>();
        services.TryAddSingleton<PeerChannels>();
        services.TryAddSingleton<IPullClient, GrpcPullClient>();
        services.TryAddSingleton<PullStatuses>();
        services.TryAddSingleton<ProviderDenials>();
        services.TryAddSingleton<ExchangeControl>();
        services.TryAddSingleton<PeerBulkheads>();
        services.AddOptions<BulkheadOptions>().BindConfiguration("Bulkheads")
            .Validate(o => o.CallsMax is >= 1 and <= 1_000, "Bulkheads:CallsMax must be 1 to 1,000.")
            .Validate(o => o.StoresMax is >= 1 and <= 64, "Bulkheads:StoresMax must be 1 to 64.")
            .ValidateOnStart();
        services.TryAddSingleton<AgreementDeliveries>();
        services.TryAddSingleton<TransitionDeliveries>();
        services.AddOptions<PeerPipelineOptions>().BindConfiguration("Peers")
            .Validate(o => InSeconds(o.CallTimeout, 1, 120), "Peers:CallTimeout must be 1 s to 2 min.")
            .Validate(o => InSeconds(o.RetryDelay, 0.01, 60) && InSeconds(o.RetryDelayMax, 0.01, 3_600), "Peers:RetryDelay must be 0.01 s to 1 min, Peers:RetryDelayMax 0.01 s to 1 h.")
            .Validate(o => InSeconds(o.BreakDuration, 0.5, 3_600), "Peers:BreakDuration must be 0.5 s to 1 h.")
            .ValidateOnStart();
        services.AddOptions<PullOptions>().BindConfiguration("Pull")
            .Validate(o => o.RecordsMax is >= 1 and <= 10_000, "Pull:RecordsMax must be 1 to 10,000.")
            .Validate(o => o.WaitMax >= TimeSpan.Zero && o.WaitMax <= TimeSpan.FromSeconds(60), "Pull:WaitMax must be 0 to 60 s.")
            .Validate(o => InSeconds(o.RefusalPause, 0.1, 60), "Pull:RefusalPause must be 0.1 s to 1 min.")
            .ValidateOnStart();
        services.TryAddSingleton<NoticeSignal>();
        services.AddOptions<NoticeOptions>().BindConfiguration("Notices")
            .Validate(o => InSeconds(o.RetryDelay, 0.01, 60) && InSeconds(o.RetryDelayMax, 0.01, 3_600), "Notices:RetryDelay must be 0.01 s to 1 min, Notices:RetryDelayMax 0.01 s to 1 h.")
            .Validate(o => InSeconds(o.SweepInterval, 0.1, 86_400), "Notices:SweepInterval must be 0.1 s to 1 day.")
            .ValidateOnStart();
        // First: what the others bring is signed by keys that peers must know.
        services.AddHostedService<KeyEventCourier>();
        services.AddWitnessing();
        services.AddHostedService<AgreementClock>();
        services.AddHostedService<AgreementCourier>();
        services.AddHostedService<TransitionCourier>();
        services.TryAddSingleton<PullWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<PullWorker>());
        services.AddHostedService<NoticeCourier>();
        services.AddHostedService<RetentionSweeper>();
        services.AddHostedService<OwnRetentionWorker>();
        return services;
    }

    private static void AddWitnessing(this IServiceCollection services)
    {
        services.TryAddSingleton<SigningPermit>();
        services.TryAddSingleton<IWitnessClient, WitnessClient>();
        services.TryAddSingleton<WitnessStandings>();
        services.TryAddSingleton<OwnLog>();
        services.TryAddSingleton<LogLineages>();
        services.TryAddSingleton<CheckpointWatch>();
        services.TryAddSingleton<QuorumWatch>();
        services.TryAddSingleton<WitnessInquiry>();
        services.TryAddSingleton<CheckpointSubmission>();
        services.AddOptions<WitnessOptions>().BindConfiguration("Witness")
            .Configure<IConfiguration>((options, configuration) => options.StartWithoutWitness = configuration.GetValue<bool>("Log:StartWithoutWitness"))
            .Validate(o => InSeconds(o.Interval, 0.1, 60), "Witness:Interval must be 0.1 s to 1 min.")
            .Validate(o => InSeconds(o.Refresh, 1, 86_400), "Witness:Refresh must be 1 s to 1 day.")
            .Validate(o => InSeconds(o.CallTimeout, 0.1, 120), "Witness:CallTimeout must be 0.1 s to 2 min.")
            .Validate(o => InSeconds(o.RetryDelayMax, 0.1, 3_600), "Witness:RetryDelayMax must be 0.1 s to 1 h.")
            .Validate(o => InSeconds(o.ProofPatience, 1, 3_600), "Witness:ProofPatience must be 1 s to 1 h.")
            .ValidateOnStart();
        services.TryAddSingleton<QuorumMonitor>();
        services.AddHostedService<CheckpointCirculator>();
        services.AddHostedService<LogProver>();
        services.AddHostedService(provider => provider.GetRequiredService<QuorumMonitor>());
    }

    private static bool InSeconds(TimeSpan value, double least, double most) => value.TotalSeconds >= least && value.TotalSeconds <= most;
}
