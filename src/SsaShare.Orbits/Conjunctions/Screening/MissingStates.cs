using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Objects that have no state at some instants: told with the reason, and where a longer stride passed over windows in which they have one, those windows named.</summary>
internal static class MissingStates
{
    private const int Knots = 256, ObjectsAtOnce = 4_096;

    /// <param name="objects">Those in question.</param>
    /// <param name="strides">Filled with the strides in which one of the objects has a window with states at both ends, but none at an end of the stride or at a knot within.</param>
    /// <returns>For each object that lacks states one issue.</returns>
    public static List<ScreeningIssue> Find(ScreenedSet set, int[] objects, int stride, SortedSet<int> strides, CancellationToken cancellationToken)
    {
        var issues = new List<ScreeningIssue>();
        foreach (int[] some in objects.Chunk(ObjectsAtOnce))
        {
            var track = new ObjectTrack(set, some, Knots);
            var tallies = Array.ConvertAll(some, _ => new Tally());
            for (int first = 0; first <= set.Windows.Count; first += Knots)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(Knots, set.Windows.Count + 1 - first);
                track.Fill(first, count);
                for (int i = 0; i < some.Length; i++)
                    for (int knot = 0; knot < count; knot++)
                        tallies[i].Add(first + knot, track.TryPosition(i, knot, out _), stride, set.Windows.Count, strides);
            }
            for (int i = 0; i < some.Length; i++)
                if (tallies[i].Missing > 0) issues.Add(Describe(set, some[i], tallies[i]));
        }
        return issues;
    }

    private static ScreeningIssue Describe(ScreenedSet set, int index, Tally tally)
    {
        int all = set.Windows.Count + 1;
        string share = tally.Missing == all ? "Not screened" : $"Not screened around {tally.Missing} of {all} knots";
        var (kind, detail) = set.WhyNot(index, set.Windows.Knot(tally.First));
        return new ScreeningIssue(
            set.Objects[index].Id, kind, new Epoch(set.Windows.Knot(Math.Max(0, tally.First - 1))), new Epoch(set.Windows.Knot(Math.Min(all - 1, tally.Last + 1))),
            $"{share}: {detail}");
    }

    private sealed class Tally
    {
        private bool _previous, _hasWindow, _hasGap;

        public int Missing { get; private set; }
        public int First { get; private set; } = -1;
        public int Last { get; private set; }

        public void Add(int knot, bool isKnown, int stride, int windows, SortedSet<int> strides)
        {
            if (!isKnown)
            {
                Missing++;
                if (First < 0) First = knot;
                Last = knot;
            }
            if (stride > 1 && knot > 0)
            {
                _hasWindow |= isKnown && _previous;
                if (knot % stride == 0 || knot == windows)
                {
                    if (_hasWindow && (_hasGap || !isKnown)) strides.Add((knot - 1) / stride);
                    _hasWindow = false;
                }
            }
            if (knot % stride == 0) _hasGap = !isKnown;
            else _hasGap |= !isKnown;
            _previous = isKnown;
        }
    }
}
