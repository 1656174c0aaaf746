using SsaShare.Domain;

namespace SsaShare.Orbits;

internal sealed partial class OrbitMarch
{
    /// <summary>The state where the march stands.</summary>
    public PropagatedState Current(Epoch epoch)
    {
        // Going back, partials of the step that just ended are not multiplied up yet.
        if (PreviousTime != Time) return Inside(epoch, Time);
        return ToState(epoch, _integrator.Values, _columns > 0 ? [.. _partials] : null, _noise?.ToFactor());
    }

    /// <summary>The state at a time inside the latest step, or at its end before anything due there is flown.</summary>
    public PropagatedState Inside(Epoch epoch, double time)
    {
        Span<double> y = _equations.Size <= 128 ? stackalloc double[_equations.Size] : new double[_equations.Size];
        FillInside(time, y);
        if (_columns == 0) return ToState(epoch, y, null, null);
        double[] partials = new double[6 * _columns];
        Multiply(y[6..], _partials, partials);
        return ToState(epoch, y, partials, _noise is null ? null : NoiseInside(time, y));
    }

    /// <summary>As <see cref="Current"/>, without an object.</summary>
    /// <param name="state">Six entries.</param>
    /// <param name="partials">As many as the march carries.</param>
    public void WriteCurrent(Span<double> state, Span<double> partials)
    {
        if (PreviousTime != Time)
        {
            WriteInside(Time, state, partials);
            return;
        }
        _integrator.Values[..6].CopyTo(state);
        _partials.CopyTo(partials);
    }

    /// <summary>As <see cref="Inside"/>, without an object.</summary>
    /// <param name="time">Seconds from the start.</param>
    /// <param name="state">Six entries.</param>
    /// <param name="partials">As many as the march carries.</param>
    public void WriteInside(double time, Span<double> state, Span<double> partials)
    {
        Span<double> y = _equations.Size <= 128 ? stackalloc double[_equations.Size] : new double[_equations.Size];
        FillInside(time, y);
        y[..6].CopyTo(state);
        if (_columns > 0) Multiply(y[6..], _partials, partials);
    }

    private void FillInside(double time, Span<double> y)
    {
        if (time == Time) _integrator.Values.CopyTo(y);
        else _integrator.Interpolate(time, y);
    }

    private double[] NoiseInside(double time, ReadOnlySpan<double> y)
    {
        double share = (time - PreviousTime) / (Time - PreviousTime);
        var part = _noise!.Copy();
        part.Add(Arc(Time), time - PreviousTime, y[6..], _columns, _atStart.VelocityGradient, Mix(_atStart.VelocityGradient, _atEnd.VelocityGradient, share), share);
        return part.ToFactor();
    }

    private static PropagatedState ToState(Epoch epoch, ReadOnlySpan<double> y, double[]? partials, double[]? noise)
        => new(epoch, OrbitEquations.PositionOf(y), OrbitEquations.VelocityOf(y), partials) { NoiseFactor = noise };

    private static Matrix3 Mix(in Matrix3 a, in Matrix3 b, double share)
    {
        double mix(double x, double y) => x + share * (y - x);
        return new Matrix3(mix(a.M00, b.M00), mix(a.M01, b.M01), mix(a.M02, b.M02), mix(a.M10, b.M10), mix(a.M11, b.M11), mix(a.M12, b.M12),
            mix(a.M20, b.M20), mix(a.M21, b.M21), mix(a.M22, b.M22));
    }
}
