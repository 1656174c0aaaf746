using System.Collections.Immutable;

namespace SsaShare.Exchange;

/// <summary>The position reached in each lane; 0 in a lane that was never gone through. Immutable; equal by content.</summary>
public sealed class LanePositions : IEquatable<LanePositions>
{
    private readonly ImmutableSortedDictionary<FeedLane, long> _positions;

    private LanePositions(ImmutableSortedDictionary<FeedLane, long> positions) => _positions = positions;

    public static LanePositions Start { get; } = new(ImmutableSortedDictionary<FeedLane, long>.Empty);

    /// <summary>Lanes that were gone through, the own before the relayed, the prompt before the late.</summary>
    public ImmutableArray<KeyValuePair<FeedLane, long>> All => [.. _positions];

    /// <summary>The furthest position among the provider's own publications, or among others'.</summary>
    public long Furthest(bool own) => _positions.Where(lane => lane.Key.IsOwn == own).Select(lane => lane.Value).DefaultIfEmpty(0).Max();

    public long Of(FeedLane lane) => _positions.GetValueOrDefault(lane);

    public LanePositions With(FeedLane lane, long position) => new(_positions.SetItem(lane, position));

    public bool Equals(LanePositions? other) => other is not null && _positions.SequenceEqual(other._positions);
    public override bool Equals(object? obj) => Equals(obj as LanePositions);
    public override int GetHashCode() => _positions.Aggregate(0, (hash, lane) => HashCode.Combine(hash, lane.Key, lane.Value));
    public override string ToString() => _positions.Count == 0 ? "0" : string.Join(", ", _positions.Select(lane => $"{lane.Key}: {lane.Value}"));
}
