using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The orbit inside one step by position, velocity and acceleration at its ends: good to metres, which finds edges of shadows and turns axes.</summary>
internal readonly struct QuinticArc
{
    private readonly Vector3d _p0, _v0, _half, _c3, _c4, _c5;
    private readonly double _h;

    /// <param name="h">Length of the step, s, signed.</param>
    /// <param name="y0">State at its start.</param>
    /// <param name="d0">Derivative at its start.</param>
    /// <param name="y1">State at its end.</param>
    /// <param name="d1">Derivative at its end.</param>
    public QuinticArc(double h, ReadOnlySpan<double> y0, ReadOnlySpan<double> d0, ReadOnlySpan<double> y1, ReadOnlySpan<double> d1)
    {
        _h = h;
        (_p0, _v0, _half) = (At(y0, 0), h * At(y0, 3), 0.5 * h * h * At(d0, 3));
        // What is left of position, velocity and acceleration at the end, in units of the step.
        var p = At(y1, 0) - _p0 - _v0 - _half;
        var v = h * At(y1, 3) - _v0 - 2 * _half;
        var a = h * h * At(d1, 3) - 2 * _half;
        _c3 = 10 * p - 4 * v + 0.5 * a;
        _c4 = -15 * p + 7 * v - a;
        _c5 = 6 * p - 3 * v + 0.5 * a;
    }

    /// <param name="x">0 at the start, 1 at the end.</param>
    public Vector3d PositionKm(double x) => _p0 + x * (_v0 + x * (_half + x * (_c3 + x * (_c4 + x * _c5))));

    /// <param name="x">0 at the start, 1 at the end.</param>
    public Vector3d VelocityKmPerS(double x) => (_v0 + x * (2 * _half + x * (3 * _c3 + x * (4 * _c4 + 5 * x * _c5)))) / _h;

    private static Vector3d At(ReadOnlySpan<double> y, int i) => new(y[i], y[i + 1], y[i + 2]);
}
