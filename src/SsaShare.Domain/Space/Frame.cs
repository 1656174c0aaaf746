namespace SsaShare.Domain;

/// <summary>Reference frames. Inside the service everything is GCRF; others are named where data enters or leaves.</summary>
public enum Frame
{
    Unspecified = 0,
    /// <summary>Geocentric Celestial Reference Frame.</summary>
    Gcrf = 1,
    /// <summary>International Terrestrial Reference Frame, Earth-fixed.</summary>
    Itrf = 2,
    /// <summary>True equator, mean equinox of date: the frame of SGP4.</summary>
    Teme = 3,
}
