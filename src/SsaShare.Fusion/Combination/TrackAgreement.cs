using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>Finds tracks that cannot be of one object with the others, however their errors are correlated.</summary>
internal static class TrackAgreement
{
    /// <summary>Sigmas of the most that a difference can have: beyond, one of the two is wrong.</summary>
    public const double MostSigmas = 10;

    /// <summary>Below this share of the expected square two tracks agree better than independent ones do once in a million (chi-square, six degrees).</summary>
    private const double TooCloseSquare = 0.036;

    /// <summary>
    /// Takes the tracks out that contradict most sources, the worst first, until none contradicts another. Each source has one voice, however many tracks it sends. Where as many speak for one side as for the other, both go.
    /// </summary>
    /// <param name="tracks">Examined; those that contradict are taken out.</param>
    public static double TakeOutContradictions(List<ReadyTrack> tracks, List<QuarantinedTrack> quarantined)
    {
        double[,] sigmas = Sigmas(tracks);
        var kept = Enumerable.Range(0, tracks.Count).ToList();
        while (true)
        {
            var against = kept.Select(i => (Index: i, Sources: Against(i).Select(j => tracks[j].Source).Distinct().Count())).ToList();
            int worst = against.Count == 0 ? 0 : against.Max(a => a.Sources);
            if (worst == 0) break;
            var out_ = against.Where(a => a.Sources == worst).Select(a => a.Index).ToList();
            foreach (int i in out_)
            {
                double most = Against(i).Max(j => sigmas[i, j]);
                quarantined.Add(new QuarantinedTrack(tracks[i], TrackFault.Contradicts,
                    string.Create(CultureInfo.InvariantCulture, $"Contradicts {worst} other {(worst == 1 ? "source" : "sources")}, at most by {most:F0} sigma; {MostSigmas:F0} are allowed.")));
            }
            kept.RemoveAll(out_.Contains);
        }
        double largest = 0;
        foreach (int i in kept)
        foreach (int j in kept) largest = Math.Max(largest, sigmas[i, j]);
        ReadyTrack[] left = [.. kept.Select(i => tracks[i])];
        tracks.Clear();
        tracks.AddRange(left);
        return largest;

        IEnumerable<int> Against(int i) => kept.Where(j => j != i && sigmas[i, j] > MostSigmas);
    }

    /// <summary>Whether two tracks whose errors are said to be independent lie closer than independent errors would let them: a copy that was moved, rounded or slightly changed on its way.</summary>
    public static bool AgreeTooWell(ReadyTrack a, ReadyTrack b) => a.Independent is { } own && b.Independent is { } other && Square(a, own, b, other, 1) is < TooCloseSquare;

    private static double[,] Sigmas(List<ReadyTrack> tracks)
    {
        double[,] sigmas = new double[tracks.Count, tracks.Count];
        for (int i = 0; i < tracks.Count; i++)
        for (int j = 0; j < i; j++)
            // Errors correlated in the worst way make at most twice the sum of the covariances; a sum that cannot be inverted cannot happen with examined tracks.
            sigmas[i, j] = sigmas[j, i] = Math.Sqrt(Square(tracks[i], tracks[i].Covariance, tracks[j], tracks[j].Covariance, 2) ?? double.PositiveInfinity);
        return sigmas;
    }

    private static double? Square(ReadyTrack a, Covariance6 ofA, ReadyTrack b, Covariance6 ofB, double factor)
    {
        Span<double> sum = stackalloc double[Matrix6.Entries], inverse = stackalloc double[Matrix6.Entries];
        for (int i = 0; i < Matrix6.Size; i++)
        for (int j = 0; j < Matrix6.Size; j++) sum[i * Matrix6.Size + j] = factor * (ofA[i, j] + ofB[i, j]);
        if (!Matrix6.TryInvert(sum, inverse)) return null;
        Vector3d dr = a.State.PositionKm - b.State.PositionKm, dv = a.State.VelocityKmPerS - b.State.VelocityKmPerS;
        return Matrix6.Quadratic(inverse, [dr.X, dr.Y, dr.Z, dv.X, dv.Y, dv.Z]);
    }
}
