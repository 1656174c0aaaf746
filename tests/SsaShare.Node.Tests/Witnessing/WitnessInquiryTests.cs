using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Peering.Tests;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Node.Tests;

/// <summary>Atlantic starts and asks two witnesses, over real TLS, what they have seen of its log.</summary>
public sealed class WitnessInquiryTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private readonly MemoryNodeLog _log = new();
    private readonly MemoryCosigned _cosigned = new();
    private readonly TaskCompletionSource<string> _late = new();
    private readonly Party _atlantic;
    private LoopbackPeer _pacific = null!, _caribbean = null!;
    private ServiceProvider _services = null!;

    public WitnessInquiryTests() => _atlantic = Party.Create("atlantic", _time);

    private SigningPermit Permit => _services.GetRequiredService<SigningPermit>();

    public async ValueTask InitializeAsync()
    {
        (_pacific, _caribbean) = (await LoopbackPeer.StartAsync("pacific", _time), await LoopbackPeer.StartAsync("caribbean", _time));
        _caribbean.Cosigned = token => _late.Task.WaitAsync(token);
        _services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Witness:CallTimeout", "00:01:00")]).Build())
            .AddSingleton<TimeProvider>(_time).AddSingleton(_ => _atlantic.Identity).AddSingleton<IPeerStore>(new MemoryPeerStore())
            .AddSingleton<INodeLog>(_log).AddSingleton<ICosignedCheckpoints>(_cosigned).AddPeering().BuildServiceProvider();
        foreach (var peer in new[] { _pacific, _caribbean }) Assert.Null(await _services.GetRequiredService<PeerDirectory>().TryAddAsync(peer.Party.Card, CancellationToken.None));
        _log.Grow("an entry", "another");
        var now = Utc.FromDateTime(_time.GetUtcNow());
        _cosigned.Newest = new CosignedCheckpoint(2, _log.Head.Root, "a note", [(_pacific.Party.Partner, now), (_caribbean.Party.Partner, now)]);
    }

    [Fact]
    public async Task Run_OneWitnessKnowsAndOneIsSlow_MaySignAtOnceAndIsStoppedByWhatTheOtherSaysLater()
    {
        _pacific.Cosigned = _ => Task.FromResult(Note(2, _log.Head.Root));
        await _services.GetRequiredService<WitnessInquiry>().RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(SigningState.Granted, Permit.State);
        Assert.True(Permit.Granted.IsCompleted);

        _late.SetResult(Note(3, Hash256.Of("what was lost"u8)));
        await Eventually.TrueAsync(() => Permit.State == SigningState.Refused, "the other's answer is judged too");
    }

    [Fact]
    public async Task Run_TheFirstAnswerIsOfALogThatWentBack_MayNotSign()
    {
        _pacific.Cosigned = _ => Task.FromResult(Note(3, Hash256.Of("what was lost"u8)));
        var running = _services.GetRequiredService<WitnessInquiry>().RunAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => Permit.State == SigningState.Refused, "refused");
        _late.SetResult(Note(2, _log.Head.Root));
        await running.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(SigningState.Refused, Permit.State);
        Assert.False(Permit.Granted.IsCompleted);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _pacific.DisposeAsync();
        await _caribbean.DisposeAsync();
        _atlantic.Dispose();
    }

    private string Note(long size, Hash256 root) => new Checkpoint(_atlantic.Identity.LogSigner.Name, size, root).Sign(_atlantic.Identity.LogSigner).ToString();
}
