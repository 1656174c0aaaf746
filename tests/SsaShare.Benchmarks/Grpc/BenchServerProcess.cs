using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Reflection;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;

namespace SsaShare.Benchmarks.Grpc;

/// <summary>This program once more, as the server.</summary>
internal sealed class BenchServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly X509Certificate2 _clientCertificate;
    private readonly string _serverFingerprint;
    private readonly int _port;

    private BenchServerProcess(Process process, X509Certificate2 clientCertificate, string serverFingerprint, int port)
    {
        _process = process;
        _clientCertificate = clientCertificate;
        _serverFingerprint = serverFingerprint;
        _port = port;
    }

    /// <summary>What the server has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<BenchServerProcess> StartAsync()
    {
        using X509Certificate2 serverCertificate = BenchCertificates.Create("bench-server");
        X509Certificate2 clientCertificate = BenchCertificates.Create("bench-client");
        Process process = Process.Start(StartInfo()) ?? throw new InvalidOperationException("The server's process did not start.");
        await process.StandardInput.WriteLineAsync(Convert.ToBase64String(serverCertificate.Export(X509ContentType.Pkcs12)));
        await process.StandardInput.WriteLineAsync(BenchCertificates.Fingerprint(clientCertificate));
        await process.StandardInput.FlushAsync();
        string port = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server's process ended.");
        return new BenchServerProcess(
            process, clientCertificate, BenchCertificates.Fingerprint(serverCertificate), int.Parse(port, CultureInfo.InvariantCulture));
    }

    public GrpcChannel CreateChannel() => GrpcChannel.ForAddress($"https://127.0.0.1:{_port}", new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls13,
                ClientCertificates = [_clientCertificate],
                RemoteCertificateValidationCallback = (_, server, _, _)
                    => server is not null && BenchCertificates.Fingerprint(server) == _serverFingerprint,
            },
        },
    });

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
        _clientCertificate.Dispose();
    }

    private static ProcessStartInfo StartInfo()
    {
        string program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetEntryAssembly()!.Location);
        }

        start.ArgumentList.Add("grpc");
        start.ArgumentList.Add("serve");
        return start;
    }
}
