using System.Numerics;
using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>The first look of a sighted place at all tracks of a window: time error along the track, and distance across it.</summary>
/// <remarks>
/// From the nearest knot by a series of third order in the pull of a point mass. What that leaves out (fourth order, J2, single precision) and the bend of the path over the time error widen the gate. Lanes differ in
/// width between machines, and what they let pass at the edge with them: the edge lies so far out that only what the exact distance refuses is there.
/// </remarks>
internal static class CandidateSweep
{
    private const float Mu = 398_600.4418f, EarthRadiusKm = 6_378.137f, J2 = 1.0826e-3f, RoundingKm = 0.01f;

    /// <param name="rows">Of the nearest knot.</param>
    /// <param name="count">Tracks.</param>
    /// <param name="place">What was seen.</param>
    /// <param name="seconds">From the knot to the observation.</param>
    /// <param name="sigmas">Half width of the gate.</param>
    /// <param name="found">Numbers of the tracks that pass are added.</param>
    public static void Run(PredictionWindow.Rows rows, int count, in SightedPlace place, float seconds, float sigmas, List<(int Track, float TimeErrorS, float CrossKm)> found)
    {
        int width = Vector<float>.Count, whole = count - count % width;
        Span<float> late = stackalloc float[width], across = stackalloc float[width], tail = stackalloc float[PredictionWindow.Rows.Figures * width];
        var all = new Figures();
        for (int i = 0; i < count; i += width)
        {
            int lanes = Math.Min(width, count - i);
            if (i < whole) all.Read(rows, i);
            else
            {
                tail.Fill(float.NaN);
                for (int f = 0; f < PredictionWindow.Rows.Figures; f++) rows[f].Slice(i, lanes).CopyTo(tail[(f * width)..]);
                all.Read(tail, width);
            }
            var passes = Test(all, place, seconds, sigmas, out var timeError, out var cross);
            if (!Vector.EqualsAny(passes, new Vector<int>(-1))) continue;
            timeError.CopyTo(late);
            cross.CopyTo(across);
            for (int lane = 0; lane < lanes; lane++) if (passes[lane] != 0) found.Add((i + lane, late[lane], across[lane]));
        }
    }

