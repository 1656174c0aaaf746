using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The most likely instant of an impulse inside a gap between tracks.</summary>
internal sealed class ImpulseSearch
{
    private const int Instants = 7, Refinements = 2;
    private const double MetresPerKm = 1_000;

    // Three sigma of one unknown: the cost rises by nine.
    private const double LikelyWithin = 9;

    private readonly SortedDictionary<double, ImpulseTrial> _tried = [];
    private readonly Epoch _from;
    private readonly double _seconds;

    private ImpulseSearch(Epoch from, double seconds, ImpulseTrial best) => (_from, _seconds, Best) = (from, seconds, best);

    public ImpulseTrial Best { get; private set; }

    /// <param name="before">A filter that has seen what lies before the gap.</param>
    /// <param name="tracks">Of the object.</param>
    /// <param name="track">The first after the gap.</param>
    /// <param name="end">After the last that decides.</param>
    /// <param name="guess">At any instant of the gap.</param>
    public static ImpulseSearch Run(FilterSession before, TrackList tracks, int track, int end, ImpulseTrial guess)
    {
        double seconds = tracks.First(track).SecondsSince(before.Epoch), sigma = Math.Max(1e-4, guess.DeltaVKmPerS.Norm);
        var search = new ImpulseSearch(before.Epoch, seconds, guess);
        double low = 0, high = seconds;
        for (int round = 0; round < Refinements; round++)
        {
            for (int i = 0; i < Instants; i++)
            {
                double at = low + (high - low) * (i + 0.5) / Instants;
                if (ImpulseTrial.Run(before, before.Epoch.PlusSeconds(at), tracks, track, end, sigma, search.Best.DeltaVKmPerS) is { } trial) search._tried[at] = trial;
            }
            if (search._tried.Count == 0) return search;
            (double middle, search.Best) = search._tried.MinBy(t => t.Value.Cost);
            double step = (high - low) / Instants;
            (low, high) = (Math.Max(0, middle - 1.5 * step), Math.Min(seconds, middle + 1.5 * step));
        }
        return search;
    }

    /// <summary>An instant that was found otherwise.</summary>
    public static ImpulseSearch Known(FilterSession before, TrackList tracks, int track, ImpulseTrial trial)
        => new(before.Epoch, tracks.First(track).SecondsSince(before.Epoch), trial);

    /// <summary>One sigma of the instant, s: of what is likely, or of anywhere in the gap where it was found otherwise.</summary>
    public double InstantSigmaS
    {
        get
        {
            var (earliest, latest) = Bounds();
            return (latest - earliest) / (_tried.Count == 0 ? Math.Sqrt(12) : 6);
        }
    }

    /// <param name="without">Cost of the same tracks without an impulse.</param>
    public InnovationManeuver Describe(double without)
    {
        var (earliest, latest) = Bounds();
        var axes = LocalOrbitFrame.Of(Best.State, LocalOrbitAxes.Rtn).FromInertial;
        double[] covariance = new double[9];
        for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
        for (int k = 0; k < 3; k++)
        for (int l = 0; l < 3; l++) covariance[3 * i + j] += axes[i, k] * Best.Covariance[3 * k + l] * axes[j, l] * MetresPerKm * MetresPerKm;
        return new InnovationManeuver(Best.At, _from.PlusSeconds(earliest), _from.PlusSeconds(latest), MetresPerKm * (axes * Best.DeltaVKmPerS), covariance, without - Best.Cost);
    }

    /// <summary>Seconds after the begin of the gap between which the instant lies.</summary>
    private (double Earliest, double Latest) Bounds()
    {
        double[] likely = [.. _tried.Where(t => t.Value.Cost <= Best.Cost + LikelyWithin).Select(t => t.Key)];
        // Between the last instant that is too unlikely and the first that is not, nothing was tried: the bounds are the unlikely ones.
        return likely.Length == 0 ? (0, _seconds) : (_tried.Keys.LastOrDefault(t => t < likely[0], 0), _tried.Keys.FirstOrDefault(t => t > likely[^1], _seconds));
    }
}
