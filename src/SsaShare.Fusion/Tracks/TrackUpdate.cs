using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>What became of a tracklet in a track.</summary>
/// <param name="Observations">One for each, in order, against what was expected before the tracklet and, from the second on, of those before it.</param>
public sealed record TrackletFit(IReadOnlyList<FilteredObservation> Observations)
{
    /// <summary>Sum of the normalised innovations squared of those used: chi-square with <see cref="Figures"/> degrees of freedom.</summary>
    public double ChiSquare => Observations.Where(o => o.Edit == FilterEdit.Used).Sum(o => o.Nis);

    /// <summary>Figures used.</summary>
    public int Figures => Observations.Where(o => o.Edit == FilterEdit.Used).Sum(o => o.Innovations.Count);

    /// <summary>Observations used.</summary>
    public int Used => Observations.Count(o => o.Edit == FilterEdit.Used);

    /// <summary>Observations that are further off than chance allows.</summary>
    public int Refused => Observations.Count(o => o.Edit == FilterEdit.BeyondGate);
}

/// <summary>How a change of a track ended.</summary>
public abstract record TrackUpdate
{
    private TrackUpdate() { }

    /// <summary>Done.</summary>
    /// <param name="Track">The track as it is now.</param>
    /// <param name="Fit">Of the tracklet that was added; null where one was taken out.</param>
    public sealed record Updated(ObjectTrack Track, TrackletFit? Fit) : TrackUpdate;

    /// <summary>The tracklet is older than every step that can be taken back: fit anew from all tracklets.</summary>
    /// <param name="Earliest">From which on tracklets can be added and taken out.</param>
    public sealed record TooOld(Epoch Earliest) : TrackUpdate;

    /// <summary>The orbit cannot be followed to an observation: it falls, or leaves the Earth.</summary>
    public sealed record NotFollowed : TrackUpdate;
}
