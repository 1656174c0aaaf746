using SsaShare.Domain;
using SsaShare.Orbits;
using static SsaShare.Fusion.Tests.Combination.SimulatedTracks;

namespace SsaShare.Fusion.Tests.Combination;

/// <summary>Monte Carlo: the normalised error of what is combined stays inside its bounds, however feeds repeat each other.</summary>
public sealed class CombinationRealismTests
{
    private const int Runs = 400;

    // Mean of six degrees of freedom over the runs: 95 % of all series of runs lie inside.
    private static readonly double HalfWidth = 1.96 * Math.Sqrt(12.0 / Runs);

    public static TheoryData<string> Feeds => ["duplicated", "relayed", "looped", "replayed", "everything"];

    [Theory]
    [MemberData(nameof(Feeds))]
    public void CovarianceIntersection_FeedsRepeatEachOther_IsNeverOptimistic(string feed)
        => NeverOptimistic($"covariance intersection, {feed}", 10, s => CovarianceIntersection.Combine(Repeated(s, feed, Correlated(s)), SimulatedTracks.Epoch));

    [Theory]
    [MemberData(nameof(Feeds))]
    public void SplitIntersection_FeedsRepeatEachOther_IsNeverOptimistic(string feed)
        => NeverOptimistic($"split covariance intersection, {feed}", 20, s => SplitCovarianceIntersection.Combine(Repeated(s, feed, Correlated(s)), SimulatedTracks.Epoch));

    [Theory]
    [MemberData(nameof(Feeds))]
    public void Combiner_KnownBasesAndRepeatedFeeds_IsNeverOptimistic(string feed)
        => NeverOptimistic($"combiner, {feed}", 30, s => TrackCombiner.Combine(Repeated(s, feed, Disjoint(s)), SimulatedTracks.Epoch));

    [Fact]
    public void Combiner_DisjointBases_TellsTheTruthAndBeatsTheBestSingle()
    {
        double nees = 0, fused = 0;
        double[] single = new double[3];
        for (int run = 0; run < Runs; run++)
        {
            var simulation = new SimulatedTracks(40_000 + run);
            var tracks = Disjoint(simulation);
            var combined = Combined(TrackCombiner.Combine(tracks, SimulatedTracks.Epoch));
            nees += Nees(combined.State, combined.Covariance) / Runs;
            fused += combined.State.PositionKm.DistanceTo(Truth.PositionKm) / Runs;
            for (int i = 0; i < 3; i++) single[i] += tracks[i].State.PositionKm.DistanceTo(Truth.PositionKm) / Runs;
            Assert.All(tracks, track => Assert.True(combined.Covariance.PositionSigmaKm < track.Covariance.PositionSigmaKm));
            Assert.Equal(1, combined.Shares.Sum(share => share.Share), 1e-9);
        }
        Figure.Say("combined tracks of disjoint observations", "simulated truth, three partners", "mean normalised squared error, six expected", nees, "1");
        Figure.Say("combined tracks of disjoint observations", "simulated truth, three partners", "mean position error over that of the best partner", fused / single.Min(), "1");
        Assert.InRange(nees, 6 - HalfWidth, 6 + HalfWidth);
        Assert.True(fused < 0.7 * single.Min());
    }

    [Fact]
    public void Combiner_SharedDensityErrorDeclared_TellsTheTruth_AndUndeclaredItWouldNot()
    {
        double declared = 0, undeclared = 0;
        for (int run = 0; run < Runs; run++)
        {
            var s = new SimulatedTracks(50_000 + run);
            double wrong = s.Normal();
            var tracks = new[] { "atlantic", "caribbean", "pacific" }.Select((name, i) =>
            {
                double[] own = s.Root(), moved = [0, 1.5 + 0.2 * i, 1.4, -1e-3, 0, 2e-4];
                double[] rank1 = new double[36];
                for (int k = 0; k < 6; k++) rank1[k * 6] = moved[k];
                var error = Plus(Times(own, s.Normals()), [.. moved.Select(m => m * wrong)]);
                return s.Track(name, error, Square(own, rank1)) with
                {
                    Basis = new HashSet<RecordId> { Seeds.IdOf(name) },
                    Density = new DensityError(0.15, new Vector3d(moved[0], moved[1], moved[2]) / 0.15, new Vector3d(moved[3], moved[4], moved[5]) / 0.15),
                };
            }).ToArray();
            var combined = Combined(TrackCombiner.Combine(tracks, SimulatedTracks.Epoch));
            declared += Nees(combined.State, combined.Covariance) / Runs;
            Assert.NotNull(combined.Density);
            var naive = Combined(TrackCombiner.Combine([.. tracks.Select(track => track with { Density = null })], SimulatedTracks.Epoch));
            undeclared += Nees(naive.State, naive.Covariance) / Runs;
        }
        Figure.Say("combined tracks with a shared error of the density", "simulated truth", "mean normalised squared error, six expected", declared, "1");
        Figure.Say("combined tracks with a shared error of the density", "simulated truth, error not declared", "mean normalised squared error, six expected", undeclared, "1");
        Assert.InRange(declared, 6 - HalfWidth, 6 + HalfWidth);
        Assert.True(undeclared > 6 + 3 * HalfWidth);
    }

