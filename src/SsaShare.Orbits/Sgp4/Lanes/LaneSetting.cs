namespace SsaShare.Orbits;

/// <summary>What all satellites of a batch have in common.</summary>
internal readonly struct LaneSetting(Sgp4Gravity gravity, Sgp4Mode mode)
{
    public double HalfJ2 { get; } = 0.5 * gravity.J2;
    public double J3OverJ2 { get; } = gravity.J3OverJ2;
    public double Xke { get; } = gravity.Xke;
    public double EarthRadiusKm { get; } = gravity.EarthRadiusKm;
    public double KmPerSecond { get; } = gravity.KmPerSecond;

    /// <summary>Added to nodes below zero: a turn in the mode of the Air Force.</summary>
    public double TurnOfNegativeNode { get; } = mode == Sgp4Mode.Afspc ? Math.Tau : 0;

    /// <summary>Kepler's equation counts as solved when a step is shorter, rad: the next would be under 1e-15.</summary>
    public const double KeplerTolerance = 1e-8;

    public const double KeplerLongestStep = 0.95;
    public const int KeplerSteps = 10;
}
