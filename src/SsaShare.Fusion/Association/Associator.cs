using System.Security.Cryptography;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>
/// Finds the object of each tracklet by its orbit alone: first among known objects, then by linking tracklets into new ones.
/// Deterministic: the same tracklets and objects give the same answer.
/// </summary>
internal sealed class Associator(FusionOptions options, ArcFitter fitter)
{
    private const double SecondsPerHour = 3_600;
    // Two passes of one object agree in these, allowing for the errors of a one-pass orbit and a day and a half of the node's motion.
    private const double PlanesWithinRad = 12 * Math.PI / 180;
    private const double AxesWithinShare = 0.12;

    private readonly Gate _gate = new(options, fitter);

    // What was found before and still holds: a batch of new data must not cost the work on everything that waits. Sizes tell whether a
    // tracklet has grown since. Forgotten with the tracklets that no longer wait.
    private readonly Dictionary<Tracklet, (int Size, OrbitFit? Fit)> _passOrbits = [];
    private readonly Dictionary<(Tracklet Tracklet, CatalogObject Object), (int Size, OrbitFit Orbit)> _refused = [];
    private readonly Dictionary<(Tracklet A, Tracklet B), (int SizeA, int SizeB)> _unlinked = [];

    /// <summary>Works on the pending tracklets until nothing more can be decided.</summary>
    /// <param name="objects">Known objects; new ones are added.</param>
    /// <param name="pending">Tracklets without an object; those that find one are taken out.</param>
    /// <returns>For each tracklet still pending that more than one object explains: all of them.</returns>
    public Dictionary<Tracklet, IReadOnlyList<ObjectId>> Run(List<CatalogObject> objects, List<Tracklet> pending)
    {
        Dictionary<Tracklet, IReadOnlyList<ObjectId>> ambiguous;
        do
        {
            ambiguous = AssociateWithKnown(objects, pending);
        }
        while (TryStartObject(objects, pending, ambiguous));
        ForgetAllBut([.. pending]);
        return ambiguous;
    }

    /// <summary>To be called when tracklets or objects changed otherwise than by growing.</summary>
    public void ForgetTrials()
    {
        _passOrbits.Clear();
        _refused.Clear();
        _unlinked.Clear();
    }

    private void ForgetAllBut(HashSet<Tracklet> waiting)
    {
        foreach (var tracklet in _passOrbits.Keys.Where(t => !waiting.Contains(t)).ToList()) _passOrbits.Remove(tracklet);
        foreach (var key in _refused.Keys.Where(k => !waiting.Contains(k.Tracklet)).ToList()) _refused.Remove(key);
        foreach (var key in _unlinked.Keys.Where(k => !waiting.Contains(k.A) || !waiting.Contains(k.B)).ToList()) _unlinked.Remove(key);
    }

    /// <summary>Fits an object anew from its tracklets; an object whose tracklets determine no orbit keeps none.</summary>
    public void Refit(CatalogObject target)
    {
        var passes = target.Passes();
        if (passes.Count == 0)
        {
            target.Orbit = null;
            return;
        }
        var epoch = passes.Max(pass => pass[^1].Epoch);
        var outcome = target.Orbit is { } orbit ? fitter.Refine([.. passes.SelectMany(p => p)], orbit.State, epoch) : fitter.Fit(passes, epoch);
        if (outcome is OrbitFitOutcome.Failed && target.Orbit is not null) outcome = fitter.Fit(passes, epoch);
        target.Orbit = outcome is OrbitFitOutcome.Fitted { Fit: var fit } ? fit : null;
    }

    private Dictionary<Tracklet, IReadOnlyList<ObjectId>> AssociateWithKnown(List<CatalogObject> objects, List<Tracklet> pending)
    {
        var ambiguous = new Dictionary<Tracklet, IReadOnlyList<ObjectId>>();
        bool changed = true;
        while (changed && pending.Count > 0)
        {
            changed = false;
            ambiguous.Clear();
            var grown = new HashSet<CatalogObject>();
            foreach (var tracklet in InOrder(pending).ToList())
            {
                var answers = objects.Where(o => o.Orbit is not null && Explains(o, tracklet)).ToList();
                if (answers.Count > 1) ambiguous[tracklet] = [.. answers.Select(o => o.Id)];
                if (answers.Count != 1) continue;
                answers[0].Tracklets.Add(tracklet);
                pending.Remove(tracklet);
                grown.Add(answers[0]);
                changed = true;
            }
            foreach (var target in grown.OrderBy(o => o.Id.Value)) Refit(target);
        }
        return ambiguous;
    }

