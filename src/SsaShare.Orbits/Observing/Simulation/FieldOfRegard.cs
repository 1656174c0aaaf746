namespace SsaShare.Orbits;

/// <summary>The directions into which a ground sensor looks.</summary>
/// <param name="ElevationFromRad">Least elevation.</param>
/// <param name="ElevationToRad">Greatest elevation.</param>
/// <param name="AzimuthFromRad">Where the range of azimuths begins, from north through east.</param>
/// <param name="AzimuthWidthRad">How far it reaches eastwards from there; 2π for all around.</param>
public sealed record FieldOfRegard(double ElevationFromRad, double ElevationToRad = Math.PI / 2, double AzimuthFromRad = 0, double AzimuthWidthRad = Math.Tau)
{
    /// <summary>Whether a direction lies inside.</summary>
    public bool Contains(double azimuthRad, double elevationRad)
        => elevationRad >= ElevationFromRad && elevationRad <= ElevationToRad && (AzimuthWidthRad >= Math.Tau || Around(azimuthRad) <= AzimuthWidthRad);

    private double Around(double azimuthRad)
    {
        double around = Math.IEEERemainder(azimuthRad - AzimuthFromRad, Math.Tau);
        return around < 0 ? around + Math.Tau : around;
    }
}
