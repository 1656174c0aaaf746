using System.Collections.Immutable;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>The limits that an agreement sets to what one provider gives one receiver. Immutable.</summary>
public sealed class ReleaseLimits
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Day = TimeSpan.FromDays(1);
    private readonly ImmutableArray<(PaceKey Key, long Limit, TimeSpan Window)> _figures;

    private ReleaseLimits(ImmutableArray<(PaceKey, long, TimeSpan)> figures) => _figures = figures;

    public static ReleaseLimits Of(Agreement agreement, PartnerId provider, PartnerId receiver)
    {
        var figures = ImmutableArray.CreateBuilder<(PaceKey, long, TimeSpan)>();
        foreach (var limit in agreement.LimitsBetween(provider, receiver))
        {
            Add(limit.RecordsPerMinute, limit.Id, LimitedFigure.RecordsPerMinute, Minute);
            Add(limit.RecordsPerDay, limit.Id, LimitedFigure.RecordsPerDay, Day);
            Add(limit.BytesPerDay, limit.Id, LimitedFigure.BytesPerDay, Day);
        }
        return new ReleaseLimits(figures.DrainToImmutable());

        void Add(long? limit, ClauseId id, LimitedFigure figure, TimeSpan window)
        {
            if (limit is { } amount) figures.Add((new PaceKey(id, figure), amount, window));
        }
    }

    public bool AreNone => _figures.IsEmpty;

    /// <summary>Most records to read for one answer, so that one answer does not use up many windows: the smallest of the limits on records.</summary>
    public int AtMost(int recordsMax)
        => (int)Math.Max(1, _figures.Where(figure => figure.Key.Figure != LimitedFigure.BytesPerDay).Select(figure => figure.Limit).Append(recordsMax).Min());

    /// <summary>Whether all limits let something go out now.</summary>
    /// <param name="paces">As kept; a figure that is not among them was not used yet.</param>
    public bool MayRelease(IReadOnlyDictionary<PaceKey, Epoch> paces, Epoch now)
        => _figures.All(figure => LimitPace.MayRelease(Pace(paces, figure.Key), now, figure.Window));

    /// <summary>When all limits will let something go out, at the earliest; null when none is used up so far.</summary>
    public Epoch? FreeAt(IReadOnlyDictionary<PaceKey, Epoch> paces)
        => _figures.Select(figure => Pace(paces, figure.Key)?.Plus(-figure.Window)).Max();

    /// <summary>What an answer counts.</summary>
    public IReadOnlyList<PaceCharge> Charge(IReadOnlyList<PublicationSlice> slices)
    {
        if (AreNone || slices.Count == 0) return [];
        long items = slices.Sum(slice => (long)slice.Records.Count);
        long bytes = slices.Sum(slice => slice.Records.Sum(record => (long)record.Record.Payload.Length));
        return [.. _figures.Select(figure => new PaceCharge(figure.Key, figure.Key.Figure == LimitedFigure.BytesPerDay ? bytes : items, figure.Limit, figure.Window))];
    }

    private static Epoch? Pace(IReadOnlyDictionary<PaceKey, Epoch> paces, PaceKey key) => paces.TryGetValue(key, out var pace) ? pace : null;
}
