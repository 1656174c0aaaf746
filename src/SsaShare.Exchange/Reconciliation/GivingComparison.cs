using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>One direction: what the provider's log says that it gave, and the receiver's that it got.</summary>
internal sealed class GivingComparison
{
    private readonly NamedLog _provider, _receiver;
    private readonly FindingList _found;
    private readonly IReadOnlyList<AuditedManifest> _issued, _received;
    private readonly Dictionary<AuditedManifest.Stream, EmptyStretches> _empty = [];
    private readonly Dictionary<AuditedManifest.Stream, long> _passed = [];
    private readonly HashSet<Hash256> _named;
    private readonly Lazy<Dictionary<FeedLane, ManifestRanges>> _lost;

    private GivingComparison(NamedLog provider, NamedLog receiver, FindingList found)
    {
        (_provider, _receiver, _found) = (provider, receiver, found);
        _issued = [.. provider.Log.Issued.All.Where(manifest => manifest.Document.Receiver == receiver.Partner)];
        _received = [.. receiver.Log.Received.All.Where(manifest => manifest.Document.Provider == provider.Partner)];
        _named = [.. _issued.Select(manifest => manifest.Document.Previous).OfType<Hash256>()];
        _lost = new(() => _issued.Where(one => one.Document.Lane is not null && receiver.Log.Received.Find(one.Id) is null).GroupBy(one => one.Document.Lane!.Value).ToDictionary(lane => lane.Key, lane => new ManifestRanges(lane)));
    }

    public static DirectionSummary Compare(NamedLog provider, NamedLog receiver, FindingList found)
    {
        var comparison = new GivingComparison(provider, receiver, found);
        foreach (var chain in comparison._received.ToLookup(manifest => manifest.Chain)) comparison.CompareChain([.. chain]);
        foreach (var manifest in comparison._issued.Where(manifest => manifest.Receipt is not null)) comparison.CheckSignedFor(manifest);
        RecordComparison.Compare(provider, comparison._issued, receiver, comparison._received, found);
        return comparison.Sum();
    }

    private DirectionSummary Sum()
    {
        var given = _issued.Where(manifest => manifest.Document.ItemCount > 0).ToList();
        var agreed = given.Where(manifest => _receiver.Log.Received.Find(manifest.Id) is not null).ToList();
        var open = given.Where(manifest => manifest.Receipt is null && _receiver.Log.Received.Find(manifest.Id) is null).ToList();
        return new DirectionSummary(_provider.Partner, _receiver.Partner, given.Count, _received.Count, agreed.Count, Records(given), Records(_received), Records(agreed), Records(open));

        static long Records(IEnumerable<AuditedManifest> manifests) => manifests.Sum(manifest => (long)manifest.Document.Records);
    }

    /// <param name="chain">What the receiver got in one direction of one agreement, in its order.</param>
    private void CompareChain(IReadOnlyList<AuditedManifest> chain)
    {
        var reached = new Dictionary<AuditedManifest.Stream, long>();
        var smallest = SmallestAfter(chain);
        for (int i = 0; i < chain.Count; i++)
        {
            var manifest = chain[i];
            AgreementTimes.CheckReceived(manifest, _receiver, _found);
            if (_provider.Log.Issued.Find(manifest.Id) is { } issued)
            {
                long before = reached.GetValueOrDefault(manifest.Lane);
                if (manifest.Document.AfterPosition > before && !Empty(manifest.Lane).Cover(before, manifest.Document.AfterPosition))
                    _found.Add(FindingKind.Missing, _receiver, manifest, $"{manifest} of '{_receiver.Partner}', {manifest.Lane}: the provider's log does not say that nothing was granted from {before} to {manifest.Document.AfterPosition}");
                CompareReceipts(issued, manifest, [.. chain.Skip(i + 1).Take(PullsUntilReceipt(manifest.Document))]);
                ClockComparison.Check(_provider, issued, _receiver, manifest, _found);
            }
            else TakeUnknown(manifest, smallest[i]);
            reached[manifest.Lane] = manifest.Document.ToPosition;
        }
    }

    /// <summary>For each manifest of a chain the smallest checkpoint of those after it.</summary>
    private static long[] SmallestAfter(IReadOnlyList<AuditedManifest> chain)
    {
        long[] smallest = new long[chain.Count];
        long least = long.MaxValue;
        for (int i = chain.Count - 1; i >= 0; i--)
        {
            smallest[i] = least;
            least = Math.Min(least, chain[i].CheckpointSize ?? long.MaxValue);
        }
        return smallest;
    }

