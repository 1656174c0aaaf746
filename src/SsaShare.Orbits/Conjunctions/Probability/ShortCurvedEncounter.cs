using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// Expected collisions on curved paths (2D-Nc): about the time when both distributions overlap most, the exponent of the density over each point of the sphere is a parabola in
/// time, so the time integral is known and the sphere remains. For pairs that stay together it may find a minimum that is not the one that counts: see <see cref="EncounterUsage"/>.
/// </summary>
/// <remarks>Hall, Baars and Casali 2023, AAS 23-398, after Hall 2021, JSR 58 (3), 715.</remarks>
public static class ShortCurvedEncounter
{
    /// <summary>Sigmas of time that are said to count; the expected number outside is below 1e-7 of the whole.</summary>
    internal const double SigmasOfSpan = 5.3;

    public static ExpectedCollisions Of(ConjunctionPair pair)
        => CurvilinearEncounter.TryOf(pair, out var curved) ? Of(curved!) : new ExpectedCollisions.Failed(CollisionsFailure.NotElliptic);

    internal static ExpectedCollisions Of(CurvilinearEncounter pair)
    {
        if (!OverlapPeak.TryFind(pair, 0, 0.5 * pair.ShorterPeriodSeconds, out var peak)) return new ExpectedCollisions.Failed(CollisionsFailure.NoPeak);
        double width = Math.Min(peak.SigmaSeconds, pair.ShorterPeriodSeconds / 100);
        if (!pair.TryAt(peak.Seconds, out var centre) || !pair.TryAt(peak.Seconds - width, out var before) || !pair.TryAt(peak.Seconds + width, out var after))
            return new ExpectedCollisions.Failed(CollisionsFailure.NoOverlap);
        if (SpherePoints.AreTooFew(centre, pair.RadiusKm)) return new ExpectedCollisions.Failed(CollisionsFailure.TooSharp);
        double number = OverSphere(before, centre, after, width, pair.RadiusKm);
        if (!double.IsFinite(number)) return new ExpectedCollisions.Failed(CollisionsFailure.NoPeak);
        double span = SigmasOfSpan * peak.SigmaSeconds;
        return new ExpectedCollisions.Found(number, peak.Seconds, peak.Seconds - span, peak.Seconds + span);
    }

    private static double OverSphere(in LocalEncounter before, in LocalEncounter centre, in LocalEncounter after, double width, double radiusKm)
    {
        var points = SpherePoints.Facing(centre, radiusKm);
        var drift = (after.Position - before.Position) / (2 * width);
        var turn = (after.Velocity - before.Velocity) / (2 * width);
        double sum = 0;
        while (points.MoveNext(out var direction, out double weight))
        {
            var place = radiusKm * direction;
            double q = Exponent(centre, place), early = Exponent(before, place), late = Exponent(after, place);
            double slope = (late - early) / (2 * width), half = (late + early - 2 * q) / (2 * width * width);
            if (!(half > 0)) return double.NaN;
            double time = -slope / (2 * half), lowest = -0.5 * (q - 0.25 * slope * slope / half);
            if (lowest < -700) continue;
            var velocity = centre.Velocity + time * turn + centre.VelocityByPosition * (place - centre.Position - time * drift);
            sum += weight * Math.Exp(lowest) / Math.Sqrt(half) * CollisionRate.Inflow(centre, direction, velocity);
        }
        // (2π)^(-3/2) of the density, √(2π) of the time integral.
        return radiusKm * radiusKm * sum / Math.Tau;

        static double Exponent(in LocalEncounter e, Vector3d place)
        {
            var off = place - e.Position;
            return off.Dot(e.Inverse * off) + e.LogDeterminant;
        }
    }
}