    private bool Explains(CatalogObject target, Tracklet tracklet)
    {
        var orbit = target.Orbit!;
        if (_refused.TryGetValue((tracklet, target), out var before) && before.Size == tracklet.InTime.Count && ReferenceEquals(before.Orbit, orbit)) return false;
        bool explains = _gate.Ask(orbit, tracklet) switch
        {
            GateAnswer.Yes => true,
            // A vague yes is not trusted: the passes must fit one orbit.
            GateAnswer.Perhaps => _gate.TryTogether(orbit, target.Tracklets, tracklet) is not null,
            _ => false,
        };
        if (!explains) _refused[(tracklet, target)] = (tracklet.InTime.Count, orbit);
        return explains;
    }

    private bool TryStartObject(List<CatalogObject> objects, List<Tracklet> pending, Dictionary<Tracklet, IReadOnlyList<ObjectId>> ambiguous)
    {
        var free = InOrder(pending.Where(t => !ambiguous.ContainsKey(t))).Select(t => (Tracklet: t, Fit: PassOrbit(t))).Where(p => p.Fit is not null).ToList();
        var pairs = from i in Enumerable.Range(0, free.Count)
                    from j in Enumerable.Range(i + 1, free.Count - i - 1)
                    let hours = free[j].Tracklet.Start.SecondsSince(free[i].Tracklet.End) / SecondsPerHour
                    where Math.Abs(hours) <= options.LinkWithinHours && IsAlike(free[i].Fit!, free[j].Fit!)
                    orderby Math.Abs(hours), i, j
                    select (A: free[i], B: free[j]);
        foreach (var (a, b) in pairs)
        {
            var sizes = (a.Tracklet.InTime.Count, b.Tracklet.InTime.Count);
            if (_unlinked.TryGetValue((a.Tracklet, b.Tracklet), out var before) && before == sizes) continue;
            _unlinked[(a.Tracklet, b.Tracklet)] = sizes;
            // The pass that knows its orbit better leads.
            var (lead, other) = a.Fit!.Covariance.VelocitySigmaKmPerS <= b.Fit!.Covariance.VelocitySigmaKmPerS ? (a, b) : (b, a);
            if (_gate.TryTogether(lead.Fit!, [lead.Tracklet], other.Tracklet) is not { } together) continue;
            var created = new CatalogObject(NewId(a.Tracklet, b.Tracklet)) { Orbit = together };
            created.Tracklets.AddRange([a.Tracklet, b.Tracklet]);
            Refit(created);
            if (created.Orbit is null) continue;
            objects.Add(created);
            pending.Remove(a.Tracklet);
            pending.Remove(b.Tracklet);
            return true;
        }
        return false;
    }

    private OrbitFit? PassOrbit(Tracklet tracklet)
    {
        if (_passOrbits.TryGetValue(tracklet, out var known) && known.Size == tracklet.InTime.Count) return known.Fit;
        var fit = fitter.FitPass(tracklet.ForFit()) is OrbitFitOutcome.Fitted { Fit: var found } ? found : null;
        _passOrbits[tracklet] = (tracklet.InTime.Count, fit);
        return fit;
    }

    /// <summary>A cheap look before a fit is tried.</summary>
    private static bool IsAlike(OrbitFit a, OrbitFit b)
    {
        if (!KeplerianElements.TryFromState(a.State, out var ea) || !KeplerianElements.TryFromState(b.State, out var eb)) return false;
        Vector3d na = a.State.PositionKm.Cross(a.State.VelocityKmPerS).Unit(), nb = b.State.PositionKm.Cross(b.State.VelocityKmPerS).Unit();
        return na.Dot(nb) >= Math.Cos(PlanesWithinRad) && Math.Abs(ea.SemiMajorAxisKm / eb.SemiMajorAxisKm - 1) <= AxesWithinShare;
    }

    /// <summary>From the records that found the object, so that a replay of the same records gives the same id (UUID version 8, RFC 9562).</summary>
    private static ObjectId NewId(Tracklet a, Tracklet b)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("ssashare/object/v1\n"u8);
        foreach (string record in new[] { a, b }.SelectMany(t => t.InTime).Select(m => m.First.Record.ToString()).Order(StringComparer.Ordinal))
            hash.AppendData(System.Text.Encoding.ASCII.GetBytes(record));
        Span<byte> bytes = hash.GetHashAndReset().AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new ObjectId(new Guid(bytes, bigEndian: true));
    }

    private static IOrderedEnumerable<Tracklet> InOrder(IEnumerable<Tracklet> tracklets)
        => tracklets.OrderBy(t => t.Start).ThenBy(t => t.Sensor.ToString(), StringComparer.Ordinal).ThenBy(t => t.InTime[0].First.Record.ToString(), StringComparer.Ordinal);
}
