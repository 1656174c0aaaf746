using SsaShare.Domain;
using SsaShare.Orbits;
using SsaShare.Tests;

namespace SsaShare.Fusion.Tests;

/// <summary>Whether tracks know how good they are, over a day of made observations whose noise and biases are drawn from what the sensors state.</summary>
public sealed class TrackConsistencyTests
{
    private static readonly int Objects = Nightly.IsAsked ? 30 : 10;
    private static readonly string Against = $"made observations of a day, 6 radars, {Objects} objects";
    private static readonly SurfaceCoefficients Surface = new(0.02, 0.02), SurfaceSigma = new(0.005, 0.005);

    [Fact]
    public void Update_SameForces_NeesAndGateKeepTheirProbabilities()
    {
        var dynamics = new TrackDynamics(TrackScene.Model, new TrackOptions(), noise: OrbitProcessNoise.None);
        var run = Run(dynamics, new Propagator(new ForceModel(ForceModelOptions.Precise)), 0);
        run.Say("same forces");
        // Each object's NEES is taken at the end of its day and a gate's chance once a tracklet: independent of each other but for the orbit they share.
        double mean = run.FinalNees.Average(), bound = 1.96 * Math.Sqrt(2.0 * 6 / run.FinalNees.Count);
        Assert.InRange(mean, 6 - bound, 6 + bound);
        foreach (double level in new[] { 0.01, 0.05, 0.5 }) Assert.InRange(run.ShareBelow(level), level - run.Spread(level), level + run.Spread(level));
        Assert.Equal(0, run.Refused);
        Assert.InRange(run.NeesInBounds, 0.90, 0.985);
    }

    [Fact]
    public void Update_RicherForces_GateLosesWhatItSaysAndNeesIsNearItsBounds()
    {
        var dynamics = new TrackDynamics(TrackScene.Model, new TrackOptions());
        var run = Run(dynamics, new Propagator(new ForceModel(ForceModelOptions.Full)), 0.2);
        run.Say("degree 70, tides, planets, drag that varies by 20 %");
        Assert.InRange(run.ShareBelow(0.01), 0, 0.01 + run.Spread(0.01));
        Assert.InRange(run.ShareBelow(0.05), 0, 0.05 + run.Spread(0.05));
        Assert.Equal(0, run.Refused);
        // What a field of degree 24 lacks is no white noise: the radial place, known to a metre or two, is off by more below 700 km. White noise enough to cover it would spoil predictions tenfold.
        Assert.InRange(run.NeesInBounds, 0.88, 1);
        Assert.InRange(run.AllNees.Average(), 0, 7.5);
    }

    private static Consistency Run(TrackDynamics dynamics, Propagator truthBy, double dragVaries)
    {
        var run = new Consistency();
        for (int seed = 1; seed <= Objects; seed++)
        {
            var scene = new TrackScene(seed);
            double height = 450 + 750.0 / Objects * seed;
            var first = scene.Orbit(height, height + 20);
            var drawn = new SurfaceCoefficients(0.02 + 0.005 * scene.Normal(), 0.02 + 0.005 * scene.Normal());
            var truth = TruthOf(first, drawn with { BallisticM2PerKg = drawn.BallisticM2PerKg * (1 + dragVaries * scene.Normal()) }, truthBy);
            var track = ObjectTrack.Begin(dynamics, scene.Guess(first, 0.3, Surface, SurfaceSigma));
            foreach (var tracklet in scene.Observe(truth, TrackScene.Radars, "t"))
            {
                var begin = tracklet.Start.PlusSeconds(-37);
                if (begin > track.Epoch)
                {
                    Assert.True(track.TryPredict(begin, out var reached));
                    track = track.CarriedTo(reached);
                }
                var window = new PredictionWindow(dynamics, begin, 600, capacity: 1);
                window.Add(track);
                var found = new CandidateSearch(window).Find(tracklet, 1e-12);
                run.Chances.Add(found.Count == 1 ? found[0].Distance.Chance : 0);
                var updated = Assert.IsType<TrackUpdate.Updated>(track.Update(tracklet));
                track = updated.Track;
                run.Refused += updated.Fit!.Refused;
                run.AllNees.Add(TrackScene.Nees(track.Latest, truth.At(track.Epoch)));
                run.ErrorsKm.Add(track.Latest.State.PositionKm.DistanceTo(truth.At(track.Epoch).PositionKm));
            }
            run.FinalNees.Add(run.AllNees[^1]);
        }
        return run;
    }

    private static Trajectory TruthOf(CartesianState first, SurfaceCoefficients surface, Propagator by)
        => by.Propagate(first, surface, first.Epoch.PlusSeconds(86_400)) is PropagationOutcome<Trajectory>.Completed { Result: var path } ? path : throw new InvalidOperationException("The truth leaves its orbit.");

    private sealed class Consistency
    {
        // Bounds of chi-square with six degrees of freedom: 2.5 % below the first, 2.5 % above the second.
        private const double Low = 1.237, High = 14.449;

        public List<double> Chances { get; } = [];

        public List<double> AllNees { get; } = [];

        public List<double> FinalNees { get; } = [];

        public List<double> ErrorsKm { get; } = [];

        public int Refused { get; set; }

        public double NeesInBounds => AllNees.Count(n => n is > Low and < High) / (double)AllNees.Count;

        public double ShareBelow(double level) => Chances.Count(c => c < level) / (double)Chances.Count;

        /// <summary>Three and a half sigmas of a share of as many tracklets.</summary>
        public double Spread(double level) => 3.5 * Math.Sqrt(level * (1 - level) / Chances.Count);

        public void Say(string what)
        {
            string title = $"tracks, {what}";
            Figure.Say(title, Against, "tracklets", Chances.Count, "");
            Figure.Say(title, Against, "NEES of 6, mean", AllNees.Average(), "");
            Figure.Say(title, Against, "NEES of 6, mean at the end of the day", FinalNees.Average(), "");
            Figure.Say(title, Against, "NEES within the 95 % bounds", NeesInBounds, "share", Aim.AtLeast(0.93));
            Figure.Say(title, Against, "right tracklets that a gate of 1 % loses", ShareBelow(0.01), "share");
            Figure.Say(title, Against, "right tracklets that a gate of 5 % loses", ShareBelow(0.05), "share");
            Figure.Say(title, Against, "right tracklets that a gate of 50 % loses", ShareBelow(0.5), "share");
            Figure.Say(title, Against, "observations refused", Refused, "");
            Figure.Quantiles(title + ", position after an update", Against, ErrorsKm.Select(e => 1_000 * e), "m");
        }
    }
}
