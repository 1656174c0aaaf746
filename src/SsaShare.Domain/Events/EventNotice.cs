using System.Collections.Immutable;

namespace SsaShare.Domain;

/// <summary>That something happened, or is expected to happen, in orbit. Immutable.</summary>
/// <param name="Kind">What.</param>
/// <param name="Epoch">When.</param>
/// <param name="EpochSigmaS">One-sigma uncertainty of the epoch, s; null when it is not told.</param>
/// <param name="ObjectTags">The objects concerned, as the originator tags them; none when they are not known. Hints, never trusted.</param>
/// <param name="Position">Where; null when that is not known.</param>
/// <param name="Confidence">How sure the originator is: 0 to 1.</param>
/// <param name="Text">For people; null for none.</param>
public sealed record EventNotice(EventKind Kind, Epoch Epoch, double? EpochSigmaS, ImmutableArray<string> ObjectTags, EventPosition? Position, double Confidence, string? Text)
{
    public bool Equals(EventNotice? other)
        => other is not null && (Kind, Epoch, EpochSigmaS, Position, Confidence, Text) == (other.Kind, other.Epoch, other.EpochSigmaS, other.Position, other.Confidence, other.Text)
            && ObjectTags.SequenceEqual(other.ObjectTags);

    public override int GetHashCode() => HashCode.Combine(Kind, Epoch, Confidence, ObjectTags.Length);
}

/// <summary>A place relative to the centre of the Earth.</summary>
/// <param name="Frame">Of the axes, at the event's epoch.</param>
/// <param name="PositionKm">Finite.</param>
public sealed record EventPosition(Frame Frame, Vector3d PositionKm);

/// <summary>What happened. Numbers are on the wire; none is reused.</summary>
public enum EventKind
{
    Unspecified = 0,
    /// <summary>An object broke up, by itself or in a collision.</summary>
    Fragmentation = 1,
    /// <summary>An object comes or came down.</summary>
    ReEntry = 2,
    /// <summary>An object was released or came off.</summary>
    Separation = 3,
    /// <summary>A test of a weapon against satellites.</summary>
    AsatTest = 4,
    Launch = 5,
    /// <summary>An object does not behave as it should.</summary>
    Anomaly = 6,
}
