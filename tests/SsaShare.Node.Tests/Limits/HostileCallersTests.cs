using System.Net.Sockets;
using SsaShare.Exchange;
using SsaShare.Peering.Tests;

namespace SsaShare.Node.Tests;

/// <summary>What a bad peer does to a real endpoint: its own calls are refused or cut off, memory stays bounded, and another peer is served meanwhile.</summary>
[Collection(nameof(Alone))]
public sealed class HostileCallersTests
{
    private const string PullPath = "/ssashare.exchange.v1.ExchangeService/Pull";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Calls_AThousandAtOnce_AreRefusedBeyondTheLimitAndAnotherPeerIsServed()
    {
        await using var node = await GuardedNode.StartAsync(limits: limits => limits.ConnectionsPerCaller = 16, badAgreements: 2);
        node.Publish(10);
        long before = Alone.LiveBytes();
        var http = node.Client(node.Bad);
        using var stop = new CancellationTokenSource();
        int refused = 0;
        Task[] calls = [.. Enumerable.Range(0, 1_000).Select(async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, PullPath) { Version = http.DefaultRequestVersion, VersionPolicy = http.DefaultVersionPolicy, Content = SlowBody.Endless() };
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            Assert.Equal("8", answer.Headers.GetValues("grpc-status").Single());
            Assert.Equal("1000", answer.Headers.GetValues("grpc-retry-pushback-ms").Single());
            Interlocked.Increment(ref refused);
        })];
        // 32, and 4 for each agreement.
        await Eventually.TrueAsync(() => Volatile.Read(ref refused) == 1_000 - 40, $"{refused} are refused");
        Assert.Equal(10, await node.PullWellAsync());
        Assert.InRange(Alone.LiveBytes() - before, long.MinValue, 60_000_000);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(calls));
        Assert.Single(node.Log.Events, one => one.Kind == LogKinds.Refusal);
    }

    [Fact]
    public async Task Body_OfAGigabyte_IsRefusedAfterWhatAPullMayHaveAndAnotherPeerIsServed()
    {
        await using var node = await GuardedNode.StartAsync();
        node.Publish(10);
        long before = Alone.LiveBytes();
        // One message that says it is 1 MB; then many small ones.
        foreach (byte[] head in new byte[][] { [0, 0, 0x10, 0, 0], [0, 0, 0, 0, 5] })
        {
            var body = SlowBody.Gigabyte(head);
            using var request = new HttpRequestMessage(HttpMethod.Post, PullPath) { Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = body };
            using var answer = await node.Client(node.Bad).SendAsync(request).WaitAsync(Patience);
            Assert.NotEqual("0", Status(answer));
            Assert.InRange(body.Sent, 0, 2_000_000);
        }
        Assert.Equal(10, await node.PullWellAsync());
        Assert.InRange(Alone.LiveBytes() - before, long.MinValue, 20_000_000);
    }

    [Fact]
    public async Task Sender_OfAByteASecond_LosesItsConnection()
    {
        await using var node = await GuardedNode.StartAsync(limits: limits => (limits.RequestGrace, limits.RequestBytesPerSecondMin) = (TimeSpan.FromSeconds(2), 1_000));
        node.Publish(10);
        using var request = new HttpRequestMessage(HttpMethod.Post, PullPath) { Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = SlowBody.Trickle(TimeSpan.FromSeconds(0.5)) };
        var lost = await Assert.ThrowsAnyAsync<Exception>(() => node.Client(node.Bad).SendAsync(request).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.True(lost is HttpRequestException or OperationCanceledException, lost.ToString());
        Assert.Equal(10, await node.PullWellAsync());
    }

    [Fact]
    public async Task Reader_ThatNeverReads_IsCutOffAfterItsTimeAndItsRoomComesBack()
    {
        var time = new ManualTime();
        await using var node = await GuardedNode.StartAsync(time, limits => (limits.AnswerGrace, limits.AnswerBytesPerSecondMin) = (TimeSpan.FromSeconds(5), 1_000_000));
        for (int i = 0; i < 5; i++) node.Publish(1_000);
        await using var reader = await StingyReader.PullAsync(node.Provider, node.Bad, node.Port, GuardedNode.Request(node.BadAgreements[0]), window: 0);
        await Eventually.TrueAsync(() => node.Answers.Bytes > 100_000, "the answer is not under way");
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.InRange(node.Answers.Bytes, 100_000, 5_000_000);
        Assert.Equal(5_000, await node.PullWellAsync());
        // The answer is shorter than 5 MB: 5 s more are beyond its time.
        time.Advance(TimeSpan.FromSeconds(6));
        await reader.ReadAsync().WaitAsync(Patience);
        Assert.Equal((true, 0), (reader.WasReset, reader.Received));
        await Eventually.TrueAsync(() => node.Answers.Readers == 0, "the room does not come back");
        Assert.Contains(node.Log.Events, one => one.Kind == LogKinds.Refusal);
    }

    [Fact]
    public async Task Reader_ThatTakesAByteAtATime_IsCutOffAsWell()
    {
        var time = new ManualTime();
        await using var node = await GuardedNode.StartAsync(time, limits => (limits.AnswerGrace, limits.AnswerBytesPerSecondMin) = (TimeSpan.FromSeconds(1), 100_000));
        for (int i = 0; i < 5; i++) node.Publish(1_000);
        await using var reader = await StingyReader.PullAsync(node.Provider, node.Bad, node.Port, GuardedNode.Request(node.BadAgreements[0]), window: 1);
        await Eventually.TrueAsync(() => node.Answers.Bytes > 100_000, "the answer is not under way");
        for (int i = 1; i <= 10; i++)
        {
            await reader.ReadAsync(i).WaitAsync(Patience);
            await reader.TakeAsync(1);
            time.Advance(TimeSpan.FromSeconds(0.1));
        }
        time.Advance(TimeSpan.FromSeconds(60));
        await reader.ReadAsync().WaitAsync(Patience);
        Assert.True(reader.WasReset);
        Assert.InRange(reader.Received, 1, 11);
    }

    [Fact]
    public async Task Readers_ManyPullsThatAreNotRead_StayWithinTheShareAndAnotherPeerIsServed()
    {
        await using var node = await GuardedNode.StartAsync(new ManualTime(), limits => limits.AnswerBytesPerReader = 1L << 20, badAgreements: 16);
        for (int i = 0; i < 5; i++) node.Publish(1_000);
        var readers = new List<StingyReader>();
        foreach (var agreement in node.BadAgreements) readers.Add(await StingyReader.PullAsync(node.Provider, node.Bad, node.Port, GuardedNode.Request(agreement), window: 0));
        await Eventually.TrueAsync(() => node.Answers.Bytes >= 1L << 19, "no answers are under way");
        // Half a megabyte is the share of routine answers; those composed at the same time may exceed it once.
        for (int i = 0; i < 5; i++) Assert.Equal(5_000, await node.PullWellAsync());
        long answer = node.Answers.Bytes;
        Assert.InRange(answer, 1L << 19, (1L << 19) + Environment.ProcessorCount * 3_000_000L);
        foreach (var reader in readers) await reader.DisposeAsync();
        await Eventually.TrueAsync(() => node.Answers.Readers == 0, "the room does not come back");
    }

    [Fact]
    public async Task Streams_TenThousandOpenedAndReset_AnotherPeerIsServedAndMemoryStaysSmall()
    {
        await using var node = await GuardedNode.StartAsync();
        node.Publish(10);
        long before = Alone.LiveBytes();
        int sent = 0;
        while (sent < 10_000)
        {
            await using var bad = await RawPeer.OpenAsync(node, node.Bad);
            sent += await bad.ResetStreamsAsync(PullPath, 10_000 - sent);
        }
        Assert.Equal(10, await node.PullWellAsync());
        Assert.InRange(Alone.LiveBytes() - before, long.MinValue, 30_000_000);
    }

    [Fact]
    public async Task Headers_WithoutEnd_CostTheConnection()
    {
        await using var node = await GuardedNode.StartAsync();
        node.Publish(10);
        await using var bad = await RawPeer.OpenAsync(node, node.Bad);
        Assert.InRange(await bad.FloodHeadersAsync(PullPath, 100_000), 1, 10_000);
        Assert.Equal(10, await node.PullWellAsync());
    }

    [Fact]
    public async Task Handshakes_LeftOpen_PushEachOtherOutAndAnotherPeerIsServed()
    {
        await using var node = await GuardedNode.StartAsync(limits: limits => limits.StrangerConnectionsPerNetwork = 16);
        node.Publish(10);
        var silent = new List<TcpClient>();
        for (int i = 0; i < 200; i++)
        {
            var tcp = new TcpClient();
            await tcp.ConnectAsync(System.Net.IPAddress.Loopback, node.Port);
            silent.Add(tcp);
        }
        Assert.Equal(10, await node.PullWellAsync());
        await Eventually.TrueAsync(() => silent.Count(IsOpen) <= 16, $"{silent.Count(IsOpen)} are open");
        foreach (var tcp in silent) tcp.Dispose();
    }

    [Fact]
    public async Task Connections_OfOnePeer_PushOutItsOwnOldest()
    {
        await using var node = await GuardedNode.StartAsync(limits: limits => limits.ConnectionsPerCaller = 4);
        node.Publish(10);
        var good = node.Client(node.Good);
        Assert.Equal("3", await CallAsync(good));
        var all = new List<RawPeer>();
        for (int i = 0; i < 12; i++)
        {
            var bad = await RawPeer.OpenAsync(node, node.Bad);
            await bad.OpenStreamAsync(PullPath);
            all.Add(bad);
            await Eventually.TrueAsync(() => all.Count(one => one.IsOpen) <= 4, "more than four are open");
        }
        Assert.All(all[^4..], one => Assert.True(one.IsOpen));
        Assert.Equal("3", await CallAsync(good));
        foreach (var one in all) await one.DisposeAsync();
    }

    [Fact]
    public async Task Strangers_HoldingOpenServices_KeepNoPeerOutAndAreEndedInTime()
    {
        var time = new ManualTime();
        await using var node = await GuardedNode.StartAsync(time, limits => (limits.StrangerCallsPerNetwork, limits.StrangerCallTimeout) = (4, TimeSpan.FromSeconds(30)));
        node.Publish(10);
        var stranger = node.Client(null);
        int refused = 0, ended = 0;
        Task[] calls = [.. Enumerable.Range(0, 20).Select(async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/grpc.health.v1.Health/Watch") { Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = SlowBody.Endless() };
            try
            {
                using var answer = await stranger.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                if (Status(answer) == "8") Interlocked.Increment(ref refused);
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                Interlocked.Increment(ref ended);
            }
        })];
        await Eventually.TrueAsync(() => Volatile.Read(ref refused) == 16, $"{refused} are refused");
        Assert.Equal(10, await node.PullWellAsync());
        time.Advance(TimeSpan.FromSeconds(31));
        await Task.WhenAll(calls).WaitAsync(Patience);
        Assert.Equal((16, 4), (refused, ended));
    }

    private static string? Status(HttpResponseMessage answer)
        => answer.Headers.TryGetValues("grpc-status", out var values) || answer.TrailingHeaders.TryGetValues("grpc-status", out values) ? values.Single() : null;

    private static bool IsOpen(TcpClient tcp)
    {
        try
        {
            return !(tcp.Client.Poll(0, SelectMode.SelectRead) && tcp.Client.Available == 0);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A pull without an agreement, refused for that.</summary>
    private static async Task<string?> CallAsync(HttpClient http)
    {
        using var content = new ByteArrayContent(new byte[5]);
        content.Headers.ContentType = new("application/grpc");
        using var request = new HttpRequestMessage(HttpMethod.Post, PullPath) { Version = http.DefaultRequestVersion, VersionPolicy = http.DefaultVersionPolicy, Content = content };
        using var answer = await http.SendAsync(request).WaitAsync(Patience);
        return Status(answer);
    }
}
