using System.Collections.Frozen;
using System.Collections.Immutable;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>The limits that an agreement sets to what one provider gives one receiver. Immutable.</summary>
public sealed class ReleaseLimits
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Day = TimeSpan.FromDays(1);
    private readonly ImmutableArray<(PaceKey Key, long Limit, TimeSpan Window)> _figures;
    private readonly IReadOnlyDictionary<PaceKey, Epoch> _paces;
    private readonly Epoch _now;

    private ReleaseLimits(ImmutableArray<(PaceKey, long, TimeSpan)> figures, IReadOnlyDictionary<PaceKey, Epoch> paces, Epoch now)
        => (_figures, _paces, _now) = (figures, paces, now);

    /// <summary>The limits, nothing of them used so far.</summary>
    public static ReleaseLimits Of(Agreement agreement, PartnerId provider, PartnerId receiver)
    {
        var figures = ImmutableArray.CreateBuilder<(PaceKey, long, TimeSpan)>();
        foreach (var limit in agreement.LimitsBetween(provider, receiver))
        {
            Add(limit.RecordsPerMinute, limit.Id, LimitedFigure.RecordsPerMinute, Minute);
            Add(limit.RecordsPerDay, limit.Id, LimitedFigure.RecordsPerDay, Day);
            Add(limit.BytesPerDay, limit.Id, LimitedFigure.BytesPerDay, Day);
        }
        return new ReleaseLimits(figures.DrainToImmutable(), FrozenDictionary<PaceKey, Epoch>.Empty, default);

        void Add(long? limit, ClauseId id, LimitedFigure figure, TimeSpan window)
        {
            if (limit is { } amount) figures.Add((new PaceKey(id, figure), amount, window));
        }
    }

    public bool AreNone => _figures.IsEmpty;

    /// <summary>The limits as far as they are used up at a time.</summary>
    /// <param name="paces">As kept; a figure that is not among them was not used yet.</param>
    /// <param name="now">The time.</param>
    public ReleaseLimits At(IReadOnlyDictionary<PaceKey, Epoch> paces, Epoch now) => AreNone ? this : new(_figures, paces, now);

    /// <summary>Most records to read for one answer: what is left of the limits on records, and at least one.</summary>
    /// <remarks>By these limits as they stood when <see cref="At"/> was asked.</remarks>
    public int AtMost(int recordsMax)
        => (int)Math.Max(1, _figures.Where(figure => figure.Key.Figure != LimitedFigure.BytesPerDay).Select(figure => LimitPace.Left(Pace(figure.Key), _now, figure.Limit, figure.Window)).Append(recordsMax).Min());

    /// <summary>From when on all limits let something go out; null when nothing keeps it.</summary>
    public Epoch? FreeAt => FreeFor(1, 1);

    /// <summary>What the limits leave for one answer.</summary>
    public ReleaseRoom Room() => new(this, _now);

    /// <summary>From when on all limits let so much go out; null when nothing keeps it.</summary>
    /// <param name="items">Records, each form counted.</param>
    /// <param name="bytes">Of payload.</param>
    internal Epoch? FreeFor(long items, long bytes)
        => _figures.Select(figure => LimitPace.FreeAt(Pace(figure.Key), Amount(figure.Key, items, bytes), figure.Limit, figure.Window)).Max();

    /// <summary>Whether so much is more than a limit allows at all.</summary>
    internal bool AreExceededBy(long items, long bytes) => _figures.Any(figure => Amount(figure.Key, items, bytes) > figure.Limit);

    /// <summary>What an answer counts.</summary>
    public IReadOnlyList<PaceCharge> Charge(IReadOnlyList<PublicationSlice> slices)
    {
        if (AreNone || slices.Count == 0) return [];
        var (items, bytes) = Measure(slices);
        return [.. _figures.Select(figure => new PaceCharge(figure.Key, Amount(figure.Key, items, bytes), figure.Limit, figure.Window))];
    }

    /// <summary>Records, each form counted, and bytes of payload.</summary>
    internal static (long Items, long Bytes) Measure(IReadOnlyList<PublicationSlice> slices)
        => (slices.Sum(slice => (long)slice.Records.Count), slices.Sum(slice => slice.Records.Sum(record => (long)record.Record.Payload.Length)));

    private static long Amount(PaceKey key, long items, long bytes) => key.Figure == LimitedFigure.BytesPerDay ? bytes : items;

    private Epoch? Pace(PaceKey key) => _paces.TryGetValue(key, out var pace) ? pace : null;
}
