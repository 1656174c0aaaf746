namespace SsaShare.Orbits;

/// <summary>How the windows are gone through: how many at a time, from which objects, with which cells.</summary>
internal sealed class ScanPlan
{
    /// <summary>Slower than this and an object is ordinary; faster ones, and those with larger volumes, look further around. Circular orbits stay below.</summary>
    private const double OrdinaryKmPerS = 8;

    /// <summary>Beyond gravity, km/s²: nearly every object stays below.</summary>
    private const double OrdinaryExtra = 2e-4;

    private const int ManyOwnVolumes = 200;

    /// <param name="stride">Windows between two knots.</param>
    /// <param name="seekers">From whom neighbours are looked for: every wanted pair holds one. Null when each is one.</param>
    public ScanPlan(ScreenedSet set, int stride, int[]? seekers)
    {
        (Stride, Seekers) = (stride, seekers);
        LongestS = Math.Min(stride, set.Windows.Count) * ((set.Windows.End - set.Windows.Start) * 1e-9 / set.Windows.Count);
        PadKm = [.. set.Bounds.Select(bound => bound.ChordKm(LongestS))];
        LargestRadiusKm = set.Count == 0 ? 0 : set.RadiusKm.Max();
        // Objects that are not ordinary are tested with each other one by one.
        OrdinaryRadiusKm = set.RadiusKm.Count(radius => radius > set.Options.Volume.RadiusKm) > ManyOwnVolumes ? LargestRadiusKm : set.Options.Volume.RadiusKm;
        OrdinaryHalfKm = OrdinaryKmPerS * LongestS / 2;
        OrdinaryPadKm = MotionBound.ChordKm(OrdinaryExtra, 0, MotionBound.DeepSpaceJumpKm, LongestS);
        MayDip = [.. Enumerable.Range(0, set.Count).Select(index => stride > 1 && set.MayDip(index))];
        Shells = [.. Enumerable.Range(0, set.Count).Select(index => Rounded(set.Shell(index)))];
        CellKm = OrdinaryRadiusKm + 2 * (OrdinaryHalfKm + OrdinaryPadKm);
    }

    public int Stride { get; }
    public int[]? Seekers { get; }

    /// <summary>From knot to knot, s.</summary>
    public double LongestS { get; }

    /// <summary>Of each object: how far it can be from its chord, km.</summary>
    public double[] PadKm { get; }

    /// <summary>Of each object: between distant knots it may be where SGP4 has no states.</summary>
    public bool[] MayDip { get; }

    /// <summary>Of each object: between which distances from the centre it stays, widened by what single precision loses.</summary>
    public (float LowKm, float HighKm)[] Shells { get; }

    public double OrdinaryRadiusKm { get; }
    public double OrdinaryHalfKm { get; }
    public double OrdinaryPadKm { get; }
    public double LargestRadiusKm { get; }

    /// <summary>Edge: two ordinary objects that come within the volume of one of them have their chords' middles at most this far apart.</summary>
    public double CellKm { get; }

    private static (float LowKm, float HighKm) Rounded((double LowKm, double HighKm) shell) => ((float)(shell.LowKm * (1 - 1e-6)), (float)(shell.HighKm * (1 + 1e-6)));
}
