using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Reference;

/// <summary>The orbit of the radar calibration sphere in arcs of three days, from nothing but the observations of three radars between December 1996 and January 1997.</summary>
/// <remarks>
/// Three days, so that each arc predicts a fourth; arcs of seven days fit as well (tried once: reduced chi-square 0.29 to 0.72). They begin at midnight, one of them on 15 December. The two passes before
/// 12 December are of another object: see <see cref="Stray"/>.
/// </remarks>
internal sealed class SphereArcs
{
    public const string ObservationFile = "obs/ssn-b3/5398.obs.gz", SensorFile = "obs/ssn-b3/SENSOR.DAT";
    public const double Days = 3;
    private const double SecondsPerDay = 86_400;
    private const int ArcsBefore = 1, ArcsAfter = 13;

    private static readonly Epoch Origin = At("1996-12-15T00:00:00");

    // Tracks that a radar has lost drift away slowly: at five sigmas most of them stay in.
    private static readonly OrbitFitOptions Options = new() { RejectBeyondSigmas = 3 };

    public SphereArcs(IReadOnlyList<TrackingObservation> observations)
    {
        Observations = observations;
        var model = new MeasurementModel(EarthRotation.Default, SignalConventions.Corrected);
        Fitter = new OrbitFitter(new Propagator(new ForceModel(ForceModelOptions.Precise)), model);
        Light = new OrbitFitter(new Propagator(new ForceModel(ForceModelOptions.Light)), model);
    }

    public IReadOnlyList<TrackingObservation> Observations { get; }
    public OrbitFitter Fitter { get; }
    private OrbitFitter Light { get; }

    /// <summary>One arc and its fit.</summary>
    public sealed record Arc(Epoch Begin, IReadOnlyList<TrackingObservation> Observations, OrbitFit Fit);

    public static SphereArcs Load(Func<string, string> file)
        => new(RadarFile.Read(RadarFile.Lines(file(ObservationFile)), RadarFile.Sensors(RadarFile.Lines(file(SensorFile)), "354", "363", "932")));

    public List<TrackingObservation> Between(Epoch begin, Epoch end) => [.. Observations.Where(o => o.Epoch >= begin && o.Epoch < end)];

    /// <summary>The arc of 15 to 17 December, from a first orbit that one pass gives.</summary>
    public Arc First()
    {
        var day = Between(Origin, Origin.PlusSeconds(SecondsPerDay));
        var pass = LongestPass(day);
        var first = Fitted(InitialOrbit.FromPass(pass, Light));
        var daily = Fitted(Light.Fit(day, first.State, new OrbitFitOptions { EstimateBiases = false, EstimateSurface = false }));
        return Next(daily, 0);
    }

    /// <summary>Every arc, in order of time: from the first outwards, each from its neighbour.</summary>
    public List<Arc> All()
    {
        var first = First();
        var arcs = new List<Arc> { first };
        for (int i = 1; i <= ArcsAfter; i++) arcs.Add(Next(arcs[^1].Fit, i));
        for (int i = 1; i <= ArcsBefore; i++) arcs.Insert(0, Next(arcs[0].Fit, -i));
        return arcs;
    }

    /// <summary>Observations before the first arc, and how far from its orbit they are, km of range.</summary>
    public List<double> Stray(Arc first)
    {
        var before = Between(Observations[0].Epoch, first.Begin);
        if (!OrbitPrediction.TryCompare(first.Fit, before, Fitter.Propagator, Fitter.Model, out var residuals)) throw new InvalidOperationException("The orbit was lost.");
        return [.. residuals.Select(r => Math.Abs(r.Of(MeasurementKind.Range)!.Value))];
    }

    private Arc Next(OrbitFit near, int number)
    {
        Epoch begin = Origin.PlusSeconds(number * Days * SecondsPerDay), end = begin.PlusSeconds(Days * SecondsPerDay);
        var observations = Between(begin, end);
        if (!Fitter.Propagator.TryPropagate(near.State, near.Surface, begin.PlusSeconds(Days / 2 * SecondsPerDay), withPartials: false, out var start)) throw new InvalidOperationException("The orbit was lost.");
        return new Arc(begin, observations, Fitted(Fitter.Fit(observations, start.ToState(), Options)));
    }

    private static List<TrackingObservation> LongestPass(List<TrackingObservation> day)
    {
        var passes = new List<List<TrackingObservation>>();
        foreach (var ofSensor in day.GroupBy(o => o.Sensor.Key))
        {
            List<TrackingObservation>? pass = null;
            foreach (var o in ofSensor)
            {
                if (pass is null || o.Epoch.SecondsSince(pass[^1].Epoch) > 300) passes.Add(pass = []);
                pass.Add(o);
            }
        }
        return passes.MaxBy(pass => pass[^1].Epoch.SecondsSince(pass[0].Epoch))!;
    }

    private static OrbitFit Fitted(OrbitFitOutcome outcome) => outcome is OrbitFitOutcome.Fitted fitted ? fitted.Fit : throw new InvalidOperationException(outcome.ToString());

    private static Epoch At(string utc) => Utc.TryParse(utc, out var epoch) ? epoch : throw new ArgumentException(utc);
}
