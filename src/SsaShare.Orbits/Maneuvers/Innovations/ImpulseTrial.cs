using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The hypothesis of an impulse at one instant: a filter in which its three components are states.</summary>
internal sealed class ImpulseTrial
{
    private const int MostRounds = 3;
    private const double Wide = 10, LeastSigma = 1e-5, Distinct = 1e-4;

    private ImpulseTrial(Epoch at, Vector3d deltaV, double[] covariance, double[] costs, CartesianState state)
        => (At, DeltaVKmPerS, Covariance, Costs, State) = (at, deltaV, covariance, costs, state);

    public Epoch At { get; }

    /// <summary>GCRF.</summary>
    public Vector3d DeltaVKmPerS { get; }

    /// <summary>3×3 by rows, km²/s², GCRF.</summary>
    public double[] Covariance { get; }

    /// <summary>Of each track.</summary>
    public double[] Costs { get; }

    public double Cost => Costs.Sum();

    /// <summary>At the instant, before the impulse.</summary>
    public CartesianState State { get; }

    /// <summary>One that was found in another way.</summary>
    public static ImpulseTrial Of(Epoch at, Vector3d deltaVKmPerS, double[] covariance, double[] costs, CartesianState state) => new(at, deltaVKmPerS, covariance, costs, state);

    /// <param name="before">A filter that has seen what lies before; not changed.</param>
    /// <param name="at">Between its epoch and the first track.</param>
    /// <param name="tracks">After the instant.</param>
    /// <param name="first">Track to begin with.</param>
    /// <param name="end">After the last.</param>
    /// <param name="sigmaKmPerS">Of the impulse beforehand.</param>
    /// <param name="guessKmPerS">To begin from, GCRF.</param>
    /// <returns>Null where the orbit cannot be followed.</returns>
    public static ImpulseTrial? Run(FilterSession before, Epoch at, TrackList tracks, int first, int end, double sigmaKmPerS, Vector3d guessKmPerS)
    {
        var origin = before.Fork();
        if (!origin.TryAdvance(at)) return null;
        var state = origin.State.Cartesian;
        // Far from the guess the orbit bends: again from what was found, trusted so little that what was found weighs less than a hundredth.
        for (int round = 1; ; round++)
        {
            var session = origin.Fork();
            int index = session.State.AddImpulse(guessKmPerS, sigmaKmPerS);
            double[] costs = new double[end - first];
            for (int t = first; t < end; t++)
                if (!tracks.TryProcess(session, t, out costs[t - first])) return null;
            var x = session.State.X;
            var found = new Vector3d(x[index], x[index + 1], x[index + 2]);
            double[] covariance = new double[9];
            for (int i = 0; i < 9; i++) covariance[i] = session.State.Covariance(index + i / 3, index + i % 3);
            double sigma = Math.Sqrt(covariance[0] + covariance[4] + covariance[8]), moved = found.DistanceTo(guessKmPerS);
            if (round == MostRounds || moved < Math.Max(0.5 * sigma, Distinct)) return new ImpulseTrial(at, found, covariance, costs, state);
            (guessKmPerS, sigmaKmPerS) = (found, Math.Min(sigmaKmPerS, Math.Max(LeastSigma, Wide * sigma)));
        }
    }
}
