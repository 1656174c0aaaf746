using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>The orbit of one radar tracklet by itself, with the covariance that the sensor's noise gives: least squares over a free fall about the oblate Earth, no longer than some minutes.</summary>
/// <remarks>
/// Two-body motion in closed form and the pull of J2 at the middle; within 5 m over two minutes of a low orbit. Partials by the gravity gradient at the middle. Measurements are as the sensor's conventions for
/// corrected data have them: atmosphere taken off; light time is left out (it moves a low orbit by some 50 m along its track, alike for neighbours).
/// </remarks>
public static class TrackletOrbit
{
    private const double J2 = 1.08263e-3, RadiusKm = 6_378.1366;
    private const double LongestSeconds = 600, ShortestSeconds = 5, FastKmPerS = 8;
    private const int MostIterations = 12;

    /// <param name="tracklet">Of one sensor or several; at least two with range, azimuth and elevation, ascending in time.</param>
    /// <param name="rotation">How the Earth turns.</param>
    /// <returns>Null where the tracklet gives no orbit: too few or too short, angles only, not on an ellipse, or the least squares do not settle.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation does not cover an instant.</exception>
    public static OrbitCandidate? Find(IReadOnlyList<SensorObservation> tracklet, EarthRotation rotation)
    {
        var looks = Looks(tracklet, rotation);
        var fixes = looks.Where(look => look.PositionKm is not null).ToList();
        if (fixes.Count < 2) return null;
        double span = fixes[^1].Epoch.SecondsSince(fixes[0].Epoch);
        if (!(span is >= ShortestSeconds and <= LongestSeconds)) return null;
        var middle = fixes[fixes.Count / 2].Epoch;
        Span<double> x = stackalloc double[6], information = stackalloc double[Matrix6.Entries], covariance = stackalloc double[Matrix6.Entries], right = stackalloc double[6], step = stackalloc double[6];
        Begin(fixes, middle, span, x);
        for (int i = 0; ; i++)
        {
            if (i == MostIterations || !TryAccumulate(looks, middle, x, information, right) || !Matrix6.TryInvert(information, covariance)) return null;
            Matrix6.Times(covariance, right, step);
            for (int k = 0; k < 6; k++) x[k] += step[k];
            if (Math.Abs(step[0]) + Math.Abs(step[1]) + Math.Abs(step[2]) < 1e-4 && Math.Abs(step[3]) + Math.Abs(step[4]) + Math.Abs(step[5]) < 1e-6) break;
        }
        double[] elements = new double[6], partials = new double[Matrix6.Entries], ofElements = new double[Matrix6.Entries];
        if (!MeanOrbitElements.TryOf(x, elements, partials)) return null;
        Matrix6.Congruence(partials, covariance, ofElements);
        var state = new CartesianState(middle, Frame.Gcrf, new Vector3d(x[0], x[1], x[2]), new Vector3d(x[3], x[4], x[5]));
        return new OrbitCandidate(tracklet, state, Matrix6.ToCovariance(covariance), elements, ofElements, partials);
    }

    private static void Begin(List<Look> fixes, Epoch middle, double span, Span<double> x)
    {
        // A line by least squares; gravity bends it by the same on both sides.
        Vector3d sum = default, slope = default;
        double times = 0, squares = 0;
        foreach (var fix in fixes) times += fix.Epoch.SecondsSince(middle) / fixes.Count;
        foreach (var fix in fixes)
        {
            double t = fix.Epoch.SecondsSince(middle) - times;
            sum += fix.PositionKm!.Value / fixes.Count;
            slope += t * fix.PositionKm.Value;
            squares += t * t;
        }
        var v = slope / squares;
        var r = sum - times * v;
        double radius = r.Norm;
        r += TwoBody.EarthMuKm3PerS2 / (radius * radius * radius) * (span * span / 24) * r;
        (x[0], x[1], x[2], x[3], x[4], x[5]) = (r.X, r.Y, r.Z, v.X, v.Y, v.Z);
    }

