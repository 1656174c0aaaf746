using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Peering.Tests;

/// <summary>Denials and pauses in memory, by the rules of the port; of streams it holds what the test puts in.</summary>
internal sealed class MemoryStandingStore(TimeProvider time) : IStandingStore
{
    private readonly Dictionary<(Agreements.AgreementId, PartnerId), HeldDenial> _denials = [];
    private readonly List<HeldPause> _pauses = [];

    public List<ReceivedStanding> Received { get; } = [];
    public Dictionary<StreamKey, GivenStanding> Given { get; } = [];
    public LaneLag Lag { get; set; } = LaneLag.None;
    public List<(PauseEvent Pause, bool IsPaused)> PauseChanges { get; } = [];

    /// <summary>How often a denial was brought, also one that says nothing new.</summary>
    public int DenialsSaved { get; private set; }

    /// <summary>Thrown instead of keeping a denial.</summary>
    public Exception? Fault { get; set; }

    /// <summary>What happens after a pause was kept and before that is known; and after the pauses were read.</summary>
    public Func<Task> Kept { get; set; } = () => Task.CompletedTask;

    /// <inheritdoc cref="Kept"/>
    public Func<Task> Listed { get; set; } = () => Task.CompletedTask;

    private Epoch Now => Utc.FromDateTime(time.GetUtcNow());

    public Task<IReadOnlyList<ReceivedStanding>> ListReceivedAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ReceivedStanding>>([.. Received]);

    public Task<IReadOnlyList<HeldDenial>> ListDenialsAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<HeldDenial>>([.. _denials.Values]);

    public Task<bool> SaveDenialAsync(SignedDocument denial, DenialDocument document, CancellationToken cancellationToken)
    {
        if (Fault is { } fault) return Task.FromException<bool>(fault);
        DenialsSaved++;
        bool isNews = !_denials.TryGetValue((document.Agreement, document.Provider), out var before) || before.Denial.Reason != document.Reason;
        _denials[(document.Agreement, document.Provider)] = new HeldDenial(document, isNews ? document.At : before!.Since, Now);
        return Task.FromResult(isNews);
    }

    public Task<GivenStanding> FindGivenAsync(StreamKey stream, CancellationToken cancellationToken) => Task.FromResult(Given.GetValueOrDefault(stream, new GivenStanding(null, null)));

    public Task<LaneLag> GetLagAsync(FeedLane lane, long afterPosition, Epoch now, CancellationToken cancellationToken) => Task.FromResult(Lag);

    public async Task<bool> SavePauseAsync(PauseEvent pause, bool isPaused, CancellationToken cancellationToken)
    {
        bool IsThat(HeldPause held) => held.Pause.Peer == pause.Peer && held.Pause.Agreement == pause.Agreement;
        if (_pauses.Exists(IsThat) == isPaused) return false;
        PauseChanges.Add((pause, isPaused));
        if (isPaused) _pauses.Add(new HeldPause(pause, Now));
        else _pauses.RemoveAll(IsThat);
        await Kept();
        return true;
    }

    public async Task<IReadOnlyList<HeldPause>> ListPausesAsync(CancellationToken cancellationToken)
    {
        HeldPause[] pauses = [.. _pauses];
        await Listed();
        return pauses;
    }
}
