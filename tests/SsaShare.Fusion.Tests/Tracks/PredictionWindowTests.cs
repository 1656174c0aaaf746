using SsaShare.Domain;
using SsaShare.Orbits;
using SsaShare.Tests;

namespace SsaShare.Fusion.Tests;

public sealed class PredictionWindowTests
{
    private static readonly SurfaceCoefficients Surface = new(0.02, 0.02), SurfaceSigma = new(0.005, 0.005);

    private static TrackDynamics Dynamics { get; } = new(TrackScene.Model, new TrackOptions());

    [Theory]
    [InlineData(250, 300)]
    [InlineData(800, 850)]
    [InlineData(300, 39_000)]
    [InlineData(20_180, 20_220)]
    [InlineData(35_786, 35_790)]
    public void TryPlace_BetweenKnots_IsWithinTheStatedError(double perigeeKm, double apogeeKm)
    {
        var scene = new TrackScene(3);
        var first = scene.Orbit(perigeeKm, apogeeKm);
        var track = ObjectTrack.Begin(Dynamics, scene.Guess(first, 0.1, Surface, SurfaceSigma));
        var window = new PredictionWindow(Dynamics, TrackScene.Start, 3_600);
        int number = window.Add(track);
        double worst = 0;
        for (double t = 7; t < 3_600; t += 31)
        {
            var epoch = TrackScene.Start.PlusSeconds(t);
            Assert.True(track.TryPredict(epoch, out var exact));
            Assert.True(window.TryPlace(number, epoch, out var place, out _));
            worst = Math.Max(worst, place.PositionKm.DistanceTo(exact.State.PositionKm));
        }
        Figure.Say($"interpolation in a window, perigee {perigeeKm} km", "the track's own prediction", "max", 1_000 * worst, "m");
        Assert.InRange(worst, 0, KnotInterpolation.ErrorKm(first.PositionKm, first.VelocityKmPerS, 300));
    }

    [Fact]
    public void TryPlace_AtKnots_HasTheSigmasOfThePrediction()
    {
        var scene = new TrackScene(4);
        var track = ObjectTrack.Begin(Dynamics, scene.Guess(scene.Orbit(700, 720), 0.1, Surface, SurfaceSigma));
        var window = new PredictionWindow(Dynamics, TrackScene.Start, 1_800);
        int number = window.Add(track);
        var epoch = TrackScene.Start.PlusSeconds(900);
        Assert.True(track.TryPredict(epoch, out var exact));
        Assert.True(window.TryPlace(number, epoch, out var place, out var sigma));
        var local = LocalOrbitFrame.Of(place, LocalOrbitAxes.Rtn).ToLocal(exact.Covariance);
        Assert.Equal(Math.Sqrt(local[0, 0]), sigma.X, 1e-3 * sigma.X);
        Assert.Equal(Math.Sqrt(local[1, 1]), sigma.Y, 1e-3 * sigma.Y);
        Assert.Equal(Math.Sqrt(local[2, 2]), sigma.Z, 1e-3 * sigma.Z);
        Assert.Throws<ArgumentOutOfRangeException>(() => window.TryPlace(number, window.Last.PlusSeconds(1), out _, out _));
    }

    [Fact]
    public void Replace_UpdatedTrack_PredictsFromTheUpdateOn()
    {
        var scene = new TrackScene(12);
        var first = scene.Orbit(760, 790);
        var truth = Path(first, 14);
        var track = ObjectTrack.Begin(Dynamics, scene.Guess(first, 0.5, Surface, SurfaceSigma));
        var tracklet = scene.Observe(truth, TrackScene.Radars, "a")[0];
        var window = new PredictionWindow(Dynamics, tracklet.Start.PlusSeconds(-1_000), 3_600);
        int number = window.Add(track);
        var soon = tracklet.End.PlusSeconds(20);
        Assert.True(window.TryPlace(number, soon, out var before, out var wide));
        var updated = Assert.IsType<TrackUpdate.Updated>(track.Update(tracklet)).Track;
        Assert.True(window.Replace(number, updated));
        Assert.True(window.TryPlace(number, soon, out var after, out var narrow));
        Assert.True(updated.TryPredict(soon, out var exact));
        Assert.InRange(after.PositionKm.DistanceTo(exact.State.PositionKm), 0, 1e-3);
        Assert.True(before.PositionKm.DistanceTo(truth.At(soon).PositionKm) > 10 * after.PositionKm.DistanceTo(truth.At(soon).PositionKm));
        Assert.True(wide.Norm > 5 * narrow.Norm);
        Assert.Same(updated, window.Track(number));
        Assert.True(updated.CarriedTo(window.End(number)!).TryPredict(window.Last, out var end));
        Assert.Equal(window.End(number)!.State, end.State);
        window.Remove(number);
        Assert.False(window.TryPlace(number, soon, out _, out _));
        Assert.Empty(new CandidateSearch(window).Find(tracklet, 1e-3));
    }

    [Fact]
    public void Find_TelescopesTracklets_HasTheirObjectsWithTheStatedProbability()
    {
        int all = 0, lost = 0, foreign = 0;
        var window = new PredictionWindow(Dynamics, TrackScene.Start.PlusSeconds(7_200), 3_600);
        var truths = new List<Trajectory>();
        var scene = new TrackScene(20);
        for (int i = 0; i < 120; i++)
        {
            double height = i % 3 == 0 ? 35_786 : i % 3 == 1 ? 20_200 : 1_400;
            var first = scene.Orbit(height, height + 10);
            // What acts is the expected drag and light; the tracks allow for more.
            truths.Add(Path(first, 3.1));
            window.Add(ObjectTrack.Begin(Dynamics, scene.Guess(first, 0.2, Surface, SurfaceSigma)));
        }
        var search = new CandidateSearch(window);
        for (int i = 0; i < truths.Count; i++)
            foreach (var tracklet in scene.Observe(truths[i], TrackScene.Telescopes, $"{i}", count: 5, everyS: 20, gapS: 1_200))
            {
                if (tracklet.Start < window.First || tracklet.End > window.Last) continue;
                var found = search.Find(tracklet, 0.01);
                all++;
                if (found.All(c => c.Track != i)) lost++;
                foreign += found.Count(c => c.Track != i);
            }
        Figure.Say("telescopes' tracklets, gate of 1 %", "made observations, 120 objects of low, medium and geostationary height", "tracklets", all, "");
        Figure.Say("telescopes' tracklets, gate of 1 %", "made observations, 120 objects of low, medium and geostationary height", "right ones lost", lost / (double)all, "share");
        Figure.Say("telescopes' tracklets, gate of 1 %", "made observations, 120 objects of low, medium and geostationary height", "wrong candidates for one", foreign / (double)all, "");
        Assert.True(all > 150, $"{all}");
        Assert.InRange(lost / (double)all, 0, 0.01 + 3.5 * Math.Sqrt(0.01 / all));
        Assert.True(foreign < 0.1 * all, $"{foreign} of {all}");
    }

    private static Trajectory Path(CartesianState first, double hours)
        => new Propagator(new ForceModel(ForceModelOptions.Precise)).Propagate(first, Surface, first.Epoch.PlusSeconds(hours * 3_600)) is PropagationOutcome<Trajectory>.Completed { Result: var path }
            ? path : throw new InvalidOperationException("The truth leaves its orbit.");
}
