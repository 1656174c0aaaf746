namespace SsaShare.Orbits;

/// <summary>What a fit does with a parameter.</summary>
public enum ParameterTreatment
{
    /// <summary>Solved for, with what is known of it beforehand.</summary>
    Estimated = 0,
    /// <summary>Its value stays; its uncertainty enters the covariance of everything that is estimated (Schmidt).</summary>
    Considered = 1,
    /// <summary>Taken as known.</summary>
    Fixed = 2,
}
