using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SsaShare.Fusion;
using SsaShare.Node;
using SsaShare.Peering;

namespace SsaShare.FusionService;

/// <summary>Composes the fusion service: a node like any other that also fuses what it is granted and serves the catalog.</summary>
public static class FusionHost
{
    /// <inheritdoc cref="NodeHost.BuildAsync"/>
    public static Task<NodeApplication> BuildAsync(NodeFolder folder, IEnumerable<KeyValuePair<string, string?>> configuration, CancellationToken cancellationToken)
        => NodeHost.BuildAsync(folder, configuration, "fusion", AddFusion, app => app.MapGrpcService<CatalogGrpcService>(), cancellationToken);

    private static void AddFusion(IServiceCollection services)
    {
        services.AddSingleton(provider => new FusionEngine(new FusionOptions { Rotation = EarthOrientationSetting.Read(provider.GetRequiredService<IConfiguration>()) }));
        services.AddSingleton<ContributionBook>();
        services.AddSingleton<FusionProgress>();
        services.AddSingleton<ReaderViews>();
        services.AddSingleton<CatalogReader>();
        services.AddHostedService<FusionWorker>();
    }
}
