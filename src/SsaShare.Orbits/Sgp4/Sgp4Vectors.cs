namespace SsaShare.Orbits;

/// <summary>How many satellites a batch computes at once. Widths that the processor lacks give the same numbers, slowly.</summary>
public enum Sgp4Vectors
{
    /// <summary>The widest that the processor has.</summary>
    Widest = 0,
    /// <summary>One after the other, by <see cref="Sgp4Propagator"/>.</summary>
    Scalar = 1,
    /// <summary>Four: AVX2 with FMA.</summary>
    Four = 4,
    /// <summary>Eight: AVX-512.</summary>
    Eight = 8,
}
