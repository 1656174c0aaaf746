using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>An object that is really there, and how it truly moves.</summary>
/// <param name="Label">What its labels say, where observations carry them: a catalogue number. For people and for scoring.</param>
/// <param name="Start">Where its motion begins, GCRF; before that instant nobody sees it.</param>
/// <param name="Surface">What of its surface moves its orbit; constant.</param>
/// <param name="DiameterM">Of the sphere that reflects what it does, m: says how far it is seen.</param>
public sealed record SimulatedObject(string Label, CartesianState Start, SurfaceCoefficients Surface, double DiameterM)
{
    /// <summary>Share of light that it scatters. Default 0.26: of a sphere by Lambert's law two thirds of it are the geometric albedo, 0.175 for debris (Mulrooney, Matney and Barker, AMOS 2008).</summary>
    public double Albedo { get; init; } = 0.26;

    /// <summary>From here on it is no more, as a parent that broke up; null where it lasts.</summary>
    public Epoch? Ends { get; init; }

    /// <summary>Where it is an invention: the only partner that reports it. Null for what is really there.</summary>
    public PartnerId? ForgedBy { get; init; }
}
