namespace SsaShare.Orbits;

/// <summary>What the IERS observed of the celestial pole beyond the theory of 1976/80: dPsi and dEpsilon, which lead from its chain to GCRF (the frame bias is in them).</summary>
/// <param name="LongitudeRad">dPsi, rad.</param>
/// <param name="ObliquityRad">dEpsilon, rad.</param>
public readonly record struct NutationOffsets(double LongitudeRad, double ObliquityRad);
