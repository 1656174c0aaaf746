using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Finds an object's manoeuvres in the history of its SGP4 element sets.</summary>
/// <remarks>
/// An impulse does not move the object but changes its rate along the track: the track over time has a kink where the orbits before and after meet, and that is
/// the time of the manoeuvre. A set that was fitted to several days of observations tells it only by and by, which the model of a kink allows for.
/// Several burns in a day or two are seen where successive sets show them, two burns between two sets where the place jumps. Noise is taken from the history itself (median absolute deviations).
/// Near-Earth orbits; burns that do not change the period are not found: pure plane changes and radial ones. What was measured is in docs/accuracy.md.
/// Pure and deterministic; safe for concurrent use.
/// </remarks>
public sealed class ManeuverDetector(ManeuverDetectorOptions? options = null)
{
    private const double SecondsPerDay = 86_400, MetresPerKm = 1_000;
    private const double EarthMuWgs72Km3PerS2 = 398_600.8;

    // Significance of a confidence of one half.
    private const double HalfWay = 4.5;

    private readonly ManeuverDetectorOptions _options = options ?? ManeuverDetectorOptions.Default;

    /// <param name="history">Element sets of one object, in any order.</param>
    /// <returns>Ascending in time.</returns>
    public IReadOnlyList<DetectedManeuver> Detect(IEnumerable<ElementSet> history)
    {
        var rows = ElementHistory.Create(history);
        var found = new List<DetectedManeuver>();
        foreach (var kink in new TrackKinks(rows, _options).Find())
        {
            double axis = rows.AxisKm[Math.Min(rows.IndexAt(kink.Days), rows.Count - 1)];
            // Rate along the track = a n: dn/n = -3/2 da/a and dv = n da / 2, so dv = -(a dn) / 3.
            double along = -kink.RateKmPerDay / SecondsPerDay / 3 * MetresPerKm * (axis / rows.AxisKm[0]);
            if (Math.Abs(along) < _options.SmallestDeltaVMPerS) continue;
            double speed = Math.Sqrt(EarthMuWgs72Km3PerS2 / axis) * MetresPerKm;
            double cross = speed * PlaneChange.Rad(rows, kink.Days, _options.WindowDays);
            double squared = kink.Significance * kink.Significance, confidence = squared / (squared + HalfWay * HalfWay);
            var firstSeen = rows.EpochAt(rows.Days[Math.Min(rows.IndexAt(kink.Days), rows.Count - 1)]);
            found.Add(new DetectedManeuver(rows.EpochAt(kink.Days), firstSeen, along, cross, kink.Significance, confidence));
        }
        return found;
    }
}
