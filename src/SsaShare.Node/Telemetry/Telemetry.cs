using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SsaShare.Domain;

namespace SsaShare.Node;

/// <summary>Exports traces and metrics over OTLP where <c>Otlp:Endpoint</c> names a collector; without it nothing is collected.</summary>
public static class Telemetry
{
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "SsaShare.*"];
    private static readonly string[] Meters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "Npgsql", "Polly", "SsaShare.*"];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration, PartnerId partner, string role)
    {
        if (configuration["Otlp:Endpoint"] is not { Length: > 0 } endpoint) return services;
        var collector = new Uri(endpoint);
        var protocol = configuration["Otlp:Protocol"] == "http/protobuf" ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        string version = typeof(Telemetry).Assembly.GetName().Version?.ToString(3) ?? "0";
        return services.AddHostedService(_ => new Exporter(collector, protocol,
            ResourceBuilder.CreateEmpty().AddService($"ssashare-{role}", "ssashare", version, serviceInstanceId: partner.Value)));
    }

    /// <summary>Starts before and ends after everything else that the host runs, so that the last spans are flushed.</summary>
    private sealed class Exporter(Uri collector, OtlpExportProtocol protocol, ResourceBuilder resource) : IHostedLifecycleService, IDisposable
    {
        private TracerProvider? _traces;
        private MeterProvider? _metrics;

        public Task StartingAsync(CancellationToken cancellationToken)
        {
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources)
                .AddOtlpExporter(options => Configure(options, "v1/traces")).Build();
            _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters)
                .AddOtlpExporter(options => Configure(options, "v1/metrics")).Build();
            return Task.CompletedTask;
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken)
        {
            _traces?.ForceFlush(2_000);
            _metrics?.ForceFlush(2_000);
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            _traces?.Dispose();
            _metrics?.Dispose();
        }

        private void Configure(OtlpExporterOptions options, string path)
        {
            options.Protocol = protocol;
            options.Endpoint = protocol == OtlpExportProtocol.HttpProtobuf ? new Uri(collector, path) : collector;
        }
    }
}
