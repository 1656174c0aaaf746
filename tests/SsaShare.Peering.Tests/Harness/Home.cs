using Microsoft.Extensions.Logging.Abstractions;

namespace SsaShare.Peering.Tests;

/// <summary>What a node knows: its directory and its book over stores in memory.</summary>
internal sealed class Home : IDisposable
{
    private Home(Party self, ManualTime time)
    {
        Self = self;
        Directory = new PeerDirectory(self.Identity, Peers);
        Auditors = new AuditorDirectory(Directory, new MemoryAuditorStore());
        Book = NewBook(time);
        Time = time;
    }

    public Party Self { get; }
    public ManualTime Time { get; }
    public MemoryPeerStore Peers { get; } = new();
    public MemoryAgreementStore Agreements { get; } = new();
    public PeerDirectory Directory { get; }
    public AuditorDirectory Auditors { get; }
    public AgreementBook Book { get; private set; }

    public static async Task<Home> CreateAsync(Party self, ManualTime time, params Party[] known)
    {
        var home = new Home(self, time);
        foreach (var party in known) Assert.Null(await home.Directory.TryAddAsync(party.Card, CancellationToken.None));
        return home;
    }

    /// <summary>As after a restart: the book is read anew from the store.</summary>
    public async Task RestartAsync()
    {
        Book.Dispose();
        Book = NewBook(Time);
        await Book.LoadAsync(CancellationToken.None);
    }

    public void Dispose() => Book.Dispose();

    private AgreementBook NewBook(TimeProvider time) => new(Self.Identity, Directory, Agreements, time, NullLogger<AgreementBook>.Instance);
}
