using System.Numerics;
using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Draws pairs of orbits from the errors of both objects, a vector of trials at a time.</summary>
internal sealed class PairSampler
{
    /// <summary>Six for each object and one for what both share; even, since normal numbers come in pairs.</summary>
    public const int NormalsPerTrial = 14;

    private readonly EquinoctialOrbit _first, _second;
    private readonly double[] _root1 = new double[36], _root2 = new double[36], _shared1 = new double[6], _shared2 = new double[6];

    public PairSampler(ConjunctionPair pair, CurvilinearEncounter curved)
    {
        (_first, _second) = (curved.First, curved.Second);
        Root(pair.FirstCovariance, pair.Shared?.First, _first, _root1, _shared1);
        Root(pair.SecondCovariance, pair.Shared?.Second, _second, _root2, _shared2);
    }

    /// <param name="normals">Scratch, <see cref="NormalsPerTrial"/> vectors long.</param>
    public void Draw(Random random, Span<double> normals, out LaneOrbit first, out LaneOrbit second)
    {
        for (int i = 0; i < normals.Length; i += 2)
        {
            double size = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            var (sin, cos) = Math.SinCos(Math.Tau * random.NextDouble());
            (normals[i], normals[i + 1]) = (size * cos, size * sin);
        }
        var common = new Vector<double>(normals.Slice(12 * Vector<double>.Count));
        first = Orbit(_first, _root1, _shared1, normals, common);
        second = Orbit(_second, _root2, _shared2, normals[(6 * Vector<double>.Count)..], common);
    }

    private static LaneOrbit Orbit(EquinoctialOrbit mean, double[] root, double[] shared, ReadOnlySpan<double> normals, Vector<double> common)
    {
        Span<Vector<double>> e = stackalloc Vector<double>[6];
        for (int i = 0; i < 6; i++)
        {
            var sum = new Vector<double>(mean.Elements[i]) + shared[i] * common;
            for (int k = 0; k < 6; k++) sum += root[i * 6 + k] * new Vector<double>(normals[(k * Vector<double>.Count)..]);
            e[i] = sum;
        }
        return new LaneOrbit(e, mean.ToInertial);
    }

    /// <summary>The part of the error that both objects share is drawn once; each keeps the rest of its covariance for itself.</summary>
    private static void Root(Covariance6 covariance, DensityError? error, EquinoctialOrbit orbit, double[] root, double[] shared)
    {
        Span<double> own = stackalloc double[36], ownRoot = stackalloc double[36], direction = stackalloc double[6];
        SmallMatrices.Full(covariance, own);
        if (error is { } e)
        {
            for (int i = 0; i < 6; i++) direction[i] = e.Sigma * e[i];
            for (int i = 0; i < 6; i++)
            for (int k = 0; k < 6; k++) own[i * 6 + k] -= direction[i] * direction[k];
            SmallMatrices.Times(orbit.FromState, direction, shared);
        }
        OverlapPull.SquareRoot(SmallMatrices.Lower(own), ownRoot);
        SmallMatrices.Product(orbit.FromState, ownRoot, root);
    }
}
