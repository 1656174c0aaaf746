using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Equations of motion, and the variational equations after them: y = r, v, then the 6×8 partials by rows.</summary>
internal sealed class OrbitEquations(ForceModel forces, Epoch start, SurfaceCoefficients surface, bool withPartials) : IDifferentialEquations
{
    private const int Columns = PropagatedState.ParameterCount;

    public double[] Initial(CartesianState state)
    {
        double[] y = new double[withPartials ? 6 + 6 * Columns : 6];
        (y[0], y[1], y[2]) = (state.PositionKm.X, state.PositionKm.Y, state.PositionKm.Z);
        (y[3], y[4], y[5]) = (state.VelocityKmPerS.X, state.VelocityKmPerS.Y, state.VelocityKmPerS.Z);
        if (withPartials)
            for (int i = 0; i < 6; i++) y[6 + i * Columns + i] = 1;
        return y;
    }

    public static PropagatedState ToState(Epoch epoch, double[] y)
        => new(epoch, new Vector3d(y[0], y[1], y[2]), new Vector3d(y[3], y[4], y[5]), y.Length > 6 ? y[6..] : null);

    public void Derivative(double t, ReadOnlySpan<double> y, Span<double> derivative)
    {
        var acceleration = forces.At(start.PlusSeconds(t), new Vector3d(y[0], y[1], y[2]), new Vector3d(y[3], y[4], y[5]), surface, withPartials);
        (derivative[0], derivative[1], derivative[2]) = (y[3], y[4], y[5]);
        (derivative[3], derivative[4], derivative[5]) = (acceleration.KmPerS2.X, acceleration.KmPerS2.Y, acceleration.KmPerS2.Z);
        if (!withPartials) return;
        var position = y.Slice(6, 3 * Columns);
        y.Slice(6 + 3 * Columns, 3 * Columns).CopyTo(derivative[6..]);
        var g = acceleration.Gradient;
        var rates = derivative[(6 + 3 * Columns)..];
        for (int j = 0; j < Columns; j++)
        {
            double px = position[j], py = position[Columns + j], pz = position[2 * Columns + j];
            rates[j] = g.M00 * px + g.M01 * py + g.M02 * pz;
            rates[Columns + j] = g.M10 * px + g.M11 * py + g.M12 * pz;
            rates[2 * Columns + j] = g.M20 * px + g.M21 * py + g.M22 * pz;
        }
        var (drag, light) = (acceleration.PerBallistic, acceleration.PerRadiation);
        rates[6] += drag.X;
        rates[Columns + 6] += drag.Y;
        rates[2 * Columns + 6] += drag.Z;
        rates[7] += light.X;
        rates[Columns + 7] += light.Y;
        rates[2 * Columns + 7] += light.Z;
    }
}
