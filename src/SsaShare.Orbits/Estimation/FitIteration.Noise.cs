namespace SsaShare.Orbits;

/// <summary>How much each measurement is trusted.</summary>
internal sealed partial class FitIteration
{
    /// <param name="Sigma">Of each measurement, everything included.</param>
    /// <param name="Share">Of each measurement, 0 to 1: what it counts beside its neighbours.</param>
    internal sealed record Noise(double[] Sigma, double[] Share);

    /// <summary>
    /// The sensor's noise, the added one and, where the epoch is uncertain, what that makes of the measurement at these states. The sensor's own error is one with that of
    /// n neighbours, an added one is not: together they count 1 / (n sensor² + added²).
    /// </summary>
    /// <param name="design">Its states count where epochs are uncertain.</param>
    private Noise NoiseAt(FitDesign design)
    {
        double[] weights = problem.Weights;
        double[] sigma = new double[problem.Measurements.Length], share = new double[sigma.Length];
        Span<double> spread = stackalloc double[MeasurementFigureAccess.KindCount];
        int observation = -1, at = -1;
        for (int i = 0; i < sigma.Length; i++)
        {
            var m = problem.Measurements[i];
            var sensor = problem.Sensors[problem.SensorOf[m.Observation]];
            if (m.Observation != observation)
            {
                (observation, at) = (m.Observation, at + 1);
                spread.Clear();
                if (problem.Observations[observation].Added is { EpochSigmaS: > 0 and var seconds })
                    EpochSpread.Fill(model, problem.Observations[observation].Sensor, problem.Epochs[at], design.Position(at), design.Velocity(at), seconds, spread);
            }
            double own = sensor.Sigma[(int)m.Kind], added = m.AddedVariance + spread[(int)m.Kind];
            sigma[i] = added > 0 ? Math.Sqrt(own * own + added) : own;
            share[i] = added > 0 ? (own * own + added) / (own * own / weights[i] + added) : weights[i];
        }
        return new Noise(sigma, share);
    }
}