    /// <summary>A manifest that the provider signed and its log does not hold.</summary>
    /// <param name="laterSize">Entries in the smallest checkpoint that the receiver got with a later one of the chain.</param>
    private void TakeUnknown(AuditedManifest manifest, long laterSize)
    {
        if (_provider.LostAt(manifest.Document.Watermark) is { } restore)
        {
            _found.Lost(restore, _receiver, manifest.Entry.Index, _provider, "manifests that it gave", manifest.Document.Records);
            return;
        }
        string what = $"{manifest} of '{_receiver.Partner}', {manifest.Chain}";
        // The provider logs a manifest before it sends it, so it stands before any checkpoint that the receiver got afterwards.
        bool provable = laterSize <= _provider.Log.Tree.Size || _named.Contains(manifest.Id), covered = _provider.Covers(manifest.Document.Watermark);
        if (!provable && !covered) _found.Note($"{what}, is newer than the provider's bundle, or left out of it: export that again and compare.");
        else if (Instead(manifest) is not { } other) _found.Add(provable ? FindingKind.Extra : _provider.IfAbsent(manifest.Document.Watermark, FindingKind.Extra), _receiver, manifest, $"{what}: the provider's log does not hold it, and speaks for the time until {_provider.Until}");
        else if (other.Document.Agreement != manifest.Document.Agreement)
            _found.Add(FindingKind.OutOfAgreement, _receiver, manifest, $"{what}: the provider's log does not hold it, but for the same positions {other}, under agreement {other.Document.Agreement}");
        else
        {
            _found.Add(FindingKind.Different, _receiver, manifest, $"{what}: the provider's log does not hold it, but for the same positions {other}, which the receiver does not have");
            RecordComparison.CompareListed(_provider, other, _receiver, manifest, _found);
        }
    }

    /// <summary>What the provider's log says that it gave for positions of which the receiver holds another manifest.</summary>
    private AuditedManifest? Instead(AuditedManifest manifest)
    {
        if (manifest.Document.Lane is not { } lane || !_lost.Value.TryGetValue(lane, out var lost)) return null;
        AuditedManifest? other = null;
        foreach (var candidate in lost.Overlapping(manifest.Document.AfterPosition, manifest.Document.ToPosition))
        {
            if (candidate.Document.Agreement == manifest.Document.Agreement) return candidate;
            other ??= candidate;
        }
        return other;
    }

    /// <summary>A receiver may ask for what follows an answer before it has stored and signed for that; where nothing follows, it does not.</summary>
    private static int PullsUntilReceipt(ManifestDocument manifest) => manifest.Complete || manifest.Snapshot is not null ? 1 : 2;

    /// <param name="next">The receiver's next manifests of the chain, at most as many as there are until the receipt is brought: the pull of the last one did.</param>
    private void CompareReceipts(AuditedManifest issued, AuditedManifest received, IReadOnlyList<AuditedManifest> next)
    {
        if (issued.Receipt is { } held)
        {
            if (received.Receipt is { } signed && signed != held)
                _found.Add(FindingKind.Forged, _provider, issued.ReceiptAt?.Index, $"entry {issued.ReceiptAt?.Index} of '{_provider.Partner}' holds another receipt for {received} than the one that '{_receiver.Partner}' logged: received {held.Received}, not {signed.Received}", issued.Id);
            else if (received.Receipt is null)
                _found.Add(FindingKind.Forged, _provider, issued.ReceiptAt?.Index, $"entry {issued.ReceiptAt?.Index} of '{_provider.Partner}' holds a receipt for {received} of '{_receiver.Partner}', whose log holds none", issued.Id);
        }
        // The receipts that a pull brings are logged before it is answered.
        else if (received.Receipt is not null && next.Count == PullsUntilReceipt(received.Document) && next.Zip(next.Prepend(received), (later, before) => later.Document.Previous == before.Id && _provider.Log.Issued.Find(later.Id) is not null).All(follows => follows))
            _found.Add(FindingKind.Missing, _receiver, received.ReceiptAt?.Index, $"'{_receiver.Partner}' logged a receipt for {issued} of '{_provider.Partner}' and was answered again, and the provider's log does not hold that receipt", issued.Id);
    }

    /// <summary>What the provider's log says that it granted nothing of.</summary>
    private EmptyStretches Empty(AuditedManifest.Stream lane)
    {
        if (!_empty.TryGetValue(lane, out var empty)) _empty.Add(lane, empty = new EmptyStretches(_provider.Log.Issued.Lanes[lane]));
        return empty;
    }

    /// <summary>How far the receiver has got in a lane.</summary>
    private long Passed(AuditedManifest.Stream lane)
    {
        if (!_passed.TryGetValue(lane, out long passed)) _passed.Add(lane, passed = _receiver.Log.Received.Lanes[lane].Select(manifest => manifest.Document.ToPosition).DefaultIfEmpty(long.MinValue).Max());
        return passed;
    }

    /// <summary>What the provider holds a receipt for is in the receiver's log, where manifest and receipt are one transaction.</summary>
    private void CheckSignedFor(AuditedManifest issued)
    {
        if (_receiver.Log.Received.Find(issued.Id) is not null) return;
        if (_receiver.LostAt(issued.Receipt!.Received) is { } restore)
        {
            _found.Lost(restore, _provider, issued.Entry.Index, _receiver, "manifests that it signed receipts for", issued.Document.Records);
            return;
        }
        string what = $"{issued} of '{_provider.Partner}', {issued.Chain}";
        if (Passed(issued.Lane) >= issued.Document.ToPosition || _receiver.Covers(issued.Receipt!.Received))
            _found.Add(Passed(issued.Lane) >= issued.Document.ToPosition ? FindingKind.Missing : _receiver.IfAbsent(issued.Receipt!.Received, FindingKind.Missing), _provider, issued, $"{what}: the receiver signed a receipt, and its log does not hold the manifest");
        else _found.Note($"{what}, is newer than the receiver's bundle, or left out of it: export that again and compare.");
    }
}
