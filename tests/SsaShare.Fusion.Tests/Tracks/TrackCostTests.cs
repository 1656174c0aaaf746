using System.Diagnostics;
using SsaShare.Domain;
using SsaShare.Orbits;
using SsaShare.Tests;

namespace SsaShare.Fusion.Tests;

/// <summary>What work on tracks costs in processor time of the whole process: no other test runs meanwhile.</summary>
[Collection(nameof(TrackCostTests)), CollectionDefinition(nameof(TrackCostTests), DisableParallelization = true)]
public sealed class TrackCostTests
{
    private static readonly SurfaceCoefficients Surface = new(0.02, 0.02), SurfaceSigma = new(0.005, 0.005);

    private static TrackDynamics Dynamics { get; } = new(TrackScene.Model, new TrackOptions());

    private static double ProcessorMs()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalMilliseconds;
    }

    [Fact]
    public void Find_InManyTracks_TakesLittle()
    {
        int tracks = int.TryParse(Environment.GetEnvironmentVariable("SSA_WINDOW_TRACKS"), out int asked) ? asked : 1_500;
        var scene = new TrackScene(30);
        double begun = ProcessorMs();
        var window = new PredictionWindow(Dynamics, TrackScene.Start, 1_200, capacity: tracks);
        var truths = new List<CartesianState>();
        for (int i = 0; i < tracks; i++)
        {
            var first = scene.Orbit(500 + i % 500, 520 + i % 500);
            truths.Add(first);
            window.Add(ObjectTrack.Begin(Dynamics, scene.Guess(first, 0.2, Surface, SurfaceSigma)));
        }
        double filled = (ProcessorMs() - begun) / tracks;
        var tracklets = new List<(int Track, ObservedTracklet Tracklet)>();
        for (int i = 0; i < Math.Min(600, tracks); i++)
            tracklets.AddRange(scene.Observe(Path(truths[i], 0.33), TrackScene.Radars, $"{i}", count: 10).Select(t => (i, t)));
        var search = new CandidateSearch(window);
        int lost = 0, seen = 0, rounds = 0;
        foreach (var (_, tracklet) in tracklets) search.Find(tracklet, 1e-3);
        double start = ProcessorMs();
        for (; rounds < 5; rounds++)
            foreach (var (track, tracklet) in tracklets)
            {
                var found = search.Find(tracklet, 1e-3);
                if (found.All(c => c.Track != track)) lost++;
                seen += search.SeenLast;
            }
        int searches = rounds * tracklets.Count;
        double ms = (ProcessorMs() - start) / searches;
        Figure.Say($"candidates among {tracks} tracks", "radar tracklets of 10", "processor time", ms, "ms", tracks >= 30_000 ? Aim.AtMost(1) : null);
        Figure.Say($"candidates among {tracks} tracks", "radar tracklets of 10", "passed the first look", seen / (double)searches, "");
        Figure.Say($"a track in a window of 20 min", "low orbit", "processor time", filled, "ms");
        Assert.True(tracklets.Count > 10, $"{tracklets.Count}");
        Assert.InRange(lost, 0, rounds * Math.Max(1, tracklets.Count / 100));
        Assert.InRange(ms, 0, 10);
    }

    [Fact]
    public void Update_ADayLater_CostsWhatIsPrinted()
    {
        var scene = new TrackScene(40);
        var first = scene.Orbit(760, 790);
        var truth = Path(first, 27);
        var tracklet = scene.Observe(truth, TrackScene.Radars, "a", count: 10).First(t => t.Start.SecondsSince(TrackScene.Start) > 80_000);
        ObjectTrack track = ObjectTrack.Begin(Dynamics, scene.Guess(first, 1e-3, Surface, SurfaceSigma)), vague = ObjectTrack.Begin(Dynamics, scene.Guess(first, 0.03, Surface, SurfaceSigma));
        Assert.True(track.TryPredict(tracklet.Start.PlusSeconds(-1), out var near));
        var carried = track.CarriedTo(near);
        Assert.IsType<TrackUpdate.Updated>(track.Update(tracklet));
        const int rounds = 20;
        double predict = cost(() => track.TryPredict(tracklet.Start, out _), out _), update = cost(() => carried.Update(tracklet), out long garbage), whole = cost(() => track.Update(tracklet), out long all);
        const string what = "a track of low orbit", against = "tracklet of 10 radar observations a day later";
        Figure.Say(what, against, "processor time of the prediction", predict, "ms");
        Figure.Say(what, against, "processor time of the update", update, "ms");
        Figure.Say(what, against, "processor time in all", whole, "ms", Aim.AtMost(20));
        Figure.Say(what, against, "processor time in all where the way is gone again", cost(() => vague.Update(tracklet), out _), "ms");
        Figure.Say(what, against, "allocated by the update", garbage / 1_000.0, "kB");
        Figure.Say(what, against, "allocated in all", all / 1_000.0, "kB");
        Assert.InRange(update, 0, predict + 20);

        static double cost(Action action, out long bytes)
        {
            action();
            long before = GC.GetAllocatedBytesForCurrentThread();
            double start = ProcessorMs();
            for (int i = 0; i < rounds; i++) action();
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / rounds;
            return (ProcessorMs() - start) / rounds;
        }
    }

    private static Trajectory Path(CartesianState first, double hours)
        => new Propagator(new ForceModel(ForceModelOptions.Precise)).Propagate(first, Surface, first.Epoch.PlusSeconds(hours * 3_600)) is PropagationOutcome<Trajectory>.Completed { Result: var path }
            ? path : throw new InvalidOperationException("The truth leaves its orbit.");
}
