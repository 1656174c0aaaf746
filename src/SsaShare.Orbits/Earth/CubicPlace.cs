using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Where an instant lies among evenly spaced nodes, and how the four around it count in the cubic through them.</summary>
internal readonly struct CubicPlace
{
    /// <param name="epoch">The instant.</param>
    /// <param name="stepNanoseconds">From node to node; node 0 is at J2000.0.</param>
    public CubicPlace(Epoch epoch, long stepNanoseconds)
    {
        long index = Math.DivRem(epoch.NanosecondsSinceJ2000, stepNanoseconds, out long rest);
        if (rest < 0) (index, rest) = (index - 1, rest + stepNanoseconds);
        Index = index;
        double u = (double)rest / stepNanoseconds;
        Share = u;
        (Before, Here) = (-u * (u - 1) * (u - 2) / 6, (u + 1) * (u - 1) * (u - 2) / 2);
        (Next, AfterNext) = (-(u + 1) * u * (u - 2) / 2, (u + 1) * u * (u - 1) / 6);
    }

    /// <summary>The node at or before the instant.</summary>
    public long Index { get; }

    /// <summary>Of the way to the next node, 0 to 1.</summary>
    public double Share { get; }

    /// <summary>Weight of the node before <see cref="Index"/>.</summary>
    public double Before { get; }

    /// <summary>Weight of the node <see cref="Index"/>.</summary>
    public double Here { get; }

    /// <summary>Weight of the node after it.</summary>
    public double Next { get; }

    /// <summary>Weight of the second node after it.</summary>
    public double AfterNext { get; }
}
