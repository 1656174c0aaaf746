using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion.Tests.Combination;

/// <summary>Tracks about a known truth with errors drawn from the covariances that they state.</summary>
internal sealed class SimulatedTracks(int seed)
{
    public static readonly Epoch Epoch = Seeds.At("2024-11-01T00:00:00");
    public static readonly CartesianState Truth = new(Epoch, Frame.Gcrf, new Vector3d(6_878, 0, 0), new Vector3d(0, 5.4, 5.4));

    private readonly Random _random = new(seed);
    private int _records;

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(Math.Tau * _random.NextDouble());

    public double[] Normals() => [.. Enumerable.Range(0, 6).Select(_ => Normal())];

    /// <summary>A square root of a covariance: sigmas between 0.02 and 1 km and a thousandth of it per second, along axes of chance.</summary>
    public double[] Root()
    {
        double[] root = new double[36];
        for (int i = 0; i < 6; i++)
        {
            double sigma = 0.02 * Math.Pow(50, _random.NextDouble());
            for (int j = 0; j < 6; j++) root[j * 6 + i] = (i == j ? 1 : 0.4 * Normal()) * sigma * (j < 3 ? 1 : 1e-3);
        }
        return root;
    }

    public ReadyTrack Track(string source, double[] error, Covariance6 covariance)
    {
        Vector3d r = new(error[0], error[1], error[2]), v = new(error[3], error[4], error[5]);
        return new ReadyTrack(PartnerId.Parse(source), Seeds.IdOf($"{seed}/{_records++}"), new CartesianState(Epoch, Frame.Gcrf, Truth.PositionKm + r, Truth.VelocityKmPerS + v), covariance);
    }

    /// <summary>A track with an error of its own.</summary>
    public ReadyTrack Honest(string source, double[] root) => Track(source, Times(root, Normals()), Square(root));

    /// <summary>What a partner passes on of a combination, as its own.</summary>
    public ReadyTrack PassedOn(string source, CombinationOutcome outcome)
    {
        var track = Combined(outcome);
        return Track(source, Error(track.State), track.Covariance);
    }

    public static CombinedTrack Combined(CombinationOutcome outcome)
        => outcome is CombinationOutcome.Combined { Track: var track } ? track : throw new InvalidOperationException(outcome.ToString());

    public static double[] Error(CartesianState state)
    {
        Vector3d r = state.PositionKm - Truth.PositionKm, v = state.VelocityKmPerS - Truth.VelocityKmPerS;
        return [r.X, r.Y, r.Z, v.X, v.Y, v.Z];
    }

    /// <summary>Normalised squared error of the estimate: 6 on average where the covariance tells the truth.</summary>
    public static double Nees(CartesianState state, Covariance6 covariance)
    {
        double[] full = new double[36], inverse = new double[36], e = Error(state);
        for (int i = 0; i < 36; i++) full[i] = covariance[i / 6, i % 6];
        Assert.True(SymmetricSolver.TryInvert(full, 6, inverse));
        double sum = 0;
        for (int i = 0; i < 36; i++) sum += e[i / 6] * inverse[i] * e[i % 6];
        return sum;
    }

    public static double[] Times(double[] root, double[] x)
    {
        double[] result = new double[6];
        for (int i = 0; i < 36; i++) result[i / 6] += root[i] * x[i % 6];
        return result;
    }

    public static double[] Plus(params double[][] parts) => [.. Enumerable.Range(0, 6).Select(i => parts.Sum(part => part[i]))];

    /// <summary>Sum of the squares of roots.</summary>
    public static Covariance6 Square(params double[][] roots)
    {
        double[] lower = new double[21];
        foreach (double[] root in roots)
        for (int i = 0, entry = 0; i < 6; i++)
        for (int j = 0; j <= i; j++, entry++)
        for (int k = 0; k < 6; k++) lower[entry] += root[i * 6 + k] * root[j * 6 + k];
        return new Covariance6(lower);
    }
}
