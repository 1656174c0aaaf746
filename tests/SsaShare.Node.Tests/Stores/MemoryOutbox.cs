using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Node.Tests;

/// <summary>A feed in memory, by the rules of the port.</summary>
internal sealed class MemoryOutbox(TimeProvider time) : IOutbox
{
    private readonly Lock _lock = new();
    private readonly List<StoredPublication> _feed = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<(ManifestDocument Document, IReadOnlyList<WithheldCount> Withheld)> Manifests { get; } = [];
    public int Waiting { get; private set; }

    /// <summary>Called after the head was read and before it is given, and with each reading of the feed.</summary>
    public Action OnHead { get; set; } = () => { };
    public Action OnRead { get; set; } = () => { };

    public Dictionary<PaceKey, Epoch> Paces { get; } = [];

    public void Add(Publication publication)
    {
        lock (_lock)
        {
            _feed.Add(new StoredPublication(_feed.Count + 1, publication));
            WakeUp();
        }
    }

    /// <summary>Wakes those that wait, with or without news.</summary>
    public void WakeUp()
    {
        lock (_lock)
        {
            _news.TrySetResult();
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public Task<Guid> GetNodeEpochAsync(CancellationToken cancellationToken) => Task.FromResult(Guid.Empty);

    public Task<long> GetHeadPositionAsync(CancellationToken cancellationToken)
    {
        long head;
        lock (_lock) head = _feed.Count;
        OnHead();
        return Task.FromResult(head);
    }

    public Task<FeedPage> ReadAsync(FeedLane lane, long afterPosition, int recordsMax, Epoch now, CancellationToken cancellationToken)
    {
        OnRead();
        var read = new List<StoredPublication>();
        lock (_lock)
            foreach (var stored in Of(lane.Priority, afterPosition).TakeWhile(stored => Due(lane, stored) <= now || lane.Delay == TimeSpan.Zero))
            {
                if (read.Sum(one => one.Publication.Records.Count) >= recordsMax) return Task.FromResult(new FeedPage(read, IsLast: false));
                read.Add(stored);
            }
        return Task.FromResult(new FeedPage(read, IsLast: true));
    }

    public Task<Epoch?> GetNextDueAsync(FeedLane lane, long afterPosition, CancellationToken cancellationToken)
    {
        lock (_lock) return Task.FromResult(Of(lane.Priority, afterPosition).Select(stored => (Epoch?)Due(lane, stored)).FirstOrDefault());
    }

    public Task SaveManifestAsync(IssuedManifest issued, CancellationToken cancellationToken)
    {
        Manifests.Add((issued.Document, issued.Withheld));
        foreach (var charge in issued.Charges) Paces[charge.Key] = charge.After(Paces.TryGetValue(charge.Key, out var pace) ? pace : null, issued.At);
        return Task.CompletedTask;
    }

    public Task<bool> LacksReceiptAsync(Hash256 manifest, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<IReadOnlyDictionary<PaceKey, Epoch>> GetPacesAsync(AgreementId agreement, PartnerId receiver, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyDictionary<PaceKey, Epoch>>(Paces);

    public Task<bool> TrySaveReceiptAsync(SignedDocument receipt, ReceiptDocument document, StreamKey? stream, CancellationToken cancellationToken)
        => Task.FromResult(Manifests.Any(manifest => manifest.Document.ItemRoot == document.ItemRoot && manifest.Document.Receiver == document.Receiver));

    private IEnumerable<StoredPublication> Of(FeedPriority priority, long afterPosition) => _feed.Skip((int)afterPosition).Where(stored => Document(stored).Priority == priority);

    private static Epoch Due(FeedLane lane, StoredPublication stored) => FeedLanes.DueAt(lane, Document(stored).Published);

    private static PublicationDocument Document(StoredPublication stored)
        => DocumentJson.TryRead<PublicationDocument>(stored.Publication.Document.Payload.Span, DocumentContexts.Publication, out var document) ? document
            : throw new InvalidDataException("Not a publication.");

    public async Task WaitForNewsAsync(FeedPriority priority, long position, long? arrival, TimeSpan longest, CancellationToken cancellationToken)
    {
        Task news;
        lock (_lock)
        {
            if (Of(priority, position).Any()) return;
            news = _news.Task;
            Waiting++;
        }
        try
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await await Task.WhenAny(news, Task.Delay(longest, time, stop.Token));
            await stop.CancelAsync();
        }
        finally
        {
            lock (_lock) Waiting--;
        }
    }
}
