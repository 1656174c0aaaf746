using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A first orbit from one pass with positions: range with azimuth and elevation, or with right ascension and declination.</summary>
/// <remarks>
/// Three positions give the velocity in the middle (<see cref="ThreePositions"/>), then a short-arc least squares takes in the whole pass.
/// </remarks>
public static class InitialOrbit
{
    /// <summary>The same with the domain's sensors, read by the conventions of the fitter's model.</summary>
    /// <inheritdoc cref="FromPass(IReadOnlyList{TrackingObservation}, OrbitFitter)"/>
    public static OrbitFitOutcome FromPass(IReadOnlyList<SensorObservation> pass, OrbitFitter fitter)
        => FromPass(SensorObservation.ToTracking(pass, fitter.Model.Conventions), fitter);

    /// <summary>The orbit at the middle observation of the pass.</summary>
    /// <param name="pass">Observations of one or more sensors on the ground or in orbit, ascending in time; those that are no position take part in the fit alone.</param>
    /// <param name="fitter">With forces good enough for a pass.</param>
    public static OrbitFitOutcome FromPass(IReadOnlyList<TrackingObservation> pass, OrbitFitter fitter)
    {
        var complete = pass.Where(HasPosition).ToList();
        if (complete.Count < 3 || complete[^1].Epoch.SecondsSince(complete[0].Epoch) < 10)
            return new OrbitFitOutcome.Failed(OrbitFitFailure.TooFewObservations, "An initial orbit needs three positions over ten seconds.");
        var middle = complete[complete.Count / 2];
        double third = complete[^1].Epoch.SecondsSince(complete[0].Epoch) / 3;
        // Mean figures of the beginning, middle and end would bend with the orbit; single ones are noisy: take the medians of many triples.
        var candidates = new List<CartesianState>();
        int stride = Math.Max(1, complete.Count / 60);
        for (int i = 0; i < complete.Count; i += stride)
        {
            if (!TryTriple(complete, i, third, fitter, out var state)) continue;
            candidates.Add(state);
        }
        if (candidates.Count == 0) return new OrbitFitOutcome.Failed(OrbitFitFailure.NotAnOrbit, "No three positions of the pass lie on an orbit.");
        OrbitFitOutcome best = new OrbitFitOutcome.Failed(OrbitFitFailure.NotConverged, "No triple of the pass led to an orbit.");
        foreach (var candidate in Spread(candidates))
        {
            if (!fitter.Propagator.TryPropagate(candidate, default, middle.Epoch, withPartials: false, out var atMiddle)) continue;
            var outcome = fitter.Fit(pass, atMiddle.ToState(), new OrbitFitOptions { EstimateSurface = false, Surface = default });
            if (outcome is OrbitFitOutcome.Fitted) return outcome;
            best = outcome;
        }
        return best;
    }

    /// <summary>The candidate of median energy first, then the quartiles: a bad echo spoils few triples, not the middle ones.</summary>
    private static IEnumerable<CartesianState> Spread(List<CartesianState> candidates)
    {
        var byEnergy = candidates.OrderBy(s => s.VelocityKmPerS.NormSquared / 2 - TwoBody.EarthMuKm3PerS2 / s.PositionKm.Norm).ToList();
        return new[] { byEnergy.Count / 2, byEnergy.Count / 4, byEnergy.Count * 3 / 4 }.Distinct().Select(i => byEnergy[i]);
    }

    private static bool TryTriple(List<TrackingObservation> pass, int first, double third, OrbitFitter fitter, out CartesianState state)
    {
        state = null!;
        int second = Next(pass, first, third), last = second < 0 ? -1 : Next(pass, second, third);
        return last >= 0 && TryVelocity(Position(pass[first], fitter), Position(pass[second], fitter), Position(pass[last], fitter), out state);
    }

    private static int Next(List<TrackingObservation> pass, int from, double seconds)
    {
        for (int i = from + 1; i < pass.Count; i++)
            if (pass[i].Epoch.SecondsSince(pass[from].Epoch) >= seconds) return i;
        return from < pass.Count - 2 && pass.Count - from < 6 ? pass.Count - 1 : -1;
    }

    /// <summary>Whether it says where the object was.</summary>
    internal static bool HasPosition(TrackingObservation o)
        => IsRadarFix(o) || (o.Measured is { RangeKm: not null, RightAscensionRad: not null, DeclinationRad: not null } && o.Sensor.Place.Covers(o.Epoch));

    /// <summary>Where the object was seen, the published bias and, where a radar left them in, the troposphere's effects taken off; GCRF.</summary>
    internal static (Epoch Epoch, Vector3d PositionKm) Position(TrackingObservation observation, OrbitFitter fitter)
    {
        if (!IsRadarFix(observation))
        {
            var line = fitter.Model.LineOfSight(observation);
            return (observation.Epoch, line.SiteKm + (observation.Measured.RangeKm!.Value - (observation.Sensor.Bias.RangeKm ?? 0)) * line.Direction);
        }
        var (bias, o, site) = (observation.Sensor.Bias, observation.Measured, (SensorSite)observation.Sensor.Place);
        double range = o.RangeKm!.Value - (bias.RangeKm ?? 0), elevation = o.ElevationRad!.Value - (bias.ElevationRad ?? 0);
        if (observation.Sensor.Conventions.Refraction == Refraction.Radio)
        {
            range -= Troposphere.RangeDelayKm(elevation, site.Place);
            elevation -= Troposphere.ElevationBendingRad(elevation, site.Place);
        }
        var itrf = site.Locate(range, o.AzimuthRad!.Value - (bias.AzimuthRad ?? 0), elevation);
        return (observation.Epoch, fitter.Propagator.Forces.Rotation.At(observation.Epoch).GcrfToItrf.TransposedTimes(itrf));
    }

    private static bool IsRadarFix(TrackingObservation o) => o.Measured is { RangeKm: not null, AzimuthRad: not null, ElevationRad: not null } && o.Sensor.Place is SensorSite;

    /// <summary>Velocity at the second of three positions (GCRF, km).</summary>
    /// <returns>False when they do not lie on an ellipse about the Earth.</returns>
    internal static bool TryVelocity((Epoch Epoch, Vector3d Km) a, (Epoch Epoch, Vector3d Km) b, (Epoch Epoch, Vector3d Km) c, out CartesianState state)
    {
        state = null!;
        if (!ThreePositions.TryVelocity(a, b, c, out var velocity) || !b.Km.IsFinite) return false;
        state = new CartesianState(b.Epoch, Frame.Gcrf, b.Km, velocity);
        return KeplerianElements.TryFromState(state, out var elements) && elements.PerigeeHeightKm > -3_000;
    }
}
