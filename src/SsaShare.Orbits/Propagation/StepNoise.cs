using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Gathers the covariance that process noise brings, as a triangular factor L with Q = L·Lᵀ, so that it stays positive.</summary>
/// <remarks>
/// Over one step Q grows by ∫ Φ(end, s) G B(s)ᵀ q B(s) Gᵀ Φ(end, s)ᵀ ds, by Gauss's rule with four nodes. Φ(end, s) inside the step is the cubic through its values and slopes at both ends,
/// which follow from the step's own transition matrix: an error below 1e-4 of the step's share for steps of a tenth of a revolution. A correlated acceleration makes the state nine
/// entries long, its three in local axes last. Going back in time noise adds as well.
/// </remarks>
internal sealed class StepNoise
{
    private const int Nodes = 4, MostEntries = 9, MostWidth = MostEntries + 6 * Nodes;

    private static readonly double[] NodeAt = [0.069431844202973712, 0.33000947820757187, 0.66999052179242813, 0.93056815579702629];
    private static readonly double[] NodeWeight = [0.17392742256872693, 0.32607257743127307, 0.32607257743127307, 0.17392742256872693];

    private readonly ProcessNoise _noise;
    private readonly int _n, _width;
    private readonly double[] _l, _wide;

    public StepNoise(ProcessNoise noise)
    {
        _noise = noise;
        _n = noise.Correlated is null ? 6 : 9;
        _width = _n + 3 * Nodes * (noise.Correlated is null ? 1 : 2);
        (_l, _wide) = (new double[_n * _n], new double[_n * _width]);
        if (noise.Correlated is not { } correlated) return;
        // At the start the acceleration is what it is in the long run.
        (_l[6 * 9 + 6], _l[7 * 9 + 7], _l[8 * 9 + 8]) = (correlated.SigmaKmPerS2.X, correlated.SigmaKmPerS2.Y, correlated.SigmaKmPerS2.Z);
    }

    public StepNoise Copy()
    {
        var copy = new StepNoise(_noise);
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
        var kicks = new KickMap(arc, h, share, partials, columns, atStart, atEnd);
        Span<double> map = stackalloc double[MostEntries * MostEntries], kick = stackalloc double[18];
        map = map[..(_n * _n)];
        for (int i = 0; i < 6; i++) partials.Slice(i * columns, 6).CopyTo(map.Slice(i * _n, 6));
        if (_noise.Correlated is { } correlated) AddCorrelation(kicks, correlated, h, map);
        Begin(map);
        var density = _noise.SpectralDensityKm2PerS3;
        for (int node = 0; node < Nodes; node++)
        {
            double scale = Math.Sqrt(Math.Abs(h) * NodeWeight[node]);
            kicks.At(NodeAt[node], kick);
            for (int i = 0; i < 6; i++)
            {
                int at = i * _width + _n + node * 3;
                _wide[at] = scale * Math.Sqrt(density.X) * kick[i * 3];
                _wide[at + 1] = scale * Math.Sqrt(density.Y) * kick[i * 3 + 1];
                _wide[at + 2] = scale * Math.Sqrt(density.Z) * kick[i * 3 + 2];
            }
            if (_noise.Correlated is { } walk) AddWalk(kicks, walk, h, node);
        }
        CovarianceFactor.Triangularise(_wide, _n, _l);
    }

    /// <summary>Takes the noise so far through a 6×6 map of position and velocity.</summary>
    public void Map(ReadOnlySpan<double> map)
    {
        Span<double> whole = stackalloc double[MostEntries * MostEntries];
        whole = whole[..(_n * _n)];
        for (int i = 0; i < 6; i++) map.Slice(i * 6, 6).CopyTo(whole[(i * _n)..]);
        for (int i = 6; i < _n; i++) whole[i * _n + i] = 1;
        Begin(whole);
        CovarianceFactor.Triangularise(_wide, _n, _l);
    }

    /// <summary>Triangular factor over position and velocity, GCRF: 36 entries by rows.</summary>
    public double[] ToFactor()
    {
        double[] factor = new double[36];
        for (int i = 0; i < 6; i++) _l.AsSpan(i * _n, 6).CopyTo(factor.AsSpan(6 * i));
        return factor;
    }

    /// <summary>What the acceleration at the start of the step does by its end, and what is left of it.</summary>
    private void AddCorrelation(in KickMap kicks, GaussMarkovAcceleration correlated, double h, Span<double> map)
    {
        Span<double> kick = stackalloc double[18];
        for (int node = 0; node < Nodes; node++)
        {
            kicks.At(NodeAt[node], kick);
            double weight = h * NodeWeight[node] * Math.Exp(-Math.Abs(h) * NodeAt[node] / correlated.TimeConstantS);
            for (int i = 0; i < 6; i++)
            for (int j = 0; j < 3; j++) map[i * _n + 6 + j] += weight * kick[i * 3 + j];
        }
        for (int i = 6; i < 9; i++) map[i * _n + i] = Math.Exp(-Math.Abs(h) / correlated.TimeConstantS);
    }

    /// <summary>What drives the acceleration at one node, and what comes of it from there to the end of the step.</summary>
    private void AddWalk(in KickMap kicks, GaussMarkovAcceleration correlated, double h, int node)
    {
        Span<double> kick = stackalloc double[18], sum = stackalloc double[18];
        sum.Clear();
        double rest = 1 - NodeAt[node], tau = correlated.TimeConstantS, scale = Math.Sqrt(Math.Abs(h) * NodeWeight[node] * 2 / tau);
        for (int k = 0; k < Nodes; k++)
        {
            kicks.At(NodeAt[node] + rest * NodeAt[k], kick);
            double weight = h * rest * NodeWeight[k] * Math.Exp(-Math.Abs(h) * rest * NodeAt[k] / tau);
            for (int i = 0; i < 18; i++) sum[i] += weight * kick[i];
        }
        double left = Math.Exp(-Math.Abs(h) * rest / tau);
        for (int j = 0; j < 3; j++)
        {
            double strength = scale * (j == 0 ? correlated.SigmaKmPerS2.X : j == 1 ? correlated.SigmaKmPerS2.Y : correlated.SigmaKmPerS2.Z);
            int at = _n + 3 * Nodes + node * 3 + j;
            for (int i = 0; i < 6; i++) _wide[i * _width + at] = strength * sum[i * 3 + j];
            _wide[(6 + j) * _width + at] = strength * left;
        }
    }

    /// <summary>The wide factor: first what was, through the map; the rest empty.</summary>
    private void Begin(ReadOnlySpan<double> map)
    {
        Array.Clear(_wide);
        for (int i = 0; i < _n; i++)
        for (int k = 0; k < _n; k++)
        {
            double factor = map[i * _n + k];
            for (int j = 0; j <= k; j++) _wide[i * _width + j] += factor * _l[k * _n + j];
        }
    }
}
