using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Exchange;
using SsaShare.Peering.Tests;
using SsaShare.Transparency;
using SsaShare.Transparency.Tests;

namespace SsaShare.Node.Tests;

public sealed class CheckpointTimestamperTests : IDisposable
{
    private readonly Party _atlantic = Party.Create("atlantic", new ManualTime());
    private readonly MemoryNodeLog _log = new();
    private readonly MemoryTimestamps _store = new();
    private readonly OpenSslAuthority _openSsl = new();
    private readonly HttpListener _listener = new();
    private readonly Uri _address;

    /// <summary>What the authority answers; the real answer unless a test says otherwise.</summary>
    private Func<byte[], byte[]> _answer;

    public CheckpointTimestamperTests()
    {
        _answer = _openSsl.Answer;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            _address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }
        _listener.Prefixes.Add(_address.ToString());
        _listener.Start();
        _ = Task.Run(AnswerAsync);
    }

    [Fact]
    public async Task Stamp_GrownLog_KeepsAStampOfTheSignedCheckpoint()
    {
        _log.Grow("a", "b");
        using var stamping = Open();
        var stamp = await stamping.Timestamper.StampAsync(CancellationToken.None);
        Assert.NotNull(stamp);
        Assert.Equal(stamp, Assert.Single(_store.All));
        byte[] note = Encoding.UTF8.GetBytes(stamp.Note);
        Assert.True(Checkpoint.TryOpen(note, _atlantic.Card.Card.LogKey, out var checkpoint, out string? fault), fault);
        Assert.Equal((2, 2), (checkpoint.Size, stamp.Size));
        Assert.True(TimestampToken.TryParse(stamp.Token, out var token));
        Assert.True(token.TryVerify(note, _openSsl.Roots, out _, out fault), fault);
    }

    [Fact]
    public async Task Stamp_LogThatDidNotGrow_AsksNobody()
    {
        _log.Grow("a");
        using var stamping = Open();
        await stamping.Timestamper.StampAsync(CancellationToken.None);
        _answer = _ => throw new InvalidOperationException("Nobody should ask.");
        Assert.Null(await stamping.Timestamper.StampAsync(CancellationToken.None));
        _log.Grow("b");
        _answer = _openSsl.Answer;
        Assert.Equal(2, (await stamping.Timestamper.StampAsync(CancellationToken.None))?.Size);
    }

    [Fact]
    public async Task Stamp_AuthorityThatTheRootsDoNotVouchFor_IsNotKept()
    {
        using var other = new OpenSslAuthority();
        _answer = other.Answer;
        _log.Grow("a");
        using var stamping = Open();
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => stamping.Timestamper.StampAsync(CancellationToken.None));
        Assert.Contains("No trusted root", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_store.All);
    }

    [Fact]
    public async Task Stamp_OldAnswerGivenAgain_IsNotKept()
    {
        byte[]? first = null;
        _answer = query => first ??= _openSsl.Answer(query);
        using var stamping = Open();
        _log.Grow("a");
        await stamping.Timestamper.StampAsync(CancellationToken.None);
        _log.Grow("b");
        await Assert.ThrowsAsync<InvalidDataException>(() => stamping.Timestamper.StampAsync(CancellationToken.None));
        Assert.Single(_store.All);
    }

    [Fact]
    public async Task Stamp_AuthorityIsAway_Throws()
    {
        _listener.Stop();
        _log.Grow("a");
        using var stamping = Open();
        await Assert.ThrowsAsync<HttpRequestException>(() => stamping.Timestamper.StampAsync(CancellationToken.None));
        Assert.Empty(_store.All);
    }

    [Fact]
    public void Pause_AuthorityAwayForWeeks_GrowsToTheIntervalAndNoFurther()
    {
        var interval = TimeSpan.FromHours(1);
        var pause = TimeSpan.FromSeconds(5);
        for (int i = 0; i < 1_000; i++)
        {
            var next = CheckpointTimestamper.Longer(pause, interval);
            Assert.InRange(next, pause, interval);
            pause = next;
        }
        Assert.Equal(interval, pause);
        Assert.Equal(TimeSpan.FromSeconds(1), CheckpointTimestamper.Longer(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/", "", "Timestamps:Authority")]
    [InlineData("here", "", "Timestamps:Authority")]
    [InlineData("http://127.0.0.1/", "", "Timestamps:RootsFile")]
    [InlineData("http://127.0.0.1/", "/nowhere/roots.pem", "/nowhere/roots.pem")]
    public void Read_WrongSettings_AreNamed(string authority, string roots, string named)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Timestamps:Authority"] = authority, ["Timestamps:RootsFile"] = roots }).Build();
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => TimestampOptions.Read(configuration)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoAuthority_IsNull() => Assert.Null(TimestampOptions.Read(new ConfigurationBuilder().Build()));

    public void Dispose()
    {
        _listener.Close();
        _openSsl.Dispose();
        _atlantic.Dispose();
    }

    private Stamping Open()
    {
        var options = new TimestampOptions(_address, _openSsl.Roots, TimeSpan.FromHours(1));
        var signer = new CheckpointSigner(_atlantic.Identity, _atlantic.Folder, _log, NullLogger<CheckpointSigner>.Instance);
        var authority = new TimestampAuthority(options);
        return new Stamping(signer, authority, new CheckpointTimestamper(options, authority, signer, _store, TimeProvider.System, NullLogger<CheckpointTimestamper>.Instance));
    }

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            using var query = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(query);
            context.Response.ContentType = TimestampQuery.AnswerMediaType;
            await context.Response.OutputStream.WriteAsync(_answer(query.ToArray()));
            context.Response.Close();
        }
    }

    private sealed record Stamping(CheckpointSigner Signer, TimestampAuthority Authority, CheckpointTimestamper Timestamper) : IDisposable
    {
        public void Dispose()
        {
            Timestamper.Dispose();
            Authority.Dispose();
            Signer.Dispose();
        }
    }

    private sealed class MemoryTimestamps : ITimestampStore
    {
        public List<CheckpointTimestamp> All { get; } = [];

        public Task AddAsync(CheckpointTimestamp timestamp, CancellationToken cancellationToken)
        {
            All.Add(timestamp);
            return Task.CompletedTask;
        }

        public Task<CheckpointTimestamp?> GetNewestAsync(CancellationToken cancellationToken) => Task.FromResult(All.MaxBy(one => one.Size));

        public IAsyncEnumerable<CheckpointTimestamp> ReadAsync(long fromSize, long toSize, CancellationToken cancellationToken)
            => All.Where(one => one.Size >= fromSize && one.Size <= toSize).ToAsyncEnumerable();
    }
}
