using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>One orbit that three lines of sight admit.</summary>
/// <param name="State">At the middle line of sight, GCRF.</param>
/// <param name="FirstRangeKm">From the first site.</param>
/// <param name="MiddleRangeKm">From the second site.</param>
/// <param name="LastRangeKm">From the third site.</param>
/// <param name="Revolutions">Whole ones between the first and the last.</param>
/// <param name="MissRad">Largest angle between a line of sight and the two-body orbit's own; near zero when the iteration settled.</param>
public sealed record AnglesOnlyOrbit(CartesianState State, double FirstRangeKm, double MiddleRangeKm, double LastRangeKm, int Revolutions, double MissRad);

/// <summary>Why three lines of sight give no orbit.</summary>
public enum AnglesOnlyRefusal
{
    /// <summary>The times do not ascend or a figure is not finite.</summary>
    Senseless = 0,
    /// <summary>The lines lie in one plane, as when the observer moves in the plane of the orbit: the ranges do not follow from them.</summary>
    Coplanar = 1,
    /// <summary>No ranges fit all three.</summary>
    NoOrbit = 2,
}

/// <summary>All orbits found, or why there is none.</summary>
public abstract record AnglesOnlyOutcome
{
    private AnglesOnlyOutcome() { }

    /// <summary>Each fits the three lines; which one was flown only more data can tell. Ordered by the range in the middle.</summary>
    public sealed record Found(IReadOnlyList<AnglesOnlyOrbit> Orbits) : AnglesOnlyOutcome;

    public sealed record Refused(AnglesOnlyRefusal Reason, string Detail) : AnglesOnlyOutcome;
}
