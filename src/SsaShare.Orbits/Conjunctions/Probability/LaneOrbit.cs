using System.Numerics;

namespace SsaShare.Orbits;

/// <summary>Kepler orbits in equinoctial elements, one in each lane.</summary>
internal struct LaneOrbit
{
    private readonly Vector<double> _n, _af, _ag, _lambda, _a, _one, _two, _mixed, _fx, _fy, _fz, _gx, _gy, _gz;
    private readonly Vector<long> _escaping;
    private Vector<double> _longitude;

    public LaneOrbit(ReadOnlySpan<Vector<double>> e, Matrix3 toInertial)
    {
        var unit = Vector<double>.One;
        var s2 = unit - e[1] * e[1] - e[2] * e[2];
        _escaping = ~(Vector.GreaterThan(e[0], Vector<double>.Zero) & Vector.GreaterThan(s2, new Vector<double>(1e-8)));
        // Lanes of no ellipse go round on a circle of a day, far from everything that counts: they are reported, not hit.
        _n = Vector.ConditionalSelect(_escaping, new Vector<double>(Math.Tau / 86_164), e[0]);
        _af = Vector.ConditionalSelect(_escaping, Vector<double>.Zero, e[1]);
        _ag = Vector.ConditionalSelect(_escaping, Vector<double>.Zero, e[2]);
        _lambda = _longitude = e[5];
        var s = Vector.SquareRoot(Vector.ConditionalSelect(_escaping, unit, s2));
        var beta = unit / (unit + s);
        (_one, _two, _mixed) = (unit - _ag * _ag * beta, unit - _af * _af * beta, _af * _ag * beta);
        var cubed = new Vector<double>(TwoBody.EarthMuKm3PerS2) / (_n * _n);
        _a = Vector.Exp(Vector.Log(cubed) / 3);
        // One step of Newton's method: a third of a logarithm leaves its last digits.
        _a -= (_a * _a * _a - cubed) / (3 * _a * _a);
        PerigeeKm = _a * (unit - Vector.SquareRoot(_af * _af + _ag * _ag));
        var (chi, psi) = (e[3], e[4]);
        var d = unit / (unit + chi * chi + psi * psi);
        var (fx, fy, fz) = (d * (unit - chi * chi + psi * psi), d * 2 * chi * psi, -2 * d * chi);
        var (gx, gy, gz) = (fy, d * (unit + chi * chi - psi * psi), 2 * d * psi);
        var m = toInertial;
        (_fx, _fy, _fz) = (m.M00 * fx + m.M01 * fy + m.M02 * fz, m.M10 * fx + m.M11 * fy + m.M12 * fz, m.M20 * fx + m.M21 * fy + m.M22 * fz);
        (_gx, _gy, _gz) = (m.M00 * gx + m.M01 * gy + m.M02 * gz, m.M10 * gx + m.M11 * gy + m.M12 * gz, m.M20 * gx + m.M21 * gy + m.M22 * gz);
    }

    /// <summary>Least distance from the Earth's centre.</summary>
    public Vector<double> PerigeeKm { get; }

    public readonly bool IsEscaping(int lane) => _escaping[lane] != 0;

    /// <summary>All ones in lanes of no ellipse.</summary>
    public readonly Vector<long> Escaping => _escaping;

    /// <summary>Position and velocity, each lane at its own time from the epoch; the eccentric longitude of the last call is where the search begins.</summary>
    public void At(Vector<double> seconds, out LaneVector position, out LaneVector velocity)
    {
        var mean = _lambda + _n * seconds;
        Vector<double> sin = default, cos = default, rho = default;
        for (int i = 0; i < 40; i++)
        {
            (sin, cos) = Vector.SinCos(_longitude);
            rho = Vector<double>.One - _af * cos - _ag * sin;
            // Far from the root of an elongated orbit a whole step may overshoot.
            var change = Vector.Max(Vector.Min((_longitude + _ag * cos - _af * sin - mean) / rho, new Vector<double>(2)), new Vector<double>(-2));
            _longitude -= change;
            if (!Vector.GreaterThanAny(Vector.Abs(change), new Vector<double>(1e-7)))
            {
                // The last step is below a part in 1e7, and its square is nothing: to first order instead of once more.
                (sin, cos) = (sin - change * cos, cos + change * sin);
                break;
            }
        }
        rho = Vector<double>.One - _af * cos - _ag * sin;
        var speed = _n * _a / rho;
        var (x, y) = (_a * (_one * cos + _mixed * sin - _af), _a * (_two * sin + _mixed * cos - _ag));
        var (u, w) = (speed * (_mixed * cos - _one * sin), speed * (_two * cos - _mixed * sin));
        position = new LaneVector(x * _fx + y * _gx, x * _fy + y * _gy, x * _fz + y * _gz);
        velocity = new LaneVector(u * _fx + w * _gx, u * _fy + w * _gy, u * _fz + w * _gz);
    }
}

/// <summary>A vector in each lane.</summary>
internal readonly record struct LaneVector(Vector<double> X, Vector<double> Y, Vector<double> Z)
{
    public Vector<double> NormSquared => X * X + Y * Y + Z * Z;
    public static LaneVector operator -(LaneVector a, LaneVector b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);
}
