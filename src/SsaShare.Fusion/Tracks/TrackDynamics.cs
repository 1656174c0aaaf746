using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>The forces and the process noise that tracks of each regime are carried with. Immutable but for caches; safe for concurrent use.</summary>
/// <remarks>
/// Where an orbit passes below 2,000 km: field of degree 24, Sun, Moon, tide, drag, radiation, the model that <see cref="OrbitProcessNoise.For"/> is meant for. A smaller field saves nothing worth the loss:
/// a day at 450 km with covariance costs 13 ms of processor time with degree 8, which is then 1 km off, 13 ms with 16 (0.3 km) and 19 ms with 24 (36 m), against degree 70 from the same start.
/// Elsewhere degree 8 is within decimetres in a day and costs 1 to 3 ms.
/// </remarks>
public sealed class TrackDynamics
{
    private const double ToleranceKm = 1e-5;
    private const int LowDegree = 24, HighDegree = 8;
    private const double LowStepS = 600, HighStepS = 1_800;
    // Waves of the field beyond degree 24 pass in a minute and fall with the height about as (1/r) to that power.
    private const double ReferenceMPerS2 = 6e-7, ReferenceHeightKm = 450, LowestHeightKm = 200, CorrelationS = 60, FallOff = 25;

    private readonly SequentialFilter _low, _high;
    private readonly SequentialFilterOptions _options;
    private readonly OrbitProcessNoise? _noise;

    /// <param name="model">Predicts measurements; with the same rotation of the Earth.</param>
    /// <param name="options">How tracks are kept.</param>
    /// <param name="rotation">Of the Earth; with the built-in table of orientation where null.</param>
    /// <param name="bodies">Sun and Moon; short series where null.</param>
    /// <param name="atmosphere">What drag meets; the static exponential one where null, which is the fastest, its error left to the ballistic coefficient.</param>
    /// <param name="noise">The same for all regimes; null for that of each, <see cref="OrbitProcessNoise.For"/>.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public TrackDynamics(MeasurementModel model, TrackOptions options, EarthRotation? rotation = null, ISolarSystem? bodies = null, IAtmosphere? atmosphere = null, OrbitProcessNoise? noise = null)
    {
        options.Check();
        (Model, Options, _noise) = (model, options, noise);
        (_low, _high) = (filter(LowDegree), filter(HighDegree));
        _options = new SequentialFilterOptions
        {
            CorrelationSeconds = 0, BiasSigmaInNoise = options.BiasSigmaInNoise, EstimateBiases = options.BiasSigmaInNoise > 0, GateProbability = options.EditProbability, KeepSteps = false,
        };

        SequentialFilter filter(int degree) => new(new Propagator(new ForceModel(new ForceModelOptions(degree, true, true), rotation: rotation, bodies: bodies, atmosphere: atmosphere), ToleranceKm), model);
    }

    /// <summary>Predicts measurements.</summary>
    public MeasurementModel Model { get; }

    /// <summary>How tracks are kept.</summary>
    public TrackOptions Options { get; }

    /// <summary>What carries orbits of a regime.</summary>
    internal SequentialFilter Filter(OrbitalRegime regime) => IsHigh(regime) ? _high : _low;

    /// <summary>How it does so for an orbit.</summary>
    internal SequentialFilterOptions FilterOptions(OrbitalRegime regime, CartesianState state)
        => _options with { ProcessNoise = _noise ?? Noise(regime, state), LongestStepS = IsHigh(regime) ? HighStepS : LowStepS };

    /// <summary>That of the regime; in low orbit with what a field of degree 24 leaves out, the more the lower.</summary>
    /// <remarks>
    /// An engineering value: the least with which tracks of 475 to 1,200 km, observed by radars for a day, know their error nearly (TrackConsistencyTests prints how nearly). It makes a prediction 0.3 km uncertain along the track
    /// after a day at 450 km and 80 m at 900 km, where degree 70 moves it by 36 m and by 7 m.
    /// </remarks>
    private static OrbitProcessNoise Noise(OrbitalRegime regime, CartesianState state)
    {
        var noise = OrbitProcessNoise.For(regime);
        if (regime is not (OrbitalRegime.Leo or OrbitalRegime.Unspecified) || !KeplerianElements.TryFromState(state, out var elements)) return noise;
        double lower = (Wgs84.EquatorialRadiusKm + ReferenceHeightKm) / (Wgs84.EquatorialRadiusKm + Math.Clamp(elements.PerigeeHeightKm, LowestHeightKm, 2_000));
        var field = OrbitProcessNoise.OfAcceleration(ReferenceMPerS2 * Math.Pow(lower, FallOff), CorrelationS);
        return noise with
        {
            RadialKm2PerS3 = noise.RadialKm2PerS3 + field.RadialKm2PerS3, TransverseKm2PerS3 = noise.TransverseKm2PerS3 + field.TransverseKm2PerS3, NormalKm2PerS3 = noise.NormalKm2PerS3 + field.NormalKm2PerS3,
        };
    }

    private static bool IsHigh(OrbitalRegime regime) => regime is OrbitalRegime.Meo or OrbitalRegime.Geo or OrbitalRegime.Cislunar;
}
