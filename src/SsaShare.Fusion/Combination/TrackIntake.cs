using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>Tracks that passed every look, in an order of content alone, each content once.</summary>
internal sealed class TrackIntake
{
    private readonly Epoch _epoch;
    private readonly List<QuarantinedTrack> _quarantined;
    private readonly double _disagreement;
    private readonly bool _allDeclareDensity;

    private TrackIntake(Epoch epoch, List<ReadyTrack> tracks, List<QuarantinedTrack> quarantined, double disagreement)
    {
        (_epoch, Tracks, _quarantined, _disagreement) = (epoch, tracks, quarantined, disagreement);
        _allDeclareDensity = tracks.Count > 0 && tracks.TrueForAll(track => track.Density is not null);
    }

    public IReadOnlyList<ReadyTrack> Tracks { get; }

    public static TrackIntake Of(IReadOnlyCollection<ReadyTrack> tracks, Epoch epoch)
    {
        var quarantined = new List<QuarantinedTrack>();
        var good = new List<ReadyTrack>();
        var seen = new HashSet<(CartesianState, Covariance6)>();
        foreach (var track in tracks.OrderBy(track => track.Record.ToString(), StringComparer.Ordinal).ThenBy(track => track.Source.Value, StringComparer.Ordinal))
        {
            if (TrackExamination.Examine(track, epoch) is { } fault) quarantined.Add(fault);
            else if (seen.Add((track.State, track.Covariance))) good.Add(track);
        }
        double disagreement = TrackAgreement.TakeOutContradictions(good, quarantined);
        return new TrackIntake(epoch, good, quarantined, disagreement);
    }

    public CombinationOutcome Combine(Func<TrackIntake, TrackPart?> merge)
    {
        if (Tracks.Count == 0) return new CombinationOutcome.Refused("No track is left.", _quarantined);
        if (merge(this) is not { } part) return new CombinationOutcome.Refused("The covariances are too unlike to be added in double precision.", _quarantined);
        double[] covariance = new double[Matrix6.Entries];
        for (int i = 0; i < Matrix6.Size; i++)
        for (int j = 0; j < Matrix6.Size; j++)
        {
            int k = i * Matrix6.Size + j;
            covariance[k] = part.Correlated[k] + part.Independent[k] + part.Density[i] * part.Density[j];
        }
        double[] x = part.State;
        var state = new CartesianState(_epoch, Frame.Gcrf, new Vector3d(x[0], x[1], x[2]), new Vector3d(x[3], x[4], x[5]));
        TrackShare[] shares = [.. part.Gains.Select(one => new TrackShare(one.Track, (one.Gain[0] + one.Gain[7] + one.Gain[14] + one.Gain[21] + one.Gain[28] + one.Gain[35]) / Matrix6.Size))
            .OrderBy(share => share.Track.Record.ToString(), StringComparer.Ordinal)];
        return new CombinationOutcome.Combined(new CombinedTrack(state, Matrix6.ToCovariance(covariance), Density(part), shares, _disagreement), _quarantined);
    }

    public IReadOnlyList<TrackPart> Parts(bool believeIndependent) => Parts(Tracks, believeIndependent);

    public IReadOnlyList<TrackPart> Parts(IReadOnlyList<ReadyTrack> tracks, bool believeIndependent)
        => [.. tracks.Select(track => TrackPart.Of(track, believeIndependent && IsBelieved(track), _allDeclareDensity))];

    /// <summary>Among all tracks, not only those of its group: a copy elsewhere is a copy, and what may be made of this track contains its error.</summary>
    private bool IsBelieved(ReadyTrack track) => track.Independent is not null && Tracks.All(other => ReferenceEquals(other, track) || IsApart(track, other));

    private static bool IsApart(ReadyTrack track, ReadyTrack other)
    {
        if (other.Source == track.Source) return false;
        if (other.Basis is { } theirs && track.Basis is { } ours) return !ours.Overlaps(theirs);
        return other.Independent is not null && !TrackAgreement.AgreeTooWell(track, other);
    }

    /// <summary>Where only some declare it, what they declare goes through the gains all the same, so that it is never lost; it is contained in the covariance already.</summary>
    private static DensityError? Density(TrackPart part)
    {
        if (part.Gains.All(one => one.Track.Density is null)) return null;
        Span<double> own = stackalloc double[Matrix6.Size], moved = stackalloc double[Matrix6.Size], sum = stackalloc double[Matrix6.Size];
        sum.Clear();
        foreach (var (track, gain) in part.Gains)
        {
            TrackPart.Fill(track.Density, own);
            Matrix6.Times(gain, own, moved);
            for (int i = 0; i < Matrix6.Size; i++) sum[i] += moved[i];
        }
        double sigma = part.Gains.Max(one => one.Track.Density?.Sigma ?? 0);
        return sigma > 0 ? new DensityError(sigma, new Vector3d(sum[0], sum[1], sum[2]) / sigma, new Vector3d(sum[3], sum[4], sum[5]) / sigma) : new DensityError(0, default, default);
    }
}
