using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>How closely the force model follows a published ephemeris: the orbit that fits its positions best, and what is left.</summary>
internal static class EphemerisFit
{
    /// <returns>Root mean square distance, km, after six state components and the radiation coefficient are fitted.</returns>
    public static double RmsKm(IReadOnlyList<CartesianState> ephemeris, CartesianState start, Propagator propagator)
    {
        const int n = 7;
        double[] x = [start.PositionKm.X, start.PositionKm.Y, start.PositionKm.Z, start.VelocityKmPerS.X, start.VelocityKmPerS.Y, start.VelocityKmPerS.Z, 0.02];
        Epoch[] epochs = [.. ephemeris.Select(s => s.Epoch)];
        double rms = double.NaN;
        for (int iteration = 0; iteration < 6; iteration++)
        {
            var state = new CartesianState(start.Epoch, Frame.Gcrf, new(x[0], x[1], x[2]), new(x[3], x[4], x[5]));
            Assert.True(propagator.TrySample(state, new SurfaceCoefficients(0, x[6]), epochs, true, out var samples));
            double[] normal = new double[n * n], right = new double[n], step = new double[n];
            double sum = 0;
            for (int i = 0; i < samples.Length; i++)
            {
                var off = ephemeris[i].PositionKm - samples[i].PositionKm;
                sum += off.NormSquared;
                double[] residual = [off.X, off.Y, off.Z];
                for (int row = 0; row < 3; row++)
                for (int j = 0; j < n; j++)
                {
                    double pj = samples[i].Partials![row * 8 + (j == 6 ? 7 : j)];
                    right[j] += pj * residual[row];
                    for (int k = 0; k < n; k++) normal[j * n + k] += pj * samples[i].Partials![row * 8 + (k == 6 ? 7 : k)];
                }
            }
            rms = Math.Sqrt(sum / samples.Length);
            normal[6 * n + 6] += 1e-6;
            Assert.True(SymmetricSolver.TrySolve(normal, right, step));
            for (int j = 0; j < n; j++) x[j] += step[j];
        }
        return rms;
    }
}
