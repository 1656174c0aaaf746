using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>Recognises the objects of one catalog of element sets in another by their orbits at one instant, with the uncertainty that is assumed for each set at its age.</summary>
/// <remarks>Formations, trains and clusters just deployed, whose members lie closer together than element sets tell, are ambiguous, whatever their names say.</remarks>
public static class SameOrbit
{
    /// <summary>0.1 % of what is the same lies beyond (chi-square, six degrees).</summary>
    private const double GateSquare = 22.46;

    /// <summary>An orbit further beyond the nearest than this is no rival of it: odds of 1 to 3,000.</summary>
    private const double ClearBy = 16;

    private const double CellKm = 100;

    private static readonly double Sigmas = Math.Sqrt(GateSquare + ClearBy);

    /// <summary>Of larger uncertainty are few: they are compared with all, since the cells that they may lie in are too many.</summary>
    private const double WideKm = 25;

    /// <param name="first">A catalog.</param>
    /// <param name="second">Another, of another day or source.</param>
    /// <param name="at">Where they are compared: best near the epochs of both.</param>
    /// <param name="uncertainty">By regime and age; of public element sets where null.</param>
    /// <returns>For each of the first, in their order.</returns>
    public static IReadOnlyList<CatalogMatch> Match(IReadOnlyList<ElementSet> first, IReadOnlyList<ElementSet> second, Epoch at, AssumedUncertainty? uncertainty = null)
    {
        uncertainty ??= AssumedUncertainty.ElementSets;
        Known?[] ours = Follow(first, at, uncertainty), theirs = Follow(second, at, uncertainty);
        var cells = new Dictionary<(int, int, int), List<int>>();
        int[] all = [.. Enumerable.Range(0, theirs.Length).Where(i => theirs[i] is not null)], wide = [.. all.Where(i => theirs[i]!.ReachKm > WideKm)];
        foreach (int i in all)
        {
            var one = theirs[i]!;
            if (one.ReachKm > WideKm) continue;
            var cell = Cell(one.State.PositionKm);
            if (!cells.TryGetValue(cell, out var list)) cells.Add(cell, list = []);
            list.Add(i);
        }
        var forward = new List<(int Index, double Square)>[ours.Length];
        var backward = new Dictionary<int, List<(int Index, double Square)>>();
        for (int i = 0; i < ours.Length; i++)
        {
            forward[i] = ours[i] is { } one ? Near(one, theirs, cells, one.ReachKm > WideKm ? all : wide) : [];
            foreach (var (j, square) in forward[i])
            {
                if (!backward.TryGetValue(j, out var list)) backward.Add(j, list = []);
                list.Add((i, square));
            }
        }
        return [.. Enumerable.Range(0, ours.Length).Select(i => Answer(i, ours[i] is not null, forward[i], backward, first, second))];
    }

    private static CatalogMatch Answer(int i, bool hasOrbit, List<(int Index, double Square)> near, Dictionary<int, List<(int Index, double Square)>> backward, IReadOnlyList<ElementSet> first, IReadOnlyList<ElementSet> second)
    {
        if (!hasOrbit || near.Count == 0 || near[0].Square > GateSquare) return new CatalogMatch(i, hasOrbit ? MatchAnswer.None : MatchAnswer.NoOrbit, null, double.PositiveInfinity, [], null);
        var (nearest, square) = near[0];
        int[] others = [.. near.Skip(1).Where(n => IsRival(n.Square, square)).Select(n => n.Index)];
        bool isContested = backward[nearest].Exists(back => back.Index != i && IsRival(back.Square, square));
        bool? names = first[i].ObjectTag is { } ours && second[nearest].ObjectTag is { } theirs ? ours == theirs : null;
        return new CatalogMatch(i, others.Length > 0 || isContested ? MatchAnswer.Ambiguous : MatchAnswer.Same, nearest, square, others, names);
    }

    private static bool IsRival(double square, double ofBest) => square <= GateSquare || square - ofBest < ClearBy;

    /// <param name="each">Those that are compared whatever their cell.</param>
    private static List<(int Index, double Square)> Near(Known one, Known?[] theirs, Dictionary<(int, int, int), List<int>> cells, int[] each)
    {
        var found = new List<(int Index, double Square)>();
        foreach (int candidate in each) Compare(candidate);
        if (one.ReachKm <= WideKm)
        {
            var (x, y, z) = Cell(one.State.PositionKm);
            int reach = (int)Math.Ceiling(Sigmas * (one.ReachKm + WideKm) / CellKm);
            for (int i = -reach; i <= reach; i++)
            for (int j = -reach; j <= reach; j++)
            for (int k = -reach; k <= reach; k++)
                if (cells.TryGetValue((x + i, y + j, z + k), out var list))
                    foreach (int candidate in list) Compare(candidate);
        }
        found.Sort((a, b) => (a.Square, a.Index).CompareTo((b.Square, b.Index)));
        return found;

        void Compare(int candidate)
        {
            var other = theirs[candidate]!;
            if (one.State.PositionKm.DistanceTo(other.State.PositionKm) > Sigmas * (one.ReachKm + other.ReachKm)) return;
            if (SquareDistance(one, other) is var square && square <= GateSquare + ClearBy) found.Add((candidate, square));
        }
    }

    private static double SquareDistance(Known a, Known b)
    {
        Span<double> sum = stackalloc double[36], inverse = stackalloc double[36];
        for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++) sum[i * 6 + j] = a.Covariance[i, j] + b.Covariance[i, j];
        if (!Matrix6.TryInvert(sum, inverse)) return double.PositiveInfinity;
        Vector3d dr = a.State.PositionKm - b.State.PositionKm, dv = a.State.VelocityKmPerS - b.State.VelocityKmPerS;
        return Matrix6.Quadratic(inverse, [dr.X, dr.Y, dr.Z, dv.X, dv.Y, dv.Z]);
    }

    private static Known?[] Follow(IReadOnlyList<ElementSet> sets, Epoch at, AssumedUncertainty uncertainty)
        => [.. sets.Select(set => new Sgp4Propagator(set).TryPropagate(at, out var state, out _) && uncertainty.At(state, set.Epoch) is { } known ? new Known(state, known.Covariance, known.Covariance.PositionSigmaKm) : null)];

    private static (int, int, int) Cell(Vector3d km) => ((int)Math.Floor(km.X / CellKm), (int)Math.Floor(km.Y / CellKm), (int)Math.Floor(km.Z / CellKm));

    private sealed record Known(CartesianState State, Covariance6 Covariance, double ReachKm);
}
