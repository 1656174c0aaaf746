using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The side on which a transfer goes round the Earth.</summary>
public enum LambertWay
{
    /// <summary>By less than 180 degrees, whole revolutions apart.</summary>
    ShortWay = 0,
    /// <summary>By more than 180 degrees, whole revolutions apart.</summary>
    LongWay = 1,
}

/// <summary>Which of the two orbits with the same number of whole revolutions.</summary>
public enum LambertBranch
{
    /// <summary>The only one: less than a whole revolution.</summary>
    Only = 0,
    /// <summary>The larger semi-major axis or, in Izzo's variable, the smaller x.</summary>
    Left = 1,
    /// <summary>The other.</summary>
    Right = 2,
}

/// <summary>An orbit that joins two positions in a given time.</summary>
/// <param name="Way">Short or long.</param>
/// <param name="Revolutions">Whole ones, 0 and more.</param>
/// <param name="Branch">Of two with the same revolutions.</param>
/// <param name="DepartureKmPerS">Velocity at the first position, km/s, in the axes of the positions.</param>
/// <param name="ArrivalKmPerS">Velocity at the second position, km/s, in the axes of the positions.</param>
public sealed record LambertSolution(LambertWay Way, int Revolutions, LambertBranch Branch, Vector3d DepartureKmPerS, Vector3d ArrivalKmPerS);

/// <summary>Why Lambert's problem has no definite answer.</summary>
public enum LambertRefusal
{
    /// <summary>The time is not above zero, or a position is at the centre or not finite.</summary>
    Senseless = 0,
    /// <summary>The positions lie in one line with the centre, opposite each other: any plane would do. Give its normal.</summary>
    PlaneUndefined = 1,
    /// <summary>The positions lie in one direction from the centre: straight up or down, or whole revolutions, which this solver does not do.</summary>
    SameDirection = 2,
}

/// <summary>All orbits found, or why there is none.</summary>
public abstract record LambertOutcome
{
    private LambertOutcome() { }

    /// <summary>Short way before long, fewer revolutions before more. Which one was flown only more data can tell.</summary>
    public sealed record Solved(IReadOnlyList<LambertSolution> Solutions) : LambertOutcome;

    public sealed record Refused(LambertRefusal Reason, string Detail) : LambertOutcome;
}
