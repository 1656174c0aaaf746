using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>An object of an approach: how it moves, how large it is, and what a conjunction message says of it.</summary>
/// <param name="Id">Its number in the screening.</param>
/// <param name="Motion">How it moves, and how sure that is.</param>
/// <param name="HardBodyRadiusKm">Of a sphere that holds it, above 0; null where nobody has said it.</param>
public sealed record EncounterObject(long Id, IUncertainMotion Motion, double? HardBodyRadiusKm)
{
    /// <summary>Its number or name in <see cref="Catalog"/>; null where it is <see cref="Id"/>.</summary>
    public string? Designator { get; init; }

    /// <summary>For example "SATCAT"; null where it is not known.</summary>
    public string? Catalog { get; init; }

    /// <summary>For people; null where it is not known.</summary>
    public string? Name { get; init; }

    /// <summary>For example "1997-030E"; null where it is not known.</summary>
    public string? InternationalDesignator { get; init; }

    /// <summary>PAYLOAD, ROCKET BODY, DEBRIS, UNKNOWN or OTHER; null where it is not known.</summary>
    public string? ObjectType { get; init; }

    /// <summary>Who operates it; null where it is not known.</summary>
    public string? Operator { get; init; }

    /// <summary>Name of the ephemeris that <see cref="Motion"/> follows; null where it follows none ("NONE" in a message).</summary>
    public string? EphemerisName { get; init; }

    /// <summary>Whether it can manoeuvre; null where it is not known ("N/A" in a message).</summary>
    public bool? IsManeuverable { get; init; }

    /// <summary>How its orbit was determined; null where nothing is known.</summary>
    public ConjunctionDetermination? Determination { get; init; }

    /// <summary>What it is like; null where nothing is known.</summary>
    public ConjunctionBody? Body { get; init; }

    /// <summary>For the reader of a message: where its motion comes from, what was assumed, which manoeuvres are in it.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];
}
