using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What SGP4 says of one satellite at one instant.</summary>
/// <param name="Error">None, or why there is no state.</param>
/// <param name="PositionKm">TEME of date; every component not a number where there is an error.</param>
/// <param name="VelocityKmPerS">TEME of date; every component not a number where there is an error.</param>
public readonly record struct Sgp4State(Sgp4Error Error, Vector3d PositionKm, Vector3d VelocityKmPerS)
{
    private static readonly Vector3d Nowhere = new(double.NaN, double.NaN, double.NaN);

    public bool IsValid => Error == Sgp4Error.None;

    internal static Sgp4State Failed(Sgp4Error error) => new(error, Nowhere, Nowhere);
}
