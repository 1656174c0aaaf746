using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Whether an approach within the radii enters the volumes themselves, which matters for boxes.</summary>
internal static class VolumePassage
{
    /// <summary>Pieces of a stay in a box, each taken for straight: of a fast passage within a metre, of a slow one a piece is at most <see cref="LongestPieceS"/>.</summary>
    private const int Pieces = 48;

    private const double LongestPieceS = 10;

    /// <param name="from">When the pair comes within the radius.</param>
    /// <param name="to">When it leaves it.</param>
    public static bool IsEntered(ScreenedSet set, ApproachSearch search, int a, int b, long from, long tca, long to, double missKm)
    {
        var (ofA, ofB) = (set.Objects[a].Volume, set.Objects[b].Volume);
        if (ofA is null && ofB is null) ofA = ofB = set.Options.Volume;
        return IsEntered(set, search, a, b, ofA, from, tca, to, missKm) || IsEntered(set, search, b, a, ofB, from, tca, to, missKm);
    }

    private static bool IsEntered(ScreenedSet set, ApproachSearch search, int owner, int other, ScreeningVolume? volume, long from, long tca, long to, double missKm)
    {
        if (volume is null || missKm > volume.RadiusKm) return false;
        if (volume.HalfSizesKm is null) return true;
        if (TryInAxes(set, search, owner, other, tca, out var here) && volume.IsCrossed(here, here)) return true;
        int pieces = (int)Math.Clamp((to - from) * 1e-9 / LongestPieceS, Pieces, 100_000);
        bool known = TryInAxes(set, search, owner, other, from, out var before);
        for (int i = 1; i <= pieces; i++)
        {
            bool knownNext = TryInAxes(set, search, owner, other, from + (long)((Int128)(to - from) * i / pieces), out var after);
            if (known && knownNext && volume.IsCrossed(before, after)) return true;
            (known, before) = (knownNext, after);
        }
        return false;
    }

    /// <summary>The other as the owner sees it along its radial, transverse and normal axes.</summary>
    private static bool TryInAxes(ScreenedSet set, ApproachSearch search, int owner, int other, long at, out Vector3d rtnKm)
    {
        rtnKm = default;
        if (!search.TryRelative(owner, other, at, out var relative) || !set.TryState(owner, at, out var position, out var velocity)) return false;
        var (radial, normal) = (position.Unit(), position.Cross(velocity).Unit());
        rtnKm = new Vector3d(relative.Dot(radial), relative.Dot(normal.Cross(radial)), relative.Dot(normal));
        return rtnKm.IsFinite;
    }
}
