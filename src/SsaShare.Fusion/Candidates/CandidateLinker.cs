using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>
/// Links tracklets of no known object by orbit, whoever sent them, and promotes three that one orbit explains. Deterministic: the same candidates in the same order give the same promotions. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// A sweep by plane and energy finds what may belong, a Mahalanobis gate in mean elements what is worth a fit, a fit decides. Two tracklets that fit one orbit wait together for a third, beside each of them alone: a
/// pair promises nothing to others. Where two explanations are near each other in chi-square nothing is promoted.
/// </remarks>
/// <param name="fitter">With forces good enough for the time that candidates wait.</param>
public sealed class CandidateLinker(OrbitFitter fitter, LinkOptions? options = null)
{
    private const double SecondsPerHour = 3_600, SecondsPerDay = 86_400, RebaseDays = 1, LeastApartSeconds = 600;
    private readonly LinkOptions _options = options ?? new LinkOptions();
    private readonly OrbitSweep _sweep = new();
    private readonly List<WaitingOrbit> _waiting = [];
    private readonly HashSet<Guid> _known = [];
    private readonly List<int> _found = [];
    private Epoch _reference, _newest;

    /// <summary>Orbits that wait: candidates, and pairs of them.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Fits made so far.</summary>
    public long Fits { get; private set; }

    /// <summary>Adds a tracklet that no known object explains.</summary>
    /// <returns>What it completes: none or one object, whose tracklets no longer wait.</returns>
    public IReadOnlyList<Promotion> Add(OrbitCandidate candidate)
    {
        if (!_known.Add(candidate.Id)) return [];
        MoveOn(candidate.State.Epoch);
        var alone = WaitingOrbit.Of(candidate);
        var near = FindNear(alone);
        if (Best(Triples(candidate, near)) is { } promotion)
        {
            Forget([.. promotion.Tracklets.Select(t => t.Id)]);
            return [promotion];
        }
        var (pairs, gated) = Pairs(candidate, near);
        if (_options.PromoteLonePairs && gated == 1 && pairs is [{ Fit: { } fit, Turns: 1 } only] && !_waiting.Exists(w => w.Members.Count == 2 && w.Members.Any(m => only.Orbit.Members.Contains(m))))
        {
            Forget([.. only.Orbit.Members.Select(m => m.Id)]);
            return [Promotion.Of(only.Orbit.Members, fit)];
        }
        Put(alone);
        foreach (var pair in pairs) Put(pair.Orbit);
        return [];
    }

    /// <summary>Takes a candidate out, with the pairs that it is in: withdrawn, or explained by an object meanwhile.</summary>
    /// <returns>Whether it waited.</returns>
    public bool Remove(Guid candidate)
    {
        bool waited = _waiting.Exists(w => w.Members[0].Id == candidate || w.Members[^1].Id == candidate);
        Forget([candidate]);
        return waited;
    }

    private List<Near> FindNear(WaitingOrbit one)
    {
        double days = Math.Abs(one.State.Epoch.SecondsSince(_reference)) / SecondsPerDay;
        _sweep.Find(NormalAtReference(one), one.Elements[0], one.PlaneSigma(days), one.EnergySigma, Math.Sqrt(_options.GateSquare), _found);
        var near = new List<Near>();
        double[] pull = new double[6];
        foreach (int i in _found)
        {
            var other = _waiting[i];
            if (other.Members.Any(m => Math.Abs(m.State.Epoch.SecondsSince(one.State.Epoch)) < LeastApartSeconds)) continue;
            double square = OrbitGate.SquareDistance(other.Elements, other.ElementCovariance, one.Elements, one.ElementCovariance, one.State.Epoch.SecondsSince(other.State.Epoch), _options.GateSquare, pull, out int turns);
            if (square <= _options.GateSquare) near.Add(new Near(other, square, turns, other.Corrected(pull)));
        }
        near.Sort((a, b) => (a.Square, a.Orbit.Members[0].Id, a.Orbit.Members[^1].Id).CompareTo((b.Square, b.Orbit.Members[0].Id, b.Orbit.Members[^1].Id)));
        return near;
    }

    private List<(IReadOnlyList<OrbitCandidate> Members, OrbitFit Fit)> Triples(OrbitCandidate candidate, List<Near> near)
    {
        var good = new List<(IReadOnlyList<OrbitCandidate>, OrbitFit)>();
        foreach (var pair in near.Where(n => n.Orbit.Members.Count == 2).Take(_options.MostTrials))
        {
            var members = InTime([.. pair.Orbit.Members, candidate]);
            if (TryFit(members, pair.Start) is { } fit) good.Add((members, fit));
        }
        return good;
    }

