using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A published catalog of element sets as the beginning of a truth: the same orbits in number and kind, followed numerically from then on.</summary>
/// <remarks>
/// SGP4 itself would make a poor truth: it differs from orbits under the real forces by a kilometre a day, which no estimator's noise could honestly describe.
/// What elements do not say is drawn at random: sizes log-normal about 0.5 m below 15,000 km radius and 3 m above, and surfaces where the drag term makes no sense.
/// </remarks>
public static class SimulatedCatalog
{
    // B* is the ballistic coefficient times half the reference density of 0.157 kg/m² per Earth radius: Hoots and Roehrich 1980, Spacetrack Report 3.
    private const double HalfDensityKgPerM2EarthRadius = 2.461e-5 * 6_378.135 / 2;
    private const double LeastBallistic = 0.002, GreatestBallistic = 1, HighRadiusKm = 15_000, RadiationOverDrag = 1.3 / 2.2;

    /// <summary>One object for each element set that describes an orbit at the instant, in the same order.</summary>
    /// <param name="elements">Of any epochs near the instant.</param>
    /// <param name="epoch">Where the truth begins.</param>
    /// <param name="rotation">Of the Earth, by which TEME is turned.</param>
    /// <param name="seed">Of what elements do not say.</param>
    public static IReadOnlyList<SimulatedObject> From(IEnumerable<ElementSet> elements, Epoch epoch, EarthRotation rotation, ulong seed)
    {
        var objects = new List<SimulatedObject>();
        int number = 0;
        foreach (var set in elements)
        {
            number++;
            if (!new Sgp4Propagator(set).TryPropagate(epoch, out var teme, out _)) continue;
            var random = new SimulationRandom(seed, number, 0, 5);
            bool isHigh = teme.PositionKm.Norm > HighRadiusKm;
            double drawn = 0.02 * Math.Exp(0.7 * random.NextNormal()), stated = set.BStarPerEarthRadii / HalfDensityKgPerM2EarthRadius;
            // Of high objects the term says something of Sun, Moon and radiation, but nothing of air.
            double ballistic = !isHigh && stated is >= LeastBallistic and <= GreatestBallistic ? stated : drawn;
            double diameter = isHigh ? Math.Clamp(3 * Math.Exp(0.6 * random.NextNormal()), 0.7, 15) : Math.Clamp(0.5 * Math.Exp(0.8 * random.NextNormal()), 0.12, 10);
            objects.Add(new SimulatedObject(set.ObjectTag ?? $"object {number}", rotation.To(teme, Frame.Gcrf), new SurfaceCoefficients(ballistic, RadiationOverDrag * ballistic), diameter));
        }
        return objects;
    }
}
