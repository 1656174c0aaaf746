using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Gathers the covariance that process noise brings, as a triangular factor L with Q = L·Lᵀ, so that it stays positive.</summary>
/// <remarks>
/// Over one step Q grows by ∫ Φ(end, s) G B(s)ᵀ q B(s) Gᵀ Φ(end, s)ᵀ ds, by Gauss's rule with four nodes. Φ(end, s) inside the step is the cubic through its values and slopes at both ends,
/// which follow from the step's own transition matrix: an error below 1e-4 of the step's share for steps of a tenth of a revolution. Going back in time noise adds as well.
/// </remarks>
internal sealed class StepNoise(ProcessNoise noise)
{
    private const int Nodes = 4, NoiseColumns = 3 * Nodes, Width = 6 + NoiseColumns;

    private static readonly double[] NodeAt = [0.069431844202973712, 0.33000947820757187, 0.66999052179242813, 0.93056815579702629];
    private static readonly double[] NodeWeight = [0.17392742256872693, 0.32607257743127307, 0.32607257743127307, 0.17392742256872693];

    private readonly double[] _l = new double[36], _wide = new double[6 * Width];

    public StepNoise Copy()
    {
        var copy = new StepNoise(noise);
        _l.CopyTo(copy._l, 0);
        return copy;
    }

    /// <param name="arc">The orbit over the step.</param>
    /// <param name="h">Length of the step or of its first part, s, signed.</param>
    /// <param name="partials">Of the step or its part: six rows, transition matrix first.</param>
    /// <param name="columns">Length of a row.</param>
    /// <param name="atStart">Derivative of acceleration by velocity, 1/s.</param>
    /// <param name="atEnd">The same at the end.</param>
    /// <param name="share">Of the arc that is meant.</param>
    public void Add(in QuinticArc arc, double h, ReadOnlySpan<double> partials, int columns, in Matrix3 atStart, in Matrix3 atEnd, double share = 1)
    {
        Array.Clear(_wide);
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++)
            for (int k = 0; k < 6; k++) _wide[i * Width + j] += partials[i * columns + k] * _l[k * 6 + j];
        // Columns of Φ(end, s) for a kick of the velocity: values and slopes by s at both ends.
        Span<double> u0 = stackalloc double[18], s0 = stackalloc double[18], u1 = stackalloc double[18], s1 = stackalloc double[18];
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 3; j++)
        {
            u0[i * 3 + j] = partials[i * columns + 3 + j];
            u1[i * 3 + j] = i == 3 + j ? 1 : 0;
            s0[i * 3 + j] = -h * (partials[i * columns + j] + partials[i * columns + 3] * atStart[0, j] + partials[i * columns + 4] * atStart[1, j] + partials[i * columns + 5] * atStart[2, j]);
            s1[i * 3 + j] = -h * (i == j ? 1 : i >= 3 ? atEnd[i - 3, j] : 0);
        }
        var q = noise.SpectralDensityKm2PerS3;
        for (int node = 0; node < Nodes; node++)
        {
            double x = NodeAt[node], weight = Math.Abs(h) * NodeWeight[node];
            var axes = new ThrustAxes(ManeuverAxes.Rtn, arc.PositionKm(x * share), arc.VelocityKmPerS(x * share));
            var (a, b, c) = (Math.Sqrt(weight * q.X) * axes.X, Math.Sqrt(weight * q.Y) * axes.Y, Math.Sqrt(weight * q.Z) * axes.Z);
            double w0 = (1 + 2 * x) * (1 - x) * (1 - x), w1 = x * x * (3 - 2 * x), d0 = x * (1 - x) * (1 - x), d1 = x * x * (x - 1);
            for (int i = 0; i < 6; i++)
            {
                double ux = Hermite(i * 3, u0, u1, s0, s1), uy = Hermite(i * 3 + 1, u0, u1, s0, s1), uz = Hermite(i * 3 + 2, u0, u1, s0, s1);
                int at = i * Width + 6 + node * 3;
                _wide[at] = ux * a.X + uy * a.Y + uz * a.Z;
                _wide[at + 1] = ux * b.X + uy * b.Y + uz * b.Z;
                _wide[at + 2] = ux * c.X + uy * c.Y + uz * c.Z;
            }

            double Hermite(int k, ReadOnlySpan<double> v0, ReadOnlySpan<double> v1, ReadOnlySpan<double> t0, ReadOnlySpan<double> t1)
                => w0 * v0[k] + w1 * v1[k] + d0 * t0[k] + d1 * t1[k];
        }
        Triangularise();
    }

    /// <summary>Takes the noise so far through a 6×6 map.</summary>
    public void Map(ReadOnlySpan<double> map)
    {
        Array.Clear(_wide);
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++)
            for (int k = 0; k < 6; k++) _wide[i * Width + j] += map[i * 6 + k] * _l[k * 6 + j];
        Triangularise();
    }

    /// <summary>In the axes of the state, GCRF.</summary>
    public Covariance6 ToCovariance()
    {
        Span<double> lower = stackalloc double[21];
        for (int i = 0, at = 0; i < 6; i++)
        for (int j = 0; j <= i; j++, at++)
            for (int k = 0; k <= j; k++) lower[at] += _l[i * 6 + k] * _l[j * 6 + k];
        return new Covariance6(lower);
    }

    /// <summary>The lower triangular L of the same L·Lᵀ as the wide factor, by Gram and Schmidt on its rows.</summary>
    private void Triangularise()
    {
        for (int i = 0; i < 6; i++)
        {
            var row = _wide.AsSpan(i * Width, Width);
            for (int j = 0; j < i; j++)
            {
                var unit = _wide.AsSpan(j * Width, Width);
                double along = 0;
                for (int k = 0; k < Width; k++) along += row[k] * unit[k];
                for (int k = 0; k < Width; k++) row[k] -= along * unit[k];
                _l[i * 6 + j] = along;
            }
            double norm = 0;
            for (int k = 0; k < Width; k++) norm += row[k] * row[k];
            norm = Math.Sqrt(norm);
            _l[i * 6 + i] = norm;
            for (int k = 0; k < Width && norm > 0; k++) row[k] /= norm;
        }
    }
}
