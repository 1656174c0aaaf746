namespace SsaShare.Orbits;

/// <summary>The instant that a sensor's time tag belongs to.</summary>
public enum TimeTag
{
    /// <summary>When the signal met or left the object: the sensor has already taken off the light time.</summary>
    AtObject = 0,
    /// <summary>When the signal came to the sensor.</summary>
    AtReception = 1,
    /// <summary>When the signal left the sensor.</summary>
    AtTransmission = 2,
}

/// <summary>The way of the signal that is measured.</summary>
public enum SignalPath
{
    /// <summary>The sensor has reduced its figures to one instant: distance and direction to where the object is when the signal meets it, seen from where the sensor is then.</summary>
    Instant = 0,
    /// <summary>From the object to the sensor: telescopes, and range or Doppler of a transmitter on board.</summary>
    OneWay = 1,
    /// <summary>To the object and back: radar and laser ranging. Range is half the way, the time of flight times half the speed of light.</summary>
    TwoWay = 2,
}

/// <summary>What the motion of the sensor does to a measured direction. No part of <see cref="SignalPath.Instant"/>.</summary>
/// <remarks>
/// An object in orbit about the Earth shares the Earth's way around the Sun, the stars do not. A direction measured between stars is therefore turned by the annual aberration
/// of the stars, which the direction of a telescope's axes is not (Veis, Smithsonian Contributions to Astrophysics 3, 1960).
/// </remarks>
public enum Aberration
{
    /// <summary>From the sensor at reception to the object when the light left it, in axes that move with the Earth: astrometric, the Earth's motion taken off.</summary>
    None = 0,
    /// <summary>As axes that move with the sensor show it: turned by its velocity about the Earth, 0.32" at most on the ground and 5" in low orbit.</summary>
    Apparent = 1,
    /// <summary>Between catalogue places of stars, reduced like a star: turned by the Earth's velocity about the Sun, 20.5", against the way.</summary>
    AgainstStars = 2,
}

/// <summary>What the medium between does to the figures, as far as the sensor did not take it off.</summary>
public enum Refraction
{
    /// <summary>Nothing, or taken off at the sensor.</summary>
    None = 0,
    /// <summary>Radio waves in the troposphere, range and elevation: <see cref="Troposphere"/>.</summary>
    Radio = 1,
    /// <summary>Light in the troposphere, range only: <see cref="LaserTroposphere"/>.</summary>
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

/// <summary>Where in the counting interval the time tag of an averaged range rate lies.</summary>
public enum CountTag
{
    /// <summary>In its middle.</summary>
    Middle = 0,
    /// <summary>At its beginning.</summary>
    Start = 1,
    /// <summary>At its end.</summary>
    End = 2,
}

/// <summary>Meaning of what a sensor delivers: what is still in the measurements and must be predicted with them.</summary>
public sealed record SignalConventions
{
    private const double GreenLaserMicrometres = 0.532;

    /// <summary>
    /// As space surveillance radars deliver: light time and troposphere taken off at the sensor. The observations of December 1996 fit so:
    /// with the troposphere applied once more, the elevation residuals grow from 0.013 to 0.021 degrees (docs/accuracy.md).
    /// </summary>
    public static SignalConventions Corrected { get; } = new();

    /// <summary>Two-way laser ranging as the stations deliver it: tagged at transmission, nothing taken off.</summary>
    /// <param name="centreOfMassOffsetKm">What the range to the reflectors falls short of that to the centre of mass: 0.251e-3 km for LAGEOS.</param>
    /// <param name="wavelengthMicrometres">0.532 for green light.</param>
    public static SignalConventions LaserRanging(double centreOfMassOffsetKm, double wavelengthMicrometres = GreenLaserMicrometres) => new()
    {
        TimeTag = TimeTag.AtTransmission, Path = SignalPath.TwoWay, Refraction = Refraction.Laser, Shapiro = true,
        CentreOfMassOffsetKm = centreOfMassOffsetKm, WavelengthMicrometres = wavelengthMicrometres,
    };

    /// <summary>A telescope that measures between stars, tagged at the exposure, in axes of the star catalogue.</summary>
    public static SignalConventions Telescope(Aberration aberration) => new() { TimeTag = TimeTag.AtReception, Path = SignalPath.OneWay, Aberration = aberration };

    /// <summary>Meaning of the time tags. Default: when the signal met the object.</summary>
    public TimeTag TimeTag { get; init; }

    /// <summary>The way of the signal. Default: reduced to one instant.</summary>
    public SignalPath Path { get; init; }

    /// <summary>What the sensor's motion does to directions. Default: taken off.</summary>
    public Aberration Aberration { get; init; }

    /// <summary>The medium. Default: nothing to apply.</summary>
    public Refraction Refraction { get; init; }

    /// <summary>Of a laser, in micrometres. Default 0.532.</summary>
    public double WavelengthMicrometres { get; init; } = GreenLaserMicrometres;

    /// <summary>Whether the range is lengthened by the Earth's field: 7 mm at the height of LAGEOS. Default: no.</summary>
    public bool Shapiro { get; init; }

    /// <summary>Taken off the predicted range, km: the signal is returned by a reflector so much nearer than the centre of mass. Default 0.</summary>
    public double CentreOfMassOffsetKm { get; init; }

    /// <summary>Axes of right ascension and declination. Default GCRF.</summary>
    public AngleFrame AngleFrame { get; init; }

    /// <summary>The range rate is the change of range over so many seconds, divided by them (a Doppler count); null for one instant. Default null.</summary>
    public double? RangeRateCountSeconds { get; init; }

    /// <summary>Where in that interval the time tag lies. Default: in the middle.</summary>
    public CountTag RangeRateCountTag { get; init; }

    /// <summary>Begin of a count, s from the tag.</summary>
    internal double RangeRateCountFrom(double seconds) => RangeRateCountTag switch { CountTag.Start => 0, CountTag.End => -seconds, _ => -seconds / 2 };
}