    [Fact]
    public void SplitIntersection_IndependentPartsDeclared_IsTighterThanWithoutThem()
    {
        double with = 0, without = 0;
        for (int run = 0; run < 200; run++)
        {
            var tracks = Correlated(new SimulatedTracks(60_000 + run));
            with += Math.Log(Combined(SplitCovarianceIntersection.Combine(tracks, SimulatedTracks.Epoch)).Covariance.PositionSigmaKm) / 200;
            without += Math.Log(Combined(CovarianceIntersection.Combine(tracks, SimulatedTracks.Epoch)).Covariance.PositionSigmaKm) / 200;
        }
        Figure.Say("split covariance intersection", "covariance intersection, half of the error independent", "position sigma, ratio of the geometric means", Math.Exp(with - without), "1");
        Assert.True(with < without - 0.05);
    }

    private static void NeverOptimistic(string what, int seed, Func<SimulatedTracks, CombinationOutcome> combine)
    {
        double mean = 0, tails = 0;
        for (int run = 0; run < Runs; run++)
        {
            var combined = Combined(combine(new SimulatedTracks(seed * 1_000 + run)));
            double nees = Nees(combined.State, combined.Covariance);
            mean += nees / Runs;
            tails += nees > 12.592 ? 1.0 / Runs : 0;
        }
        Figure.Say(what, "simulated truth", "mean normalised squared error, six at most", mean, "1");
        // The mean and the tail beyond the 95 % point: neither is larger than a covariance that tells the truth would make it.
        Assert.InRange(mean, 0.5, 6 + HalfWidth);
        Assert.InRange(tails, 0, 0.05 + 1.96 * Math.Sqrt(0.05 * 0.95 / Runs));
    }

    /// <summary>Three partners of whom each errs by a common part, in the worst way the same, and one of its own.</summary>
    private static ReadyTrack[] Correlated(SimulatedTracks s)
    {
        double[] common = s.Root(), shared = Times(common, s.Normals());
        return [.. new[] { "atlantic", "caribbean", "pacific" }.Select(name =>
        {
            double[] own = s.Root();
            return s.Track(name, Plus(shared, Times(own, s.Normals())), Square(common, own)) with { Independent = Square(own) };
        })];
    }

    private static ReadyTrack[] Disjoint(SimulatedTracks s)
        => [.. new[] { "atlantic", "caribbean", "pacific" }.Select(name => s.Honest(name, s.Root()) with { Basis = new HashSet<RecordId> { Seeds.IdOf(name) } })];

    private static List<ReadyTrack> Repeated(SimulatedTracks s, string feed, ReadyTrack[] tracks)
    {
        var all = tracks.ToList();
        bool every = feed == "everything";
        // The same figures as another's record.
        if (every || feed == "duplicated") all.AddRange(tracks.Select(track => track with { Source = PartnerId.Parse("arctic"), Record = Seeds.IdOf($"copy of {track.Record}") }));
        // Moved by less than a millimetre on its way through another's propagator, declarations and all.
        if (every || feed == "relayed")
            all.Add(tracks[0] with { Source = PartnerId.Parse("baltic"), Record = Seeds.IdOf($"relay of {tracks[0].Record}"), State = Nudged(tracks[0].State) });
        // One combines all and gives it back, another combines that with the first.
        if (every || feed == "looped")
        {
            all.Add(s.PassedOn("nordic", SplitCovarianceIntersection.Combine(tracks, SimulatedTracks.Epoch)));
            all.Add(s.PassedOn("alpine", SplitCovarianceIntersection.Combine([tracks[0], all[^1]], SimulatedTracks.Epoch)));
        }
        // The same again and again under new records.
        if (every || feed == "replayed") all.AddRange(Enumerable.Range(0, 5).Select(i => tracks[1] with { Record = Seeds.IdOf($"{i} replay of {tracks[1].Record}"), State = Nudged(tracks[1].State, i) }));
        return all;
    }

    private static CartesianState Nudged(CartesianState state, int by = 1)
        => new(state.Epoch, state.Frame, state.PositionKm + new Vector3d(1e-7 * by, -1e-7, 1e-7), state.VelocityKmPerS);
}
