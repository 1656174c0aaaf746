using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>Finds the tracks of a window that a tracklet may belong to. For one thread.</summary>
/// <param name="window">Where the tracks will be.</param>
/// <param name="rotation">Of the Earth; with the built-in table of orientation where null.</param>
public sealed class CandidateSearch(PredictionWindow window, EarthRotation? rotation = null)
{
    /// <summary>Half width of the first look in sigmas: of the right tracks it loses 1e-8.</summary>
    public const double FirstLookSigmas = 6;

    private readonly EarthRotation _rotation = rotation ?? EarthRotation.Default;
    private readonly TrackletGate _gate = new(window.Dynamics.Model, window.Dynamics.Options.BiasSigmaInNoise);
    private readonly List<(int Track, float TimeErrorS, float CrossKm)> _seen = [];
    private double[] _states = [];

    /// <summary>Tracks that passed the first look of the latest search.</summary>
    public int SeenLast => _seen.Count;

    /// <summary>The tracks of which a tracklet is no further off than chance allows, the nearest first.</summary>
    /// <param name="tracklet">Within the window.</param>
    /// <param name="missProbability">Share of right tracks that the gate may lose, above 0 to 0.5.</param>
    /// <returns>Empty where no observation has a range or a direction.</returns>
    /// <exception cref="ArgumentException">The window does not cover the tracklet, or the probability is outside its range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The table of Earth orientation does not cover an instant.</exception>
    public IReadOnlyList<TrackCandidate> Find(ObservedTracklet tracklet, double missProbability)
    {
        if (!window.Covers(tracklet)) throw new ArgumentException($"The window covers {window.First} to {window.Last}, the tracklet {tracklet.Start} to {tracklet.End}.", nameof(tracklet));
        if (!(missProbability is > 0 and <= 0.5)) throw new ArgumentException($"The probability is {missProbability}.", nameof(missProbability));
        _seen.Clear();
        if (Middle(tracklet) is not { } place) return [];
        int knot = window.NearestKnot(place.Epoch);
        CandidateSweep.Run(window.RowsAt(knot), window.Count, place, (float)place.Epoch.SecondsSince(window.Knot(knot)), (float)FirstLookSigmas, _seen);
        var candidates = new List<TrackCandidate>(_seen.Count);
        foreach (var (track, late, across) in _seen)
            if (TryDistance(track, knot, tracklet, out var distance) && distance.Chance >= missProbability) candidates.Add(new TrackCandidate(track, late, across, distance));
        candidates.Sort((a, b) => a.Distance.Cost != b.Distance.Cost ? a.Distance.Cost.CompareTo(b.Distance.Cost) : a.Track.CompareTo(b.Track));
        return candidates;
    }

    /// <summary>The observation nearest to the middle that says where the object was.</summary>
    private SightedPlace? Middle(ObservedTracklet tracklet)
    {
        var observations = tracklet.Observations;
        for (int away = 0, middle = observations.Count / 2; away <= observations.Count; away++)
        {
            if (middle + away < observations.Count && of(middle + away) is { } later) return later;
            if (away > 0 && middle - away >= 0 && of(middle - away) is { } earlier) return earlier;
        }
        return null;

        SightedPlace? of(int i) => SightedPlace.Of(window.Dynamics.Model, _rotation, observations[i], window.Dynamics.Options.BiasSigmaInNoise);
    }

    private bool TryDistance(int track, int knot, ObservedTracklet tracklet, out TrackletDistance distance)
    {
        distance = default;
        var observations = tracklet.Observations;
        if (_states.Length < 6 * observations.Count) _states = new double[6 * observations.Count];
        var states = _states.AsSpan(0, 6 * observations.Count);
        for (int i = 0; i < observations.Count; i++)
            if (!window.TryInterpolate(track, observations[i].Epoch, states.Slice(6 * i, 6))) return false;
        Span<double> factor = stackalloc double[PredictionWindow.FactorEntries];
        var packed = window.Factor(track, knot);
        for (int i = 0; i < factor.Length; i++) factor[i] = packed[i];
        var y = window.State(track, knot);
        var known = new CartesianState(window.Knot(knot), Frame.Gcrf, new Vector3d(y[0], y[1], y[2]), new Vector3d(y[3], y[4], y[5]));
        return _gate.TryCompare(observations, states, known, factor, KnotInterpolation.ErrorKm(known.PositionKm, known.VelocityKmPerS, window.KnotSeconds), out distance);
    }
}
