using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Why a propagation ended before its time.</summary>
public enum PropagationEnd
{
    /// <summary>Less than 70 km above the ellipsoid (WGS 84).</summary>
    EarthImpact = 1,
    /// <summary>Inside the Moon's mean sphere.</summary>
    MoonImpact = 2,
    /// <summary>Further than 1.5 million km.</summary>
    LeftEarth = 3,
    /// <summary>No step of useful length meets the tolerance.</summary>
    StepCollapsed = 4,
    /// <summary>Two million steps were not enough.</summary>
    TooManySteps = 5,
    /// <summary>A table (orientation of the Earth, ephemeris, space weather) does not cover the next step.</summary>
    OutsideData = 6,
}

/// <summary>Where and why a propagation ended before its time.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Epoch">The last instant reached.</param>
/// <param name="Detail">In words; which table, how high.</param>
public sealed record PropagationStop(PropagationEnd Reason, Epoch Epoch, string Detail);

/// <summary>How a propagation ended.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public abstract record PropagationOutcome<T>
{
    private PropagationOutcome() { }

    /// <summary>All that was asked for.</summary>
    public sealed record Completed(T Result) : PropagationOutcome<T>;

    /// <summary>It ended before; <paramref name="Until"/> holds what lies before the stop.</summary>
    public sealed record Stopped(PropagationStop Stop, T Until) : PropagationOutcome<T>;
}
