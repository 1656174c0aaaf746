using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SsaShare.Fusion;
using SsaShare.Node;
using SsaShare.Peering;

namespace SsaShare.FusionService;

/// <summary>Composes the fusion service: a node like any other that also fuses what it is granted and serves the catalog.</summary>
public static class FusionHost
{
    /// <inheritdoc cref="NodeHost.BuildAsync"/>
    public static Task<NodeApplication> BuildAsync(NodeFolder folder, IEnumerable<KeyValuePair<string, string?>> configuration, CancellationToken cancellationToken)
        => NodeHost.BuildAsync(folder, configuration, "fusion", AddFusion, MapFusion, cancellationToken);

    private static void MapFusion(WebApplication app)
    {
        app.MapGrpcService<CatalogGrpcService>();
        app.MapGrpcService<ConjunctionGrpcService>();
    }

    private static void AddFusion(IServiceCollection services)
    {
        services.AddSingleton(provider => new FusionEngine(new FusionOptions { Rotation = EarthOrientationSetting.Read(provider.GetRequiredService<IConfiguration>()) }));
        services.AddSingleton<ContributionBook>();
        services.AddSingleton<FusionProgress>();
        services.AddSingleton(provider => new ReaderViews(provider.GetRequiredService<NodeIdentity>(), provider.GetRequiredService<AgreementBook>(),
            [provider.GetRequiredService<ContributionBook>().Grants, provider.GetRequiredService<OrbitBook>().Grants], provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CatalogReader>();
        services.AddHostedService<FusionWorker>();
        AddConjunctions(services);
    }

    private static void AddConjunctions(IServiceCollection services)
    {
        services.AddOptions<ScreeningSettings>().BindConfiguration("Screening").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new OrbitBook(Screening(provider).ObjectsPerPartnerMax, Remembered(Screening(provider).ToBoardOptions()), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OrbitProgress>();
        services.AddSingleton<KnownReaders>();
        services.AddSingleton(provider => Screening(provider).ToBoardOptions());
        services.AddSingleton(provider => new ConjunctionBoard(provider.GetRequiredService<BoardOptions>()));
        services.AddSingleton(provider => new CautiousBoard(provider.GetRequiredService<ConjunctionBoard>()));
        services.AddSingleton<ConjunctionCatalog>();
        services.AddSingleton<ConjunctionReader>();
        services.AddSingleton<ConjunctionChanges>();
        services.AddSingleton<ConjunctionMessenger>();
        services.AddSingleton(provider => new FollowedOrbits(EarthOrientationSetting.Read(provider.GetRequiredService<IConfiguration>()), Ahead(provider.GetRequiredService<BoardOptions>()), provider.GetRequiredService<ILogger<FollowedOrbits>>()));
        services.AddSingleton<OrbitSourceMaker>();
        services.AddSingleton<FusedOrbits>();
        services.AddHostedService<OrbitWorker>();
        services.AddHostedService<ScreeningWorker>();
    }

    /// <summary>Whole blocks are screened.</summary>
    private static TimeSpan Ahead(BoardOptions options) => options.Ahead + options.Block;

    /// <summary>As long as an approach that is ahead can have been seen by an orbit, which goes from the board one screening after it goes from the book.</summary>
    private static TimeSpan Remembered(BoardOptions options) => options.Ahead + TimeSpan.FromDays(1);

    private static ScreeningSettings Screening(IServiceProvider provider) => provider.GetRequiredService<IOptions<ScreeningSettings>>().Value;
}
