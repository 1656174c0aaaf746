using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using SsaShare.Agreements;
using SsaShare.Peering;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Protocol.Log.V1;
using SsaShare.Signing;

namespace SsaShare.Benchmarks;

/// <summary>
/// A pinned peer that misbehaves in a process of its own: pulls everything from the start again and again, leaves answers unread, opens a thousand
/// calls that it does not finish, and asks for checkpoints as fast as it can. It runs at the lowest priority, so that what it takes of this machine for
/// itself, which a real peer would take of its own, is not counted as harm done by the provider.
/// </summary>
internal sealed class BadPeer : IAsyncDisposable
{
    /// <summary>The word by which this program is started as such a peer.</summary>
    public const string Word = "bad-peer";

    private const int Greedy = 4, Unread = 32, Unfinished = 1_000, Hasty = 32;
    private readonly Process _process;

    private BadPeer(Process process) => _process = process;

    /// <summary>Starts it and waits until it has begun.</summary>
    public static async Task<BadPeer> StartAsync(NodeFolder folder, NodeFolder provider, AgreementId agreement)
    {
        using var identity = NodeIdentity.Load(provider);
        var start = new ProcessStartInfo("nice", ["-n", "19", Environment.ProcessPath!, .. PublishingNode.Self(), Word, folder.Path, identity.Card.Card.Endpoint.ToString(), agreement.Value.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        if (await process.StandardOutput.ReadLineAsync() != "begun") throw new InvalidOperationException("The bad peer has not begun.");
        return new BadPeer(process);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await Console.Error.WriteLineAsync(await _process.StandardOutput.ReadToEndAsync());
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>What the process does, until its standard input ends.</summary>
    public static async Task<int> RunAsync(string folder, Uri endpoint, string agreement)
    {
        using var identity = NodeIdentity.Load(new NodeFolder(folder));
        if (!Hash256.TryParseHex(agreement, out var id)) throw new FormatException("The agreement is no hash.");
        var request = new PullRequest { AgreementId = ByteString.CopyFrom(id.ToArray()), RecordsMax = 10_000 };
        using var stop = new CancellationTokenSource();
        using var channel = GrpcChannel.ForAddress(endpoint, new GrpcChannelOptions { HttpHandler = Handler(identity), DisposeHttpClient = true, MaxReceiveMessageSize = null });
        using var http = new HttpClient(Handler(identity)) { BaseAddress = endpoint, Timeout = Timeout.InfiniteTimeSpan };
        var counts = new int[4];
        Task[] work =
        [
            .. Many(Greedy, 0, async token => await new ExchangeService.ExchangeServiceClient(channel).PullAsync(request, cancellationToken: token)),
            .. Many(Unread, 1, token => LeaveUnreadAsync(http, request, token)),
            .. Many(Unfinished, 2, token => LeaveUnfinishedAsync(http, token)),
            .. Many(Hasty, 3, async token => await new LogService.LogServiceClient(channel).GetCheckpointAsync(new GetCheckpointRequest(), cancellationToken: token)),
        ];
        Console.WriteLine("begun");
        await Console.In.ReadToEndAsync();
        await stop.CancelAsync();
        await Task.WhenAll(work);
        Console.WriteLine($"The bad peer was answered or refused: {counts[0]} pulls from the start, {counts[1]} left unread, {counts[2]} unfinished, {counts[3]} for checkpoints.");
        return 0;

        IEnumerable<Task> Many(int times, int kind, Func<CancellationToken, Task> callAsync) => Enumerable.Range(0, times).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await callAsync(stop.Token);
                }
                catch (Exception e) when (e is RpcException or HttpRequestException or IOException or OperationCanceledException)
                {
                    // Refused or cut off, as it deserves: it tries again.
                }
                Interlocked.Increment(ref counts[kind]);
            }
        }));
    }

    private static async Task LeaveUnreadAsync(HttpClient http, PullRequest request, CancellationToken cancellationToken)
    {
        byte[] message = request.ToByteArray();
        using var content = new ByteArrayContent([0, 0, 0, 0, (byte)message.Length, .. message]);
        using var answer = await SendAsync(http, content, cancellationToken);
        // Until it is cut off, or, when it was refused, for a moment.
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        byte[] one = new byte[1];
        while (await body.ReadAsync(one, cancellationToken) > 0) await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
    }

    private static async Task LeaveUnfinishedAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var content = new Unending();
        using var answer = await SendAsync(http, content, cancellationToken);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient http, HttpContent content, CancellationToken cancellationToken)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        var request = new HttpRequestMessage(HttpMethod.Post, "/ssashare.exchange.v1.ExchangeService/Pull") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content };
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static SocketsHttpHandler Handler(NodeIdentity identity) => new()
    {
        EnableMultipleHttp2Connections = true,
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls13,
            LocalCertificateSelectionCallback = (_, _, _, _, _) => identity.TlsCertificate,
            ClientCertificates = [identity.TlsCertificate],
            // Whom it harms is all one to it.
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        },
    };

    /// <summary>A body of which one byte comes.</summary>
    private sealed class Unending : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(new byte[1], cancellationToken);
            await stream.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