    private static bool TryAccumulate(List<Look> looks, Epoch middle, ReadOnlySpan<double> x, Span<double> information, Span<double> right)
    {
        information.Clear();
        right.Clear();
        Vector3d r0 = new(x[0], x[1], x[2]), v0 = new(x[3], x[4], x[5]);
        double radius = r0.Norm, radius2 = radius * radius, pull = TwoBody.EarthMuKm3PerS2 / (radius2 * radius), s2 = r0.Z * r0.Z / radius2;
        double oblate = -1.5 * J2 * pull * RadiusKm * RadiusKm / radius2;
        var bulge = new Vector3d(oblate * (1 - 5 * s2) * r0.X, oblate * (1 - 5 * s2) * r0.Y, oblate * (3 - 5 * s2) * r0.Z);
        foreach (var look in looks)
        {
            double t = look.Epoch.SecondsSince(middle);
            if (!TwoBody.TryPropagate(r0, v0, t, out var r, out var v)) return false;
            r += 0.5 * t * t * bulge;
            v += t * bulge;
            Vector3d down = r - look.SiteKm, motion = v - look.SiteVelocityKmPerS;
            double range = down.Norm;
            var unit = down / range;
            var local = look.ToLocal * down;
            double flat = Math.Sqrt(local.X * local.X + local.Y * local.Y);
            if (look.Range is { } measured) Add(measured.Value - range, measured.Sigma, unit, default, t, information, right);
            // Across the line of sight, so that the zenith does no harm.
            if (look.Azimuth is { } azimuth)
            {
                double off = Math.IEEERemainder(azimuth.Value - Math.Atan2(local.X, local.Y), Math.Tau) * flat / range;
                Add(off, azimuth.Sigma, look.ToLocal.TransposedTimes(new Vector3d(local.Y, -local.X, 0)) / (flat * range), default, t, information, right);
            }
            if (look.Elevation is { } elevation)
                Add(elevation.Value - Math.Asin(local.Z / range), elevation.Sigma, look.ToLocal.TransposedTimes(new Vector3d(-local.X * local.Z / flat, -local.Y * local.Z / flat, flat)) / (range * range), default, t, information, right);
            if (look.RangeRate is { } rate)
                Add(rate.Value - unit.Dot(motion), rate.Sigma, (motion - unit.Dot(motion) * unit) / range, unit, t, information, right);
        }
        return true;

        void Add(double residual, double sigma, Vector3d byPosition, Vector3d byVelocity, double t, Span<double> information, Span<double> right)
        {
            // Position and velocity then, by those of the middle: I + G t²/2, I t + G t³/6 and their derivatives.
            Vector3d g = gradient(byPosition), gv = gradient(byVelocity);
            Vector3d onPosition = byPosition + t * t / 2 * g + t * gv, onVelocity = t * byPosition + t * t * t / 6 * g + byVelocity + t * t / 2 * gv;
            ReadOnlySpan<double> row = [onPosition.X, onPosition.Y, onPosition.Z, onVelocity.X, onVelocity.Y, onVelocity.Z];
            double weight = 1 / (sigma * sigma);
            for (int i = 0; i < 6; i++)
            {
                right[i] += weight * residual * row[i];
                for (int j = 0; j < 6; j++) information[i * 6 + j] += weight * row[i] * row[j];
            }
        }

        Vector3d gradient(Vector3d a) => pull * (3 * a.Dot(r0) / radius2 * r0 - a);
    }

    private static List<Look> Looks(IReadOnlyList<SensorObservation> tracklet, EarthRotation rotation)
    {
        var looks = new List<Look>(tracklet.Count);
        Sensor? last = null;
        var (place, mount) = (Vector3d.Zero, default(Matrix3));
        SensorSite? at = null;
        foreach (var one in tracklet)
        {
            var (o, sensor) = (one.Observation, one.Sensor);
            if (at is null || !ReferenceEquals(sensor, last))
            {
                (last, at) = (sensor, new SensorSite(sensor.Site));
                (place, mount) = (at.ItrfKm, Wgs84.ItrfToEastNorthUp(sensor.Site));
            }
            var turn = rotation.At(o.Epoch);
            var site = turn.GcrfToItrf.TransposedTimes(place);
            var added = one.Added?.Sigma;
            // An unsure epoch counts as an unsure place.
            double alongKm = FastKmPerS * (one.Added?.EpochSigmaS ?? 0), alongRad = alongKm / (o.RangeKm ?? 1_000);
            var (range, azimuth, elevation, rate) = (Weighed(o.RangeKm, sensor.Bias.RangeKm, sensor.Sigma.RangeKm, added?.RangeKm, alongKm), Weighed(o.AzimuthRad, sensor.Bias.AzimuthRad, sensor.Sigma.AzimuthRad, added?.AzimuthRad, alongRad),
                Weighed(o.ElevationRad, sensor.Bias.ElevationRad, sensor.Sigma.ElevationRad, added?.ElevationRad, alongRad), Weighed(o.RangeRateKmPerS, sensor.Bias.RangeRateKmPerS, sensor.Sigma.RangeRateKmPerS, added?.RangeRateKmPerS, 1e-2 * (one.Added?.EpochSigmaS ?? 0)));
            Vector3d? position = range is { } d && azimuth is { } a && elevation is { } e ? turn.GcrfToItrf.TransposedTimes(at.Locate(d.Value, a.Value, e.Value)) : null;
            looks.Add(new Look(o.Epoch, site, turn.GcrfToItrf.TransposedTimes(turn.AngularVelocityRadPerS).Cross(site), mount * turn.GcrfToItrf, position, range, azimuth, elevation, rate));
        }
        return looks;
    }

    private static (double Value, double Sigma)? Weighed(double? value, double? bias, double? sigma, double? added, double along)
        => value is { } v && sigma is { } s && s > 0 ? (v - (bias ?? 0), Math.Sqrt(s * s + (added ?? 0) * (added ?? 0) + along * along)) : null;

    private readonly record struct Look(
        Epoch Epoch, Vector3d SiteKm, Vector3d SiteVelocityKmPerS, Matrix3 ToLocal, Vector3d? PositionKm,
        (double Value, double Sigma)? Range, (double Value, double Sigma)? Azimuth, (double Value, double Sigma)? Elevation, (double Value, double Sigma)? RangeRate);
}
