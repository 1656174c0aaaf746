using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Between an orbit as it is at an instant and its mean over a revolution, without a theory of its periodic terms: the orbit is flown and averaged.</summary>
internal static class OrbitAveraging
{
    private const int SamplesPerRevolution = 48, Passes = 4;
    private const double ToleranceKm = 1e-4;

    /// <summary>Mean of the osculating elements over two revolutions around the state, weighted so that the ends do not count; only the shape of the Earth acts.</summary>
    /// <returns>False where the path is not closed. The Earth is no obstacle to it.</returns>
    public static bool TryMean(Vector3d position, Vector3d velocity, out MeanOrbit mean)
    {
        mean = default;
        if (!MeanOrbit.TryOsculating(position, velocity, out var start)) return false;
        double period = Math.Tau / start.MotionRadPerS, weights = 1;
        mean = start;
        foreach (int direction in (ReadOnlySpan<int>)[1, -1])
        {
            var flight = new Dop853(new ZonalMotion(), Tolerances(start.MotionRadPerS));
            flight.Start(0, [position.X, position.Y, position.Z, velocity.X, velocity.Y, velocity.Z], direction * 10);
            double[] y = new double[6];
            for (int i = 1; i < SamplesPerRevolution; i++)
            {
                double share = (double)i / SamplesPerRevolution, time = direction * share * period;
                while (Math.Abs(flight.Time) < Math.Abs(time))
                    if (!flight.TryStep(direction * period)) return false;
                flight.Interpolate(time, y);
                if (!MeanOrbit.TryOsculating(new Vector3d(y[0], y[1], y[2]), new Vector3d(y[3], y[4], y[5]), out var here)) return false;
                double weight = 0.5 * (1 + Math.Cos(Math.PI * share));
                here = here with { NodeRad = start.NodeRad + Math.IEEERemainder(here.NodeRad - start.NodeRad, Math.Tau) };
                mean += weight * here;
                weights += weight;
            }
        }
        mean = 1 / weights * mean;
        return true;
    }

    /// <summary>A state whose mean orbit is the given one, at the ascending node.</summary>
    public static bool TryState(MeanOrbit mean, out Vector3d position, out Vector3d velocity)
    {
        var guess = mean with { NodeRad = Math.IEEERemainder(mean.NodeRad, Math.Tau) };
        for (int pass = 0; ; pass++)
        {
            (position, velocity) = guess.At(0);
            if (pass == Passes) return true;
            if (!TryMean(position, velocity, out var found)) return false;
            var missing = mean + -1 * found;
            guess += missing with { NodeRad = Math.IEEERemainder(missing.NodeRad, Math.Tau) };
        }
    }

    internal static double[] Tolerances(double motionRadPerS)
        => [ToleranceKm, ToleranceKm, ToleranceKm, ToleranceKm * motionRadPerS, ToleranceKm * motionRadPerS, ToleranceKm * motionRadPerS];

    private sealed class ZonalMotion : IDifferentialEquations
    {
        public void Derivative(double t, ReadOnlySpan<double> y, Span<double> derivative)
        {
            var acceleration = ZonalField.AccelerationKmPerS2(new Vector3d(y[0], y[1], y[2]));
            (derivative[0], derivative[1], derivative[2]) = (y[3], y[4], y[5]);
            (derivative[3], derivative[4], derivative[5]) = (acceleration.X, acceleration.Y, acceleration.Z);
        }
    }
}
