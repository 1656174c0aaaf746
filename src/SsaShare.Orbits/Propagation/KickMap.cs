using System.Runtime.CompilerServices;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a kick of the velocity along the local axes (RTN) at an instant inside a step does to the state at its end: six rows of three.</summary>
internal readonly ref struct KickMap
{
    private readonly QuinticArc _arc;
    private readonly double _share;
    // Columns of Φ(end, s) for the velocity, values and slopes by s at both ends of the step.
    private readonly Block _u0, _u1, _s0, _s1;

    /// <inheritdoc cref="StepNoise.Add"/>
    public KickMap(in QuinticArc arc, double h, double share, ReadOnlySpan<double> partials, int columns, in Matrix3 atStart, in Matrix3 atEnd)
    {
        (_arc, _share) = (arc, share);
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 3; j++)
        {
            _u0[i * 3 + j] = partials[i * columns + 3 + j];
            _u1[i * 3 + j] = i == 3 + j ? 1 : 0;
            _s0[i * 3 + j] = -h * (partials[i * columns + j] + partials[i * columns + 3] * atStart[0, j] + partials[i * columns + 4] * atStart[1, j] + partials[i * columns + 5] * atStart[2, j]);
            _s1[i * 3 + j] = -h * (i == j ? 1 : i >= 3 ? atEnd[i - 3, j] : 0);
        }
    }

    /// <param name="x">Where in the step, 0 to 1.</param>
    /// <param name="kick">18 entries.</param>
    public void At(double x, Span<double> kick)
    {
        var axes = new ThrustAxes(ManeuverAxes.Rtn, _arc.PositionKm(x * _share), _arc.VelocityKmPerS(x * _share));
        double w0 = (1 + 2 * x) * (1 - x) * (1 - x), w1 = x * x * (3 - 2 * x), d0 = x * (1 - x) * (1 - x), d1 = x * x * (x - 1);
        for (int i = 0; i < 6; i++)
        {
            int k = 3 * i;
            var u = new Vector3d(
                w0 * _u0[k] + w1 * _u1[k] + d0 * _s0[k] + d1 * _s1[k],
                w0 * _u0[k + 1] + w1 * _u1[k + 1] + d0 * _s0[k + 1] + d1 * _s1[k + 1],
                w0 * _u0[k + 2] + w1 * _u1[k + 2] + d0 * _s0[k + 2] + d1 * _s1[k + 2]);
            (kick[k], kick[k + 1], kick[k + 2]) = (u.Dot(axes.X), u.Dot(axes.Y), u.Dot(axes.Z));
        }
    }

    [InlineArray(18)]
    private struct Block
    {
        private double _first;
    }
}
