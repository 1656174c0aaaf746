using System.Diagnostics;
using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion.Tests.Candidates;

public sealed class CandidateLinkerTests
{
    private static readonly List<CartesianState> Objects = SimulatedPasses.Objects(24, 5);
    private static readonly List<(int Object, List<SensorObservation> Pass)> Passes = SimulatedPasses.Seen(Objects, 6, 24);

    [Fact]
    public void Find_SimulatedPasses_CovarianceTellsTheTruth()
    {
        double nees = 0;
        var candidates = Passes.Select(p => (p.Object, Candidate: TrackletOrbit.Find(p.Pass, EarthRotation.Default)!)).ToList();
        double milliseconds = double.PositiveInfinity;
        for (int round = 0; round < 5; round++)
        {
            long from = Stopwatch.GetTimestamp();
            foreach (var (_, pass) in Passes) TrackletOrbit.Find(pass, EarthRotation.Default);
            milliseconds = Math.Min(milliseconds, Stopwatch.GetElapsedTime(from).TotalMilliseconds / Passes.Count);
        }
        foreach (var (number, candidate) in candidates)
        {
            Assert.True(SimulatedPasses.Fitter.Propagator.TryPropagate(Objects[number], default, candidate.State.Epoch, withPartials: false, out var truth));
            Vector3d dr = candidate.State.PositionKm - truth.ToState().PositionKm, dv = candidate.State.VelocityKmPerS - truth.ToState().VelocityKmPerS;
            double[] covariance = [.. Enumerable.Range(0, 36).Select(i => candidate.Covariance[i / 6, i % 6])], inverse = new double[36], e = [dr.X, dr.Y, dr.Z, dv.X, dv.Y, dv.Z];
            Assert.True(SymmetricSolver.TryInvert(covariance, 6, inverse));
            for (int i = 0; i < 36; i++) nees += e[i / 6] * inverse[i] * e[i % 6] / candidates.Count;
        }
        Figure.Say("orbit of one radar tracklet", "simulated passes, 70 s", "mean normalised squared error, six expected", nees, "1");
        Figure.Say("orbit of one radar tracklet", "eight measurements, this machine beside other work", "time of one, least of rounds", milliseconds, "ms");
        double half = 3 * Math.Sqrt(12.0 / candidates.Count);
        Assert.InRange(nees, 6 - half, 6 + half);
    }

    [Fact]
    public void Add_PassesOfADay_LinksArePureAndNearlyComplete()
    {
        var (promotions, linker) = Run(Passes);
        var of = Passes.ToDictionary(p => TrackletOrbit.Find(p.Pass, EarthRotation.Default)!.Id, p => p.Object);
        int pure = promotions.Count(p => p.Tracklets.Select(t => of[t.Id]).Distinct().Count() == 1);
        var seen = Passes.GroupBy(p => p.Object).Where(g => g.Count() >= 3).Select(g => g.Key).ToList();
        int found = seen.Count(o => promotions.Any(p => p.Tracklets.All(t => of[t.Id] == o)));
        Figure.Say("linked tracklets", $"{Passes.Count} simulated passes of {Objects.Count} objects, half of them in groups of four in one plane", "share of promotions of one object", (double)pure / promotions.Count, "1");
        Figure.Say("linked tracklets", "the same", "share of objects with three passes or more that are promoted within a day", (double)found / seen.Count, "1");
        Figure.Say("linked tracklets", "the same", "fits for each tracklet", (double)linker.Fits / Passes.Count, "1");
        Assert.Equal(promotions.Count, pure);
        Assert.True(found >= 0.8 * seen.Count, $"{found} of {seen.Count}");
    }

    [Fact]
    public void Add_TheSameAgain_GivesTheSamePromotions()
    {
        var few = Passes.Take(60).ToList();
        Assert.Equal(Run(few).Promotions.Select(p => (p.Id, p.Orbit.State)), Run(few).Promotions.Select(p => (p.Id, p.Orbit.State)));
    }

    [Fact]
    public void Remove_OneThatWaits_TakesItsPairsToo()
    {
        var linker = new CandidateLinker(SimulatedPasses.Fitter);
        var two = Passes.Where(p => p.Object == Passes[0].Object).Take(2).Select(p => TrackletOrbit.Find(p.Pass, EarthRotation.Default)!).ToList();
        foreach (var candidate in two) Assert.Empty(linker.Add(candidate));
        Assert.True(linker.Remove(two[0].Id));
        Assert.False(linker.Remove(two[0].Id));
        Assert.Equal(1, linker.Waiting);
    }

    private static (List<Promotion> Promotions, CandidateLinker Linker) Run(IEnumerable<(int Object, List<SensorObservation> Pass)> passes)
    {
        var linker = new CandidateLinker(SimulatedPasses.Fitter);
        var promotions = new List<Promotion>();
        foreach (var (_, pass) in passes)
            if (TrackletOrbit.Find(pass, EarthRotation.Default) is { } candidate) promotions.AddRange(linker.Add(candidate));
        return (promotions, linker);
    }
}
