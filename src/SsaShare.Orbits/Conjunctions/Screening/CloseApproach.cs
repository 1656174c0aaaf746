using SsaShare.Domain;

namespace SsaShare.Orbits;

[Flags]
public enum CloseApproachTraits
{
    None = 0,
    /// <summary>Slower than <see cref="ScreeningOptions.CoMovingKmPerS"/>: docked, in formation or just deployed. Stands for one whole stay within the volume.</summary>
    CoMoving = 1,
    /// <summary>The distance is least where the span, or what is known of an object, begins or ends: beyond, it may be less.</summary>
    AtEdge = 2,
    /// <summary>An object's elements are older than <see cref="ScreeningOptions.StaleAfter"/>.</summary>
    StaleElements = 4,
}

/// <summary>Two objects at a least distance from each other.</summary>
/// <param name="Id1">The smaller number of the two.</param>
/// <param name="Tca">Time of closest approach, to a microsecond and better above 100 m/s.</param>
/// <param name="MissKm">Distance between the positions, km.</param>
/// <param name="RelativeSpeedKmPerS">By the models' velocities.</param>
/// <param name="InsideFrom">From when on they are within the radius of the volume (of a box: of the sphere around it), or the edge of what is screened.</param>
/// <param name="InsideTo">Until when.</param>
public readonly record struct CloseApproach(
    long Id1, long Id2, Epoch Tca, double MissKm, double RelativeSpeedKmPerS, Epoch InsideFrom, Epoch InsideTo, CloseApproachTraits Traits)
{
    public bool IsCoMoving => Traits.HasFlag(CloseApproachTraits.CoMoving);

    /// <summary>In order of time, then of the numbers.</summary>
    internal static int Compare(CloseApproach a, CloseApproach b)
    {
        int order = a.Tca.CompareTo(b.Tca);
        if (order == 0) order = a.Id1.CompareTo(b.Id1);
        return order != 0 ? order : a.Id2.CompareTo(b.Id2);
    }
}
