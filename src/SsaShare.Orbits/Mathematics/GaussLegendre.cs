using System.Collections.Concurrent;

namespace SsaShare.Orbits;

/// <summary>Nodes and weights of Gauss and Legendre on -1 to 1.</summary>
/// <remarks>Zeros of the Legendre polynomial by Newton's method (Abramowitz and Stegun, 25.4.29 and 8.5.3). Each rule is made once and shared; nobody writes to it.</remarks>
internal static class GaussLegendre
{
    private static readonly ConcurrentDictionary<int, (double[] Nodes, double[] Weights)> Rules = new();

    public static (double[] Nodes, double[] Weights) Rule(int points) => Rules.GetOrAdd(points, Make);

    private static (double[] Nodes, double[] Weights) Make(int points)
    {
        double[] nodes = new double[points], weights = new double[points];
        for (int i = 0; i < points; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (points + 0.5)), slope = 1;
            for (int step = 0; step < 20; step++)
            {
                double before = 1, value = x;
                for (int k = 2; k <= points; k++) (before, value) = (value, ((2 * k - 1) * x * value - (k - 1) * before) / k);
                slope = points * (x * value - before) / (x * x - 1);
                double change = value / slope;
                x -= change;
                if (Math.Abs(change) < 1e-15) break;
            }
            (nodes[i], weights[i]) = (x, 2 / ((1 - x * x) * slope * slope));
        }
        return (nodes, weights);
    }
}
