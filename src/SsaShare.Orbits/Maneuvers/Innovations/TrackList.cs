using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Observations in the order of time, cut where there are none for a while.</summary>
internal sealed class TrackList
{
    private readonly IReadOnlyList<TrackingObservation> _observations;
    private readonly double _mostPerObservation;
    private readonly int[] _order;
    private readonly Epoch[] _epochs;
    private readonly List<int> _starts = [];
    private readonly double[] _figures;

    public TrackList(IReadOnlyList<TrackingObservation> observations, Epoch from, InnovationManeuverOptions options)
    {
        (_observations, _mostPerObservation) = (observations, options.MostPerObservation);
        var latest = new Dictionary<SensorKey, Epoch>();
        _order = [.. Enumerable.Range(0, observations.Count).Where(i => observations[i].Epoch >= from).OrderBy(i => observations[i].Epoch).Where(i => isApart(observations[i]))];
        _epochs = [.. _order.Select(i => observations[i].Epoch)];
        for (int i = 0; i < _order.Length; i++)
            if (i == 0 || _epochs[i].SecondsSince(_epochs[i - 1]) > options.TrackGapS) _starts.Add(i);
        Count = _starts.Count;
        _starts.Add(_order.Length);
        _figures = new double[Count];

        bool isApart(TrackingObservation one)
        {
            if (latest.TryGetValue(one.Sensor.Key, out var before) && one.Epoch.SecondsSince(before) < options.ThinningS) return false;
            latest[one.Sensor.Key] = one.Epoch;
            return true;
        }
    }

    public int Count { get; }

    public Epoch First(int track) => _epochs[_starts[track]];

    /// <summary>Independent figures in some tracks, as far as they were fed to a filter: what their cost is in the mean when all is well.</summary>
    public double Figures(int first, int end) => _figures.AsSpan(first, end - first).ToArray().Sum();

    /// <summary>Feeds one track to a filter.</summary>
    /// <param name="session">Changed.</param>
    /// <param name="track">Which.</param>
    /// <param name="cost">Sum of the normalised innovations squared, each as far as it counts and no more than a bad echo may say.</param>
    /// <returns>False where the orbit cannot be followed.</returns>
    public bool TryProcess(FilterSession session, int track, out double cost)
    {
        cost = _figures[track] = 0;
        int end = _starts[track + 1];
        for (int first = _starts[track], next; first < end; first = next)
        {
            next = first + 1;
            while (next < end && _epochs[next] == _epochs[first]) next++;
            if (!session.TryProcess(_observations, _order.AsSpan(first, next - first), _epochs.AsSpan(next, end - next))) return false;
            foreach (var one in session.LatestResults)
            {
                cost += one.Share * Math.Min(one.Nis, _mostPerObservation);
                _figures[track] += one.Share * one.Innovations.Count;
            }
        }
        return true;
    }
}