    /// <summary>The best, if it is clear of every other; else all together, if one orbit explains them; else nothing.</summary>
    private Promotion? Best(List<(IReadOnlyList<OrbitCandidate> Members, OrbitFit Fit)> triples)
    {
        if (triples.Count == 0) return null;
        var best = triples.MinBy(triple => Total(triple.Fit));
        var rivals = triples.Where(other => !ReferenceEquals(other.Fit, best.Fit) && Total(other.Fit) - Total(best.Fit) < _options.ClearBy).ToList();
        if (rivals.Count == 0) return Promotion.Of(best.Members, best.Fit);
        var all = InTime(rivals.SelectMany(rival => rival.Members).Concat(best.Members).Distinct());
        return TryFit(all, best.Fit.State) is { } fit ? Promotion.Of(all, fit) : null;
    }

    private (List<(WaitingOrbit Orbit, OrbitFit Fit, int Turns)> Pairs, int Gated) Pairs(OrbitCandidate candidate, List<Near> near)
    {
        var singles = near.Where(n => n.Orbit.Members.Count == 1).ToList();
        var pairs = new List<(WaitingOrbit, OrbitFit, int)>();
        foreach (var single in singles.Take(_options.MostTrials))
        {
            var members = InTime([.. single.Orbit.Members, candidate]);
            if (TryFit(members, single.Start) is { } fit && WaitingOrbit.Of(members, fit) is { } pair) pairs.Add((pair, fit, single.Turns));
        }
        return (pairs, singles.Count);
    }

    private OrbitFit? TryFit(IReadOnlyList<OrbitCandidate> members, CartesianState start)
    {
        if (!KeplerianElements.TryFromState(start, out var elements) || elements.PerigeeHeightKm < 0) return null;
        Fits++;
        var observations = members.SelectMany(m => m.Observations).ToList();
        if (fitter.Fit(observations, start, _options.Fit) is not OrbitFitOutcome.Fitted { Fit: var fit }) return null;
        return fit.ReducedChiSquare <= _options.MostReducedChiSquare && fit.ObservationsRejected <= _options.MostRejected * observations.Count ? fit : null;
    }

    private void Put(WaitingOrbit orbit)
    {
        double days = Math.Abs(orbit.State.Epoch.SecondsSince(_reference)) / SecondsPerDay;
        _waiting.Add(orbit);
        _sweep.Add(NormalAtReference(orbit), orbit.Elements[0], orbit.PlaneSigma(days), orbit.EnergySigma);
    }

    private Vector3d NormalAtReference(WaitingOrbit orbit)
    {
        Span<double> moved = stackalloc double[6];
        MeanOrbitElements.Move(orbit.Elements, _reference.SecondsSince(orbit.State.Epoch), moved);
        return MeanOrbitElements.Normal(moved);
    }

    /// <summary>With the newest data goes the instant at which planes are compared, and the old are forgotten.</summary>
    private void MoveOn(Epoch epoch)
    {
        if (_waiting.Count == 0) (_reference, _newest) = (epoch, epoch);
        if (epoch > _newest) _newest = epoch;
        if (_waiting.Count >= _options.MostWaiting)
        {
            // A tenth at once, so that the sorting is paid for.
            var oldest = _waiting.OrderBy(w => w.Newest).ThenBy(w => w.Members[0].Id).Take(Math.Max(1, _options.MostWaiting / 10)).SelectMany(w => w.Members).Select(m => m.Id).ToHashSet();
            Forget(oldest);
        }
        if (_newest.SecondsSince(_reference) < RebaseDays * SecondsPerDay) return;
        _reference = _newest;
        Forget([.. _waiting.Where(w => _newest.SecondsSince(w.Members[0].State.Epoch) > _options.WaitHours * SecondsPerHour).Select(w => w.Members[0].Id)]);
        for (int i = 0; i < _waiting.Count; i++)
            _sweep.Put(i, NormalAtReference(_waiting[i]), _waiting[i].Elements[0], _waiting[i].PlaneSigma(Math.Abs(_waiting[i].State.Epoch.SecondsSince(_reference)) / SecondsPerDay), _waiting[i].EnergySigma);
    }

    private void Forget(HashSet<Guid> candidates)
    {
        if (candidates.Count == 0) return;
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            if (!_waiting[i].Members.Any(m => candidates.Contains(m.Id))) continue;
            _waiting[i] = _waiting[^1];
            _waiting.RemoveAt(_waiting.Count - 1);
            _sweep.RemoveAt(i);
        }
        _known.ExceptWith(candidates);
    }

    private static double Total(OrbitFit fit) => fit.ReducedChiSquare * Math.Max(1, fit.DegreesOfFreedom);

    private static IReadOnlyList<OrbitCandidate> InTime(IEnumerable<OrbitCandidate> members) => [.. members.OrderBy(m => m.State.Epoch).ThenBy(m => m.Id)];

    private readonly record struct Near(WaitingOrbit Orbit, double Square, int Turns, CartesianState Start);
}
