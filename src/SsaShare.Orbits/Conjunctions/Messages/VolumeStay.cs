using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>When the second object is within the volume around the first: the times of entry and exit of a message.</summary>
internal static class VolumeStay
{
    /// <summary>Longest step. Objects within a volume's reach pull at each other's path by less than 2.5e-6/s² times their distance: no stay begins and ends within a step.</summary>
    private const double LongestStepS = 10;

    /// <summary>Steps each way at most: a stay of more than half a day each way has no times of its own in a message.</summary>
    private const int MostSteps = 4_096;

    /// <summary>Steps in which a radius is passed.</summary>
    private const int StepsInRadius = 32;

    /// <returns>Null for a time that is not known: the stay began before, or ends after, what was screened, or the second object does not enter the volume.</returns>
    public static (Epoch? Entry, Epoch? Exit) Of(ScreeningVolume volume, CloseApproach approach, EncounterObject first, EncounterObject second, ScreeningOptions screening)
    {
        // The screening has followed a stay of objects that move together; its times are good to a millisecond.
        if (approach.IsCoMoving && volume.HalfSizesKm is null) return (Known(approach.InsideFrom, screening.Start), Known(approach.InsideTo, screening.End));
        double step = Math.Clamp(volume.RadiusKm / StepsInRadius / Math.Max(approach.RelativeSpeedKmPerS, 1e-9), 1e-4, LongestStepS);
        if (Inside(approach.Tca) is not { } start) return (null, null);
        return (Edge(start, -step), Edge(start, step));

        Epoch? Known(Epoch epoch, Epoch edge)
            => epoch != edge && Relative(epoch) is { } there && Math.Abs(there.Norm - volume.RadiusKm) <= 1e-3 * volume.RadiusKm ? MessageText.Rounded(epoch, 1_000_000) : null;

        // The closest instant at which the object is inside: that of the approach, unless it passes a corner of a box.
        Epoch? Inside(Epoch tca)
        {
            if (Relative(tca) is not { } here) return null;
            if (volume.IsCrossed(here, here)) return tca;
            Vector3d? before = here, after = here;
            for (int i = 1; i <= StepsInRadius * 8; i++)
            {
                Vector3d? earlier = Relative(tca.PlusSeconds(-i * step)), later = Relative(tca.PlusSeconds(i * step));
                if (earlier is { } a && before is { } b && volume.IsCrossed(a, b)) return Nearest(tca.PlusSeconds(-i * step), a, b);
                if (later is { } c && after is { } d && volume.IsCrossed(d, c)) return Nearest(tca.PlusSeconds((i - 1) * step), d, c);
                (before, after) = (earlier, later);
            }
            return null;
        }

        Epoch? Nearest(Epoch from, Vector3d a, Vector3d b)
        {
            for (int i = 0; i <= StepsInRadius; i++)
            {
                double share = (double)i / StepsInRadius;
                var at = a + share * (b - a);
                if (volume.IsCrossed(at, at)) return from.PlusSeconds(share * step);
            }
            return null;
        }

        Epoch? Edge(Epoch start, double way)
        {
            var inside = start;
            for (int i = 1; i <= MostSteps; i++)
            {
                var outside = start.PlusSeconds(i * way);
                if (outside < screening.Start || outside > screening.End || Relative(outside) is not { } there) return null;
                if (!volume.IsCrossed(there, there)) return Between(inside, outside);
                inside = outside;
            }
            return null;
        }

        Epoch? Between(Epoch inside, Epoch outside)
        {
            while (Math.Abs(outside.NanosecondsSinceJ2000 - inside.NanosecondsSinceJ2000) > 1_000)
            {
                var middle = new Epoch(inside.NanosecondsSinceJ2000 + (outside.NanosecondsSinceJ2000 - inside.NanosecondsSinceJ2000) / 2);
                if (Relative(middle) is not { } there) return null;
                if (volume.IsCrossed(there, there)) inside = middle;
                else outside = middle;
            }
            return MessageText.Rounded(inside, 1_000);
        }

        Vector3d? Relative(Epoch epoch)
        {
            if (!first.Motion.Covers(epoch) || !second.Motion.Covers(epoch)) return null;
            return Axes.TryOf(first.Motion.StateAt(epoch), out var axes) ? axes!.ToLocalInertial(second.Motion.StateAt(epoch)).PositionKm : null;
        }
    }
}
