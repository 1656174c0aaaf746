namespace SsaShare.Orbits;

/// <summary>The instant that a sensor's time tag belongs to.</summary>
public enum TimeTag
{
    /// <summary>When the signal met the object: the sensor has already taken off the light time.</summary>
    AtObject = 0,
    /// <summary>When the signal came to the sensor.</summary>
    AtReception = 1,
    /// <summary>When the signal left the sensor.</summary>
    AtTransmission = 2,
}

/// <summary>What the medium between does to range and elevation, as far as the sensor did not take it off.</summary>
public enum Refraction
{
    /// <summary>Nothing, or taken off at the sensor.</summary>
    None = 0,
    /// <summary>Radio waves in the troposphere: <see cref="Troposphere"/>.</summary>
    Radio = 1,
    /// <summary>Light in the troposphere: Mendes and Pavlis; range only.</summary>
    Laser = 2,
}

/// <summary>Axes of right ascension and declination.</summary>
public enum AngleFrame
{
    /// <summary>GCRF, whose axes are those of the ICRF and of modern star catalogues.</summary>
    Gcrf = 0,
    /// <summary>Mean equator and equinox of J2000.0.</summary>
    Eme2000 = 1,
    /// <summary>True equator, mean equinox of date.</summary>
    Teme = 2,
    /// <summary>True equator and equinox of date.</summary>
    TrueOfDate = 3,
}

/// <summary>Meaning of what a sensor delivers: what is still in the measurements and must be predicted with them.</summary>
public sealed record SignalConventions
{
    /// <summary>
    /// As space surveillance radars deliver: light time and troposphere taken off at the sensor. The observations of December 1996 fit so:
    /// with the troposphere applied once more, the elevation residuals grow from 0.013 to 0.021 degrees (docs/accuracy.md).
    /// </summary>
    public static SignalConventions Corrected { get; } = new();

    /// <summary>Meaning of the time tags. Default: when the signal met the object.</summary>
    public TimeTag TimeTag { get; init; }

    /// <summary>The medium. Default: nothing to apply.</summary>
    public Refraction Refraction { get; init; }

    /// <summary>Axes of right ascension and declination. Default GCRF.</summary>
    public AngleFrame AngleFrame { get; init; }

    /// <summary>Added to the predicted range: the signal is returned this much before it would reach the object's centre of mass (negative) or after (positive), km. Default 0.</summary>
    public double CentreOfMassOffsetKm { get; init; }
}