    private static Vector<int> Test(in Figures t, in SightedPlace place, float dt, float sigmas, out Vector<float> timeError, out Vector<float> cross)
    {
        Vector<float> r2 = t.X * t.X + t.Y * t.Y + t.Z * t.Z, r = Vector.SquareRoot(r2), q = new Vector<float>(Mu) / (r2 * r), s = new Vector<float>(3) * (t.X * t.Vx + t.Y * t.Vy + t.Z * t.Vz) / r2;
        // r + v·dt + a·dt²/2 + jerk·dt³/6 with a = -q·r, jerk = -q·(v - s·r).
        Vector<float> own = Vector<float>.One - q * (dt * dt / 2) + q * s * (dt * dt * dt / 6), moved = new Vector<float>(dt) - q * (dt * dt * dt / 6);
        Vector<float> ownRate = q * (s * (dt * dt / 2) - new Vector<float>(dt)), movedRate = Vector<float>.One - q * (dt * dt / 2);
        Vector<float> x = own * t.X + moved * t.Vx, y = own * t.Y + moved * t.Vy, z = own * t.Z + moved * t.Vz;
        Vector<float> vx = ownRate * t.X + movedRate * t.Vx, vy = ownRate * t.Y + movedRate * t.Vy, vz = ownRate * t.Z + movedRate * t.Vz;
        Vector<float> fourth = q * q * r * (dt * dt * dt * dt / 8), flat = q * (1.5f * J2 * EarthRadiusKm * EarthRadiusKm * dt * dt) / r;
        var slack = fourth + flat + r * 3e-7f + new Vector<float>(RoundingKm);
        Vector<float> ox = x - new Vector<float>((float)place.SiteKm.X), oy = y - new Vector<float>((float)place.SiteKm.Y), oz = z - new Vector<float>((float)place.SiteKm.Z);
        var k = new Vector<float>(sigmas);
        if (!place.HasDirection)
        {
            var all = Vector.SquareRoot(t.Radial * t.Radial + t.Transverse * t.Transverse + t.Normal * t.Normal);
            cross = Vector.Abs(Vector.SquareRoot(ox * ox + oy * oy + oz * oz) - new Vector<float>((float)place.RangeKm));
            timeError = Vector<float>.Zero;
            return Vector.LessThanOrEqual(cross, k * (all + new Vector<float>((float)place.AlongKm)) + slack);
        }
        Vector<float> ux = new((float)place.Direction.X), uy = new((float)place.Direction.Y), uz = new((float)place.Direction.Z);
        var depth = ox * ux + oy * uy + oz * uz;
        var ahead = Vector.GreaterThan(depth, Vector<float>.Zero);
        Vector<float> dx, dy, dz, wx, wy, wz, ax = -q * x, ay = -q * y, az = -q * z, noise;
        if (place.HasRange)
        {
            float range = (float)place.RangeKm;
            (dx, dy, dz) = (ux * range - ox, uy * range - oy, uz * range - oz);
            (wx, wy, wz) = (vx, vy, vz);
            noise = new Vector<float>((float)(sigmas * Math.Sqrt(place.AlongKm * place.AlongKm + Square(range * place.AcrossRad)) + range * place.SlackRad + 16 * place.RangeKm / 299_792));
        }
        else
        {
            // Nothing is known of the way along the line: only what lies across it counts.
            (dx, dy, dz) = (depth * ux - ox, depth * uy - oy, depth * uz - oz);
            Vector<float> along = vx * ux + vy * uy + vz * uz, fall = ax * ux + ay * uy + az * uz;
            (wx, wy, wz) = (vx - along * ux, vy - along * uy, vz - along * uz);
            (ax, ay, az) = (ax - fall * ux, ay - fall * uy, az - fall * uz);
            noise = depth * (float)(sigmas * place.AcrossRad + place.SlackRad);
        }
        // Most tracks are far away, whichever way: twice what the gate can reach, the bend of ten minutes included.
        var reach = new Vector<float>(2) * (k * (t.Radial + t.Transverse + t.Normal) + noise + slack);
        if (!Vector.LessThanOrEqualAny(dx * dx + dy * dy + dz * dz, reach * reach))
        {
            timeError = cross = Vector<float>.Zero;
            return Vector<int>.Zero;
        }
        var w2 = wx * wx + wy * wy + wz * wz;
        timeError = (dx * wx + dy * wy + dz * wz) / w2;
        var half = timeError * timeError * 0.5f;
        Vector<float> cx = dx - timeError * wx - half * ax, cy = dy - timeError * wy - half * ay, cz = dz - timeError * wz - half * az;
        cross = Vector.SquareRoot(cx * cx + cy * cy + cz * cz);
        Vector<float> speed = Vector.SquareRoot(vx * vx + vy * vy + vz * vz), lateness = Vector.Abs(timeError), bent = q * speed * lateness * lateness * lateness * 0.5f;
        var sideways = k * Vector.SquareRoot(t.Radial * t.Radial + t.Normal * t.Normal) + noise + slack + bent;
        // Across a line that is nearly along the motion, what lies sideways passes for lateness.
        var longest = k * t.Transverse / speed + sideways / Vector.SquareRoot(w2);
        return ahead & Vector.LessThanOrEqual(lateness, longest) & Vector.LessThanOrEqual(cross, sideways);
    }

    private static double Square(double x) => x * x;

    private struct Figures
    {
        public Vector<float> X, Y, Z, Vx, Vy, Vz, Radial, Transverse, Normal;

        public void Read(PredictionWindow.Rows rows, int at)
        {
            (X, Y, Z) = (new(rows[0][at..]), new(rows[1][at..]), new(rows[2][at..]));
            (Vx, Vy, Vz) = (new(rows[3][at..]), new(rows[4][at..]), new(rows[5][at..]));
            (Radial, Transverse, Normal) = (new(rows[6][at..]), new(rows[7][at..]), new(rows[8][at..]));
        }

        public void Read(ReadOnlySpan<float> packed, int width)
        {
            (X, Y, Z) = (new(packed), new(packed[width..]), new(packed[(2 * width)..]));
            (Vx, Vy, Vz) = (new(packed[(3 * width)..]), new(packed[(4 * width)..]), new(packed[(5 * width)..]));
            (Radial, Transverse, Normal) = (new(packed[(6 * width)..]), new(packed[(7 * width)..]), new(packed[(8 * width)..]));
        }
    }
}
