using System.Globalization;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SsaShare.Benchmarks.Grpc;

/// <summary>The server's process. Standard input: its certificate with key, and the client's fingerprint; it ends with the input.</summary>
internal static class BenchServer
{
    public static async Task RunAsync()
    {
        using X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(await ReadLineAsync()), null);
        string clientFingerprint = await ReadLineAsync();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<BenchServiceImpl>();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate,
                SslProtocols = SslProtocols.Tls13,
                ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                ClientCertificateValidation = (client, _, _) => BenchCertificates.Fingerprint(client) == clientFingerprint,
            });
        }));
        await using WebApplication app = builder.Build();
        app.MapGrpcService<BenchServiceImpl>();
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.Single()).Port.ToString(CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    private static async Task<string> ReadLineAsync()
        => await Console.In.ReadLineAsync() ?? throw new InvalidOperationException("The input ended early.");
}
