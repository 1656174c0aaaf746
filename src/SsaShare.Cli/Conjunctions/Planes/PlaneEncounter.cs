using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>A message as it is drawn in its encounter plane.</summary>
internal sealed record PlaneEncounter(AssessedMessage Assessed, EncounterGeometry Geometry)
{
    /// <summary>Sigmas that are drawn.</summary>
    public const int Contours = 3;

    public string File => Assessed.Read.File;

    public string First => Assessed.Read.Message.First.Designator;

    public string Second => Assessed.Read.Message.Second.Designator;

    /// <summary>Of the closest approach.</summary>
    public Epoch Time => Assessed.Assessment.ClosestApproach ?? Assessed.Read.Message.Approach.Time;

    public Epoch Created => Assessed.Read.Message.Created;

    public double RadiusKm => Assessed.RadiusKm;

    /// <summary>Of the miss in the plane.</summary>
    public double MissKm => Math.Sqrt(Geometry.MissXKm * Geometry.MissXKm + Geometry.MissYKm * Geometry.MissYKm);

    /// <summary>Half the width and half the height of so many sigmas.</summary>
    public (double X, double Y) Half(double sigmas)
    {
        var (sin, cos) = Math.SinCos(Geometry.MajorAxisAngleRad);
        double major = sigmas * Geometry.Plane.SigmaMajorKm, minor = sigmas * Geometry.Plane.SigmaMinorKm;
        return (Math.Sqrt(major * major * cos * cos + minor * minor * sin * sin), Math.Sqrt(major * major * sin * sin + minor * minor * cos * cos));
    }

    public static string Name(ConjunctionObject one) => one.Name.Length > 0 && one.Name != one.Designator ? $"{one.Name} ({one.Designator})" : one.Designator;
}
