using System.Runtime.CompilerServices;

namespace SsaShare.Orbits;

/// <summary>1/T between a few heights by a cubic spline over the geopotential, its slopes given at both ends, with its integral, which is the weight of the air.</summary>
internal struct InverseTemperatureSpline
{
    public const int MostNodes = 5;

    private readonly int _last;
    private readonly double _baseKm, _spanKm;
    private readonly LatitudeGravity _gravity;
    private Values _x, _y, _moment;

    /// <param name="gravity">At the latitude.</param>
    /// <param name="heightsKm">Descending, at most <see cref="MostNodes"/>.</param>
    /// <param name="temperaturesK">At these heights.</param>
    /// <param name="firstGradient">K/km at the first height.</param>
    /// <param name="lastGradient">K/km at the last height.</param>
    public InverseTemperatureSpline(in LatitudeGravity gravity, ReadOnlySpan<double> heightsKm, ReadOnlySpan<double> temperaturesK, double firstGradient, double lastGradient)
    {
        _gravity = gravity;
        _last = heightsKm.Length - 1;
        (_baseKm, double endKm) = (heightsKm[0], heightsKm[_last]);
        _spanKm = gravity.GeopotentialKm(endKm, _baseKm);
        for (int i = 0; i <= _last; i++)
        {
            _x[i] = gravity.GeopotentialKm(heightsKm[i], _baseKm) / _spanKm;
            _y[i] = 1 / temperaturesK[i];
        }
        double firstSlope = -firstGradient * _y[0] * _y[0] * _spanKm;
        double lastSlope = -lastGradient * _y[_last] * _y[_last] * _spanKm * gravity.GradientRatio(endKm, _baseKm);
        Solve(firstSlope, lastSlope);
    }

    /// <summary>Temperature, and the integral of 1/T from the first height down, km of geopotential per K (negative below).</summary>
    public readonly double TemperatureK(double heightKm, out double integralKmPerK)
    {
        double x = _gravity.GeopotentialKm(heightKm, _baseKm) / _spanKm, integral = 0;
        int i = 0;
        while (i < _last - 1 && x > _x[i + 1]) integral += Piece(i++, _x[i] - _x[i - 1], out _);
        integral += Piece(i, x - _x[i], out double inverse);
        integralKmPerK = _spanKm * integral;
        return 1 / inverse;
    }

    /// <summary>Integral over the piece from its start, and the value at its end.</summary>
    private readonly double Piece(int i, double t, out double value)
    {
        double h = _x[i + 1] - _x[i], curve = _moment[i] / 2, twist = (_moment[i + 1] - _moment[i]) / (6 * h);
        double slope = (_y[i + 1] - _y[i]) / h - h * (2 * _moment[i] + _moment[i + 1]) / 6;
        value = _y[i] + t * (slope + t * (curve + t * twist));
        return t * (_y[i] + t * (slope / 2 + t * (curve / 3 + t * twist / 4)));
    }

    /// <summary>Second derivatives at the nodes: a tridiagonal system, eliminated downwards and filled in upwards.</summary>
    private void Solve(double firstSlope, double lastSlope)
    {
        Values above = default;
        double before = firstSlope;
        for (int i = 0; i <= _last; i++)
        {
            double left = i > 0 ? _x[i] - _x[i - 1] : 0, right = i < _last ? _x[i + 1] - _x[i] : 0;
            double slope = i < _last ? (_y[i + 1] - _y[i]) / right : lastSlope;
            double pivot = 2 * (left + right) - (i > 0 ? left * above[i - 1] : 0);
            above[i] = right / pivot;
            _moment[i] = (6 * (slope - before) - (i > 0 ? left * _moment[i - 1] : 0)) / pivot;
            before = slope;
        }
        for (int i = _last - 1; i >= 0; i--) _moment[i] -= above[i] * _moment[i + 1];
    }

    [InlineArray(MostNodes)]
    private struct Values
    {
        private double _first;
    }
}
