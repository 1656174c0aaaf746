namespace SsaShare.Formats;

/// <summary>
/// One observation of a space object as a file said it, whichever of the family's formats it came from: b3, iod, uk, rde, crd, ssa-jsonl. What a format
/// does not say is null. A record of laser ranging that measures nothing (a header, a configuration, weather) is an <see cref="ObservationRecord"/> with
/// <see cref="Laser"/> only, so that a whole pass is a sequence of them.
/// </summary>
/// <remarks>Units are the formats' own and stand in the names; <see cref="ObservationReader"/> turns records into the service's observations.</remarks>
public sealed record ObservationRecord
{
    /// <summary>What was seen, as its observer tagged it.</summary>
    public ObservedObject Target { get; init; }

    /// <summary>Who saw it, from where.</summary>
    public ObservingStation Station { get; init; }

    /// <summary>When. Null in records that have no time of their own.</summary>
    public ObservationTime? Time { get; init; }

    public AnglePair? Angles { get; init; }

    /// <summary>Rates of the first and second angle, degrees/s, as written. In real cards the first is that along the arc: the azimuth's times the cosine of the elevation.</summary>
    public double? AngleRate1DegPerS { get; init; }

    /// <inheritdoc cref="AngleRate1DegPerS"/>
    public double? AngleRate2DegPerS { get; init; }

    /// <summary>One-way distance, km.</summary>
    public double? RangeKm { get; init; }

    /// <summary>Positive when receding.</summary>
    public double? RangeRateKmPerS { get; init; }

    public double? RangeAccelerationKmPerS2 { get; init; }

    /// <summary>How bright it was and how it varied.</summary>
    public Appearance? Appearance { get; init; }

    /// <summary>What only the Space Surveillance Network's cards say.</summary>
    public CardMarks? Card { get; init; }

    /// <summary>The record of laser ranging as it stood, field by field.</summary>
    public LaserRecord? Laser { get; init; }

    /// <summary>Fields that have no place above, by name, as written.</summary>
    public KeyedFields Extra { get; init; } = KeyedFields.None;

    /// <summary>Whether anything was measured.</summary>
    public bool HasMeasurement => Angles is not null || RangeKm is not null || RangeRateKmPerS is not null || AngleRate1DegPerS is not null || AngleRate2DegPerS is not null;
}

/// <summary>The object as the observer tagged it: a hint, never trusted.</summary>
/// <param name="Number">Catalogue number as written, for example "05398" or "A0123"; null when none is given.</param>
/// <param name="CosparId">International designation with a year of four digits, for example "1998-067A".</param>
/// <param name="Name">Its name, where the format gives one.</param>
public readonly record struct ObservedObject(string? Number, string? CosparId = null, string? Name = null)
{
    /// <summary>The most definite of them; null when none is given.</summary>
    public string? Tag => Number ?? CosparId ?? Name;
}

/// <summary>The sensor or site.</summary>
/// <param name="Id">As written: "932", "2701", "7839".</param>
/// <param name="Name">Where the format gives one.</param>
/// <param name="Condition">One letter: the state of the sky or of the station (IOD), null when not said.</param>
public readonly record struct ObservingStation(string? Id, string? Name = null, string? Condition = null)
{
    /// <summary>Where a sensor that moves was: Earth-fixed, km (EFG of the cards).</summary>
    public Vector3d? PositionKm { get; init; }
}

/// <summary>Marks of the Space Surveillance Network's cards (B3), as written.</summary>
/// <param name="Classification">Column 1: "U" is unclassified.</param>
/// <param name="Type">Column 75: the observation type, "0" to "9".</param>
/// <param name="RangeExponent">Column 46: the power of ten by which the range's mantissa is multiplied; null when there is no range.</param>
/// <param name="TrackPosition">Column 77: "3" first, "4" within, "5" last of its track.</param>
/// <param name="AssociationStatus">Columns 78 to 80.</param>
/// <param name="SiteTag">Columns 81 to 85: the number that the site gave the object.</param>
/// <param name="CentreTag">Columns 86 to 90: the number that the centre gave it.</param>
public sealed record CardMarks(string Classification, string Type, int? RangeExponent, string? TrackPosition, string? AssociationStatus, string? SiteTag, string? CentreTag);
